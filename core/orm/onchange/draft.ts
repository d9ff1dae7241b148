import { acceptCommands } from '../../fields/command.ts'
import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../env.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Loose } from '../operations.ts'
import { fetchColumns } from '../columns.ts'
import { modified } from '../compute/modified.ts'
import { markStale, unmarkStale } from '../compute/stale-marks.ts'
import { ensureMany } from '../relations.ts'
import { isMany, isMultiValued, writtenValue } from '../values.ts'

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('ids' in value)

/**
 * Records of a form that is not saved: values in the cache of a draft transaction. New ones get negative ids, and the
 * client's own name for a new line is remembered.
 */
export class Draft {
  readonly env: Env
  readonly #virtual = new Map<number, unknown>()
  #last = 0

  constructor(env: Env) {
    this.env = env
  }

  newId(virtual?: unknown): number {
    this.#last -= 1
    this.#virtual.set(this.#last, virtual)
    return this.#last
  }

  /** How the client calls the record: its id, or the name it gave to a new one. */
  nameOf(id: number): unknown {
    return id > 0 ? id : (this.#virtual.get(id) ?? `virtual_${-id}`)
  }

  /** Lays values over a record; what was not given of a new one is computed. Tells which fields were laid. */
  async lay(info: ModelInfo, id: number, values: Loose, changed: ReadonlySet<string>): Promise<void> {
    const fields = Object.keys(values).flatMap((name) => info.fields.get(name) ?? [])
    await fetchColumns(
      this.env,
      info,
      [id],
      fields.filter((field) => field.column !== null),
    )
    for (const field of fields) await this.#layField(info, id, field, values[field.name], changed.has(field.name))
    if (id > 0) return
    for (const field of this.env.registry.graph.order.keys()) {
      if (field.model === info.name && values[field.name] === undefined) {
        await fetchColumns(this.env, info, [id], field.column === null ? [] : [field])
        markStale(this.env.transaction, info.name, field.name, [id])
      }
    }
  }

  /** Sets one value and makes stale what depends on it. */
  async change(info: ModelInfo, id: number, field: FieldInfo, value: unknown): Promise<void> {
    await this.#layField(info, id, field, value, true)
    await modified(this.env, info, [field], [id])
    unmarkStale(this.env.transaction, info.name, [id], field.name)
  }

  async #layField(info: ModelInfo, id: number, field: FieldInfo, value: unknown, changed: boolean): Promise<void> {
    const record = this.env.transaction.cache.record(info.name, id)
    if (isMany(field) && field.stored) return this.#layLines(info, id, field, value)
    if (field.type === 'many2one' && isObject(value)) {
      record[field.name] = await this.#layOwner(field, value)
      return
    }
    if (field.column === null && !changed && !(field.type === 'binary' && field.stored)) return
    if (field.related && !field.stored) await this.#layRelated(info, id, field, value)
    const accepted = isMany(field) ? value : field.kind.accept(value, field)
    if (field.type === 'many2one' && typeof accepted === 'number') this.#reached(field, accepted)
    record[field.name] = isMultiValued(field) ? writtenValue(this.env, field, accepted, record[field.name]) : accepted
  }

  /** A related value belongs to the record at the end of its path, where other fields of the form read it. */
  async #layRelated(info: ModelInfo, id: number, field: FieldInfo, value: unknown): Promise<void> {
    const [through, last] = field.related as readonly [string, string]
    if (!field.inherited) return
    const link = info.fields.get(through) as FieldInfo
    await fetchColumns(this.env, info, [id], [link])
    const record = this.env.transaction.cache.record(info.name, id)
    const owner = (record[through] as number | null) ?? (record[through] = this.newId())
    await this.lay(this.env.registry.get(link.comodel as string), owner as number, { [last]: value }, new Set([last]))
  }

  #reached(field: FieldInfo, id: number): void {
    if (id < 0) this.env.transaction.cache.record(field.comodel as string, id)
  }

  /** A line's form gives the unsaved values of its owner in the place of the owner's id. */
  async #layOwner(field: FieldInfo, value: Loose): Promise<number | null> {
    const comodel = this.env.registry.get(field.comodel as string)
    const { id, display_name: _name, ...values } = value
    if (typeof id !== 'number' && Object.keys(values).length === 0) return null
    const owner = typeof id === 'number' ? id : this.newId()
    await this.lay(comodel, owner, values, new Set())
    return owner
  }

  async #layLines(info: ModelInfo, id: number, field: FieldInfo, value: unknown): Promise<void> {
    const { env } = this
    await ensureMany(env, info, [id], [field])
    const record = env.transaction.cache.record(info.name, id)
    const comodel = env.registry.get(field.comodel as string)
    let ids = [...(record[field.name] as number[])]
    const layLine = async (line: number, values: Loose): Promise<void> => {
      const owned = field.inverse ? { ...values, [field.inverse]: id } : values
      await this.lay(comodel, line, owned, new Set(Object.keys(values)))
      if (line > 0)
        await modified(
          env,
          comodel,
          Object.keys(values).flatMap((name) => comodel.fields.get(name) ?? []),
          [line],
        )
      for (const name of Object.keys(values)) unmarkStale(env.transaction, comodel.name, [line], name)
    }
    for (const command of acceptCommands(value, field)) {
      if ('create' in command) {
        const line = this.newId(command.virtual)
        await layLine(line, command.create)
        ids.push(line)
      } else if ('update' in command) {
        const [line, values] = command.update
        await layLine(line, values)
        if (!ids.includes(line)) ids.push(line)
      } else if ('delete' in command) ids = ids.filter((one) => one !== command.delete)
      else if ('unlink' in command) ids = ids.filter((one) => one !== command.unlink)
      else if ('link' in command) {
        if (!ids.includes(command.link)) ids.push(command.link)
      } else ids = 'set' in command ? [...command.set] : []
    }
    record[field.name] = ids
  }
}
