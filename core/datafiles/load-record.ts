import { suggest } from '../expr/suggest.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import { DATA_FIELD, DATA_MODEL, DATA_REF, DATA_SYNTAX, recordError } from './errors.ts'
import { evaluatedContext } from './expression.ts'
import { fieldValue } from './field-value.ts'
import { completeId, recordOf, type Loading } from './loading.ts'
import { idsOfStep } from './named-ids.ts'
import type { Place } from './place.ts'
import { delegatedNames, type RecordBatch } from './record-batch.ts'
import type { FieldStep, RecordStep } from './steps.ts'

/** Creates or writes the records of one data file. */
export class RecordLoader {
  readonly #loading: Loading
  readonly #batch: RecordBatch
  readonly #file: string

  constructor(loading: Loading, batch: RecordBatch, file: string) {
    this.#loading = loading
    this.#batch = batch
    this.#file = file
  }

  /**
   * Plans the record with its batch, or writes it when its external id is known; `extra` are values beside those of
   * the step. @throws DATA_…
   */
  async load(step: RecordStep, extra: Loose = {}): Promise<void> {
    const xmlid = step.id === null ? null : completeId(this.#loading, step.id)
    const info = modelOf(this.#loading, step.model, this.#place(step))
    if (xmlid !== null) {
      for (const name of [xmlid, ...delegatedNames(info, xmlid)]) this.#loading.named.add(name)
      if (this.#batch.holds(xmlid)) await this.#batch.flush()
      this.#checkOwner(step, xmlid)
    }
    if (!this.#isWanted(step, xmlid)) return
    if (this.#dependsOnBatch(step)) await this.#batch.flush()
    const values = { ...(await this.#values(info, step)), ...extra }
    const known = this.#present(xmlid)
    if (known === undefined) await this.#plan(step, xmlid, values)
    else await this.#write(step, known, values)
    const parts = step.fields.filter(({ content }) => content.form === 'records')
    if (parts.length > 0) await this.#loadLines(info, step, parts)
  }

  #place(step: RecordStep, field?: FieldStep): Place {
    const place = { file: this.#file, line: field?.line ?? step.line, record: step.id ?? step.model }
    return field ? { ...place, field: field.name } : place
  }

  /** The id of the record that is there already. */
  #present(xmlid: string | null): number | undefined {
    if (xmlid === null || this.#loading.xmlIds.isGone(xmlid)) return undefined
    return this.#loading.xmlIds.find(xmlid)?.id
  }

  /** Records of other addons can be changed, but not made. */
  #checkOwner(step: RecordStep, xmlid: string): void {
    const { xmlIds, module } = this.#loading
    const known = xmlIds.find(xmlid)
    if (known && known.model !== step.model) {
      throw new DATA_MODEL(this.#place(step), `'${xmlid}' is a record of ${known.model}, not of ${step.model}`)
    }
    if (!known && !xmlid.startsWith(`${module}.`)) throw new DATA_REF(this.#place(step), xmlid)
    if (xmlid.split('.').length > 2) {
      throw new DATA_SYNTAX(this.#place(step), `'${xmlid}' is no external id: write module.name, with one point`)
    }
  }

  /** An update leaves alone what people may have changed, and does not bring back what they deleted. */
  #isWanted(step: RecordStep, xmlid: string | null): boolean {
    if (this.#loading.mode === 'init') return true
    if (xmlid === null) return !step.noupdate
    const known = this.#loading.xmlIds.find(xmlid)
    if (known && (step.noupdate || known.noupdate)) return false
    return step.forcecreate || this.#present(xmlid) !== undefined
  }

  /** Whether what waits must be there first: it is referred to, or a search may find it. */
  #dependsOnBatch(step: RecordStep): boolean {
    const searches = step.fields.some(({ content }) => content.form === 'search')
    return searches || [...idsOfStep(step)].some((id) => this.#batch.holds(completeId(this.#loading, id)))
  }

  async #values(info: ModelInfo, step: RecordStep): Promise<Loose> {
    const values: Loose = {}
    for (const part of step.fields) {
      const place = this.#place(step, part)
      const field = fieldOf(info, part.name, place)
      if (part.content.form !== 'records')
        values[part.name] = await fieldValue(this.#loading, part.content, field, place)
    }
    // a mistake in a view is told with the file and line that its arch stands on
    const arch = step.model === 'ir.ui.view' ? step.fields.find(({ name }) => name === 'arch') : undefined
    if (arch)
      Object.assign(values, {
        arch_fs: this.#file,
        arch_line: arch.content.form === 'markup' ? arch.content.line : arch.line,
      })
    return values
  }

  async #plan(step: RecordStep, xmlid: string | null, values: Loose): Promise<void> {
    const place = this.#place(step)
    const context = step.context === null ? null : await evaluatedContext(this.#loading, step.context, place)
    await this.#batch.add({ place, model: step.model, xmlid, noupdate: step.noupdate, values }, context)
  }

  async #write(step: RecordStep, id: number, values: Loose): Promise<void> {
    await this.#batch.flush()
    try {
      await this.#loading.env.model(step.model, [id]).write(values)
    } catch (error) {
      throw recordError(error, this.#place(step))
    }
  }

  /** Lines inside a field get the record as their owner. */
  async #loadLines(info: ModelInfo, step: RecordStep, parts: readonly FieldStep[]): Promise<void> {
    await this.#batch.flush()
    const owner = step.id === null ? undefined : await recordOf(this.#loading, step.id, this.#place(step))
    for (const part of parts) {
      const { type, inverse } = fieldOf(info, part.name, this.#place(step, part))
      if (type !== 'one2many' || inverse === null || owner === undefined) {
        throw new DATA_FIELD(this.#place(step, part), 'records stand only in a one2many of a record with an id')
      }
      const lines = part.content.form === 'records' ? part.content.records : []
      for (const line of lines) await this.load(line, { [inverse]: owner.id })
    }
  }
}

/** @throws DATA_MODEL with the model that was meant perhaps */
export function modelOf({ env }: Loading, name: string, place: Place): ModelInfo {
  const { registry } = env
  if (registry.has(name)) return registry.get(name)
  const known = [...registry.models()].map((model) => model.name)
  throw new DATA_MODEL(place, `there is no model '${name}'`, suggest(name, known))
}

function fieldOf(info: ModelInfo, name: string, place: Place): FieldInfo {
  const field = info.fields.get(name)
  if (field) return field
  throw new DATA_FIELD(place, `${info.name} has no field '${name}'`, suggest(name, info.fields.keys()))
}
