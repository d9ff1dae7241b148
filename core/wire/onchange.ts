import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import { acceptCommands } from '../fields/command.ts'
import { fieldDefaultsFor } from './onchange-defaults.ts'
import { loadData } from '../orm/load.ts'
import { playOnchange } from '../orm/onchange/run.ts'
import type { Draft } from '../orm/onchange/draft.ts'
import { isMany } from '../orm/values.ts'
import { checkAccess } from '../orm/check-access.ts'
import { displayNames } from './names.ts'
import { checkForm, readableLines } from './onchange-rights.ts'
import { readRecords } from './read.ts'
import { specified, type FieldSpecification, type Specification } from './specification.ts'
import { withDefinitions } from './properties.ts'
import { fromWire } from './values.ts'

export interface OnchangeWireResult {
  readonly value: Loose
  readonly warning?: { title: string; message: string; type: string }
}

/** What the client holds of a record's fields: name -> wire value; a name that is missing is not known to it. */
type Held = Readonly<Record<string, unknown>>

/**
 * The answer to a form's `onchange`: of the fields in the specification those whose value is no longer what the client
 * holds. Without changed fields: all values of a new record.
 * @throws ACCESS_FIELD, ACCESS_MODEL, ACCESS_RULE
 */
export async function onchange(
  env: Env,
  info: ModelInfo,
  ids: readonly number[],
  values: Loose,
  changed: readonly string[],
  specification: Specification,
): Promise<OnchangeWireResult> {
  await checkAccess(env, info.name, ids, ids.length > 0 ? 'read' : 'create')
  const first = changed.length === 0
  const typed = fromWire(env.registry, info, values)
  await checkForm(env, info, typed, specification)
  const start = first && ids.length === 0 ? { ...(await fieldDefaultsFor(env, info, specification)), ...typed } : typed
  const { draft, id, warnings } = await playOnchange(env, info, ids[0], start, first ? Object.keys(start) : changed)
  const held = first ? undefined : await heldBy(env, info, ids[0], values, specification)
  const answer = new Answer(env, draft)
  const value = await answer.record(info, id, specification, held, typed)
  const [warning] = warnings
  if (!warning) return { value }
  const message = warnings.map((one) => one.message).join('\n\n')
  return { value, warning: { title: warning.title, message, type: warning.type ?? 'dialog' } }
}

/** Values the client sent, and for a saved record what it read before. */
async function heldBy(
  env: Env,
  info: ModelInfo,
  id: number | undefined,
  values: Loose,
  specification: Specification,
): Promise<Held> {
  const missing = Object.keys(specification).filter((name) => !(name in values) && name !== 'id')
  if (id === undefined || missing.length === 0) {
    const empty = Object.fromEntries(
      missing.flatMap((name) => {
        const field = info.fields.get(name)
        return field ? [[name, field.kind.toWire(field.kind.empty, field)]] : []
      }),
    )
    return { ...empty, ...values }
  }
  const fields = missing.flatMap((name) => info.fields.get(name) ?? [])
  const [saved] = await readRecords(env, info.name, [id], fields, 'ids')
  return { ...saved, ...values }
}

/** Turns the records of a draft into what their client has to change. */
class Answer {
  /** What is saved, as the client read it. */
  readonly #env: Env
  readonly #draft: Draft

  constructor(env: Env, draft: Draft) {
    this.#env = env
    this.#draft = draft
  }

  async record(
    info: ModelInfo,
    id: number,
    specification: Specification,
    held: Held | undefined,
    typed: Loose,
  ): Promise<Loose> {
    const fields = Object.keys(specification)
      .flatMap((name) => info.fields.get(name) ?? [])
      .filter((field) => field.name !== 'id')
    const system = this.#draft.env.sudo('values of a form')
    const [data] = await loadData(
      system,
      info,
      [id],
      fields.map((field) => field.name),
    )
    const value: Loose = {}
    for (const field of fields) {
      const wanted = specification[field.name] as FieldSpecification
      const current = data?.[field.name]
      if (isMany(field)) {
        const lines = await readableLines(
          this.#env,
          this.#env.registry.get(field.comodel as string),
          current as readonly { id: number }[],
        )
        const commands = await this.#commands(info, id, field, lines, wanted, held, typed)
        if (commands.length > 0 || !held) value[field.name] = commands
      } else if (field.type === 'many2one') {
        const target = (current as { id: number } | null)?.id ?? null
        if (target !== null && target < 0) continue
        if (!held || idOf(held[field.name]) !== target) value[field.name] = await this.#target(field, target, wanted)
      } else {
        const wire =
          field.type === 'properties'
            ? await this.#properties(info, id, field, current)
            : field.kind.toWire(current, field)
        if (!held || !same(wire, normalized(field, held[field.name]))) value[field.name] = wire
      }
    }
    return value
  }

  /** With the definitions of the parent that the draft has now. */
  async #properties(info: ModelInfo, id: number, field: FieldInfo, values: unknown): Promise<unknown> {
    const row = { id, [field.name]: field.kind.toColumn(values, field) }
    return (await withDefinitions(this.#draft.env, info, field, [row]))(row)
  }

  async #target(field: FieldInfo, id: number | null, wanted: FieldSpecification): Promise<unknown> {
    if (id === null || !wanted.fields) return id ?? false
    const env = this.#env
    const { display_name: named, ...others } = wanted.fields
    const [record] =
      Object.keys(others).length > 0 ? await specified(env, field.comodel as string, [id], others) : [{ id }]
    return named
      ? { ...record, display_name: (await displayNames(env, field.comodel as string, [id])).get(id) ?? '' }
      : record
  }

  async #commands(
    info: ModelInfo,
    owner: number,
    field: FieldInfo,
    lines: readonly { id: number }[],
    wanted: FieldSpecification,
    held: Held | undefined,
    typed: Loose,
  ): Promise<unknown[]> {
    const comodel = this.#draft.env.registry.get(field.comodel as string)
    const known = held ? await this.#knownLines(info, owner, field, typed) : new Map<unknown, Loose>()
    const commands: unknown[] = []
    const current = new Set(lines.map((line) => this.#draft.nameOf(line.id)))
    for (const name of known.keys())
      if (!current.has(name)) commands.push([field.type === 'one2many' ? 2 : 3, name, false])
    const inner = Object.fromEntries(Object.entries(wanted.fields ?? {}).filter(([name]) => name !== field.inverse))
    for (const line of lines) {
      const name = this.#draft.nameOf(line.id)
      const before = known.get(name)
      const changes = await this.record(
        comodel,
        line.id,
        inner,
        before ? await this.#heldLine(comodel, line.id, before, inner) : undefined,
        before ?? {},
      )
      if (before) {
        if (Object.keys(changes).length > 0) commands.push([1, name, changes])
      } else if (line.id > 0) commands.push([4, line.id, changes])
      else commands.push([0, name, changes])
    }
    return commands
  }

  /** The lines that the client has, by its names for them, with the values that it sent for each. */
  async #knownLines(info: ModelInfo, owner: number, field: FieldInfo, typed: Loose): Promise<Map<unknown, Loose>> {
    const known = new Map<unknown, Loose>()
    if (owner > 0) {
      const [saved] = await readRecords(this.#env, info.name, [owner], [field], 'ids')
      for (const id of (saved?.[field.name] as number[] | undefined) ?? []) known.set(id, {})
    }
    for (const command of acceptCommands(typed[field.name], field)) {
      if ('create' in command) known.set(command.virtual, command.create)
      else if ('update' in command) known.set(command.update[0], command.update[1])
      else if ('link' in command) known.set(command.link, known.get(command.link) ?? {})
      else if ('delete' in command) known.delete(command.delete)
      else if ('unlink' in command) known.delete(command.unlink)
      else {
        known.clear()
        if ('set' in command) for (const id of command.set) known.set(id, {})
      }
    }
    return known
  }

  async #heldLine(comodel: ModelInfo, id: number, values: Loose, specification: Specification): Promise<Held> {
    return heldBy(this.#env, comodel, id > 0 ? id : undefined, values, specification)
  }
}

function idOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return idOf(value[0])
  if (typeof value === 'object' && value !== null && 'id' in value) return idOf(value.id)
  return null
}

function normalized(field: FieldInfo, value: unknown): unknown {
  // clients hold properties with their definitions, as they are answered
  if (field.type === 'properties') return value
  return field.kind.toWire(field.kind.accept(value, field) ?? field.kind.empty, field)
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
