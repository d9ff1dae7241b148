import { ComptoirError } from '../errors.ts'
import { suggest } from '../expr/suggest.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import { checkContext } from '../wire/context.ts'
import { DATA_FIELD, DATA_METHOD, DATA_MODEL, DATA_RECORD, DATA_VALUE } from './errors.ts'
import { evaluated, fieldValue, idOf, namedIds, plainValue } from './field-value.ts'
import { completeId, type Loading } from './loading.ts'
import type { Place } from './place.ts'
import type { DeleteStep, FunctionStep, RecordStep, Step } from './steps.ts'
import type { NewXmlId } from './xml-id.ts'

/** A record that is about to be created with others of its model. */
interface Pending {
  readonly step: RecordStep
  readonly values: Loose
  readonly id: string | null
}

/**
 * Carries out the steps of one data file. Records of one model in a row are created together, as long as none refers
 * to another of them.
 * @throws DATA_… naming file, line, record and field
 */
export async function loadSteps(loading: Loading, steps: readonly Step[], file: string): Promise<void> {
  await new StepLoader(loading, file).run(steps)
}

class StepLoader {
  readonly #loading: Loading
  readonly #file: string
  #pending: Pending[] = []
  readonly #pendingIds = new Set<string>()

  constructor(loading: Loading, file: string) {
    this.#loading = loading
    this.#file = file
  }

  async run(steps: readonly Step[]): Promise<void> {
    await this.#ask(steps)
    for (const step of steps) {
      if (step.kind === 'record') await this.#record(step, {})
      else {
        await this.#createPending()
        if (step.kind === 'delete') await this.#delete(step)
        else await this.#call(step)
      }
    }
    await this.#createPending()
  }

  /** Looks up all external ids that the file names in one query. */
  async #ask(steps: readonly Step[]): Promise<void> {
    const { xmlIds } = this.#loading
    const own: string[] = []
    const named: string[] = []
    const collect = (step: Step): void => {
      if (step.kind === 'record') {
        if (step.id) own.push(completeId(this.#loading, step.id))
        for (const { content } of step.fields) {
          for (const id of namedIds(content)) named.push(completeId(this.#loading, id))
          if (content.form === 'records') content.records.forEach(collect)
        }
      } else if (step.kind === 'delete') {
        if (step.id) named.push(completeId(this.#loading, step.id))
      } else for (const content of step.args) for (const id of namedIds(content)) named.push(completeId(this.#loading, id))
    }
    steps.forEach(collect)
    await xmlIds.ask([...own, ...named])
    await xmlIds.askGone(own)
  }

  #place(step: Step, field?: { readonly name: string; readonly line: number }): Place {
    const record = step.kind === 'record' ? (step.id ?? step.model) : step.model
    return { file: this.#file, line: field?.line ?? step.line, record, ...(field ? { field: field.name } : {}) }
  }

  #model(step: Step): ModelInfo {
    const { registry } = this.#loading.env
    if (registry.has(step.model)) return registry.get(step.model)
    const nearest = suggest(step.model, [...registry.models()].map(({ name }) => name))
    throw new DATA_MODEL(this.#place(step), `there is no model '${step.model}'`, nearest)
  }

  async #record(step: RecordStep, extra: Loose): Promise<void> {
    const { xmlIds, mode, named, env } = this.#loading
    const info = this.#model(step)
    const id = step.id ? completeId(this.#loading, step.id) : null
    const known = id ? xmlIds.find(id) : undefined
    if (id) named.add(id)
    if (known && known.model !== step.model) {
      throw new DATA_MODEL(this.#place(step), `'${id}' is a record of ${known.model}, not of ${step.model}`)
    }
    const gone = id !== null && xmlIds.isGone(id)
    if (mode === 'update') {
      // what people changed or deleted stays so
      if (known && (step.noupdate || known.noupdate)) return
      if ((!known || gone) && (!step.forcecreate || (gone && step.noupdate))) return
    }
    if (this.#pending.length > 0 && !this.#fits(step)) await this.#createPending()
    const values = { ...(await this.#values(info, step)), ...extra }
    const nested = step.fields.filter(({ content }) => content.form === 'records')
    if (known && !gone) {
      await this.#createPending()
      await this.#told(step, () => env.model(step.model, [known.id]).write(values))
    } else {
      this.#pending.push({ step, values, id })
      if (id) this.#pendingIds.add(id)
      if (nested.length > 0 || step.context) await this.#createPending()
    }
    if (nested.length > 0) await this.#nested(info, step, id)
  }

  /** Whether the record can be created together with those that wait. */
  #fits(step: RecordStep): boolean {
    if (this.#pending[0]?.step.model !== step.model || step.context) return false
    return !step.fields.some(({ content }) => [...namedIds(content)].some((id) => this.#pendingIds.has(completeId(this.#loading, id))))
  }

  async #values(info: ModelInfo, step: RecordStep): Promise<Loose> {
    const values: Loose = {}
    for (const part of step.fields) {
      const field = info.fields.get(part.name)
      const place = this.#place(step, part)
      if (!field) throw new DATA_FIELD(place, `${info.name} has no field '${part.name}'`, suggest(part.name, info.fields.keys()))
      if (part.content.form !== 'records') values[part.name] = await fieldValue(this.#loading, part.content, field, place)
    }
    return values
  }

  /** Lines inside a field get their record as the owner. */
  async #nested(info: ModelInfo, step: RecordStep, id: string | null): Promise<void> {
    const owner = id ? await idOf(this.#loading, id, this.#place(step)) : undefined
    for (const part of step.fields) {
      if (part.content.form !== 'records') continue
      const field = info.fields.get(part.name) as FieldInfo
      if (field.type !== 'one2many' || owner === undefined) {
        throw new DATA_FIELD(this.#place(step, part), 'records stand only in a one2many of a record with an id')
      }
      for (const line of part.content.records) await this.#record(line, { [field.inverse as string]: owner })
      await this.#createPending()
    }
  }

  async #createPending(): Promise<void> {
    const pending = this.#pending
    if (pending.length === 0) return
    this.#pending = []
    this.#pendingIds.clear()
    const [first] = pending as [Pending]
    const { env } = this.#loading
    try {
      await env.connection.savepoint(() => this.#createAll(pending))
    } catch (error) {
      if (!(error instanceof ComptoirError) || pending.length === 1) throw this.#explained(first.step, error)
      const { cache, stale, dirty } = env.transaction
      for (const part of [stale, dirty]) part.clear()
      cache.clear()
      // one of them is wrong: find out which
      for (const one of pending) await this.#told(one.step, () => this.#createAll([one]))
    }
  }

  async #createAll(pending: readonly Pending[]): Promise<void> {
    const [{ step }] = pending as [Pending]
    const { xmlIds } = this.#loading
    const env = step.context ? this.#loading.env.with({ context: checkContext(await evaluated(this.#loading, step.context, this.#place(step))) }) : this.#loading.env
    const { ids } = await env.model(step.model).create(pending.map(({ values }) => values))
    await xmlIds.give(pending.flatMap(({ id, step: { model, noupdate } }, i): NewXmlId[] => (id ? [{ name: id, model, id: ids[i] as number, noupdate }] : [])))
  }

  async #delete(step: DeleteStep): Promise<void> {
    const { env, xmlIds, mode } = this.#loading
    this.#model(step)
    if (mode === 'update' && step.noupdate) return
    const place = this.#place(step)
    if (step.id) {
      const name = completeId(this.#loading, step.id)
      const known = xmlIds.find(name)
      if (!known || !(await env.model(step.model, [known.id]).exists()).length) return
      await this.#told(step, () => env.model(step.model, [known.id]).unlink())
      return
    }
    const domain = await evaluated(this.#loading, step.search ?? '[]', place)
    if (!Array.isArray(domain)) throw new DATA_VALUE(place, 'a search is a domain')
    const records = await env.model(step.model).search(domain)
    await this.#told(step, () => records.unlink())
  }

  /** Calls a method of the model; when clients call it on records, the first argument is their ids. */
  async #call(step: FunctionStep): Promise<void> {
    const { env, mode } = this.#loading
    if (mode === 'update' && step.noupdate) return
    const info = this.#model(step)
    const place = this.#place(step)
    const args = step.eval ? await evaluated(this.#loading, step.eval, place) : await Promise.all(step.args.map((arg) => plainValue(this.#loading, arg, place)))
    if (!Array.isArray(args)) throw new DATA_VALUE(place, 'the arguments of a function are a list')
    const onRecords = info.callables.get(step.name)?.on === 'records'
    const ids = onRecords ? ([args.shift()].flat().filter((id) => typeof id === 'number')) : []
    const records = env.model(step.model, ids) as unknown as Record<string, unknown>
    const method = records[step.name]
    if (typeof method !== 'function') throw new DATA_METHOD(place, step.model, step.name, suggest(step.name, info.callables.keys()))
    await this.#told(step, async () => void (await (method as (...args: unknown[]) => unknown).apply(records, args)))
  }

  async #told(step: Step, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      throw this.#explained(step, error)
    }
  }

  /** What a model refuses, with the place in the file. */
  #explained(step: Step, error: unknown): unknown {
    if (!(error instanceof ComptoirError) || error.code.startsWith('DATA_')) return error
    const field = typeof error.details['field'] === 'string' && step.kind === 'record' ? step.fields.find(({ name }) => name === error.details['field']) : undefined
    return new DATA_RECORD(this.#place(step, field), error.message).with({ ...error.details, cause: error.code })
  }
}
