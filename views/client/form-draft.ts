import { moveLine } from '../widgets/one2many/order.ts'
import { applyCommands, isCommands, type Line, type LineId, type WireCommand } from '../lines.ts'

type Values = Readonly<Record<string, unknown>>

/** What has happened to the lines of one field. */
interface LineChanges {
  /** Saved lines -> the names of their changed fields. */
  readonly changed: Map<LineId, Set<string>>
  readonly removed: Set<LineId>
}

/** A record while a person edits it: what the server last said, and what has changed since. */
export class FormDraft {
  id: number | null
  readonly #types: Readonly<Record<string, string>>
  readonly #values: Record<string, unknown>
  readonly #changed = new Set<string>()
  readonly #lines = new Map<string, LineChanges>()
  #made = 0

  constructor(id: number | null, values: Values, types: Readonly<Record<string, string>>) {
    this.id = id
    this.#types = types
    this.#values = { ...values }
  }

  get values(): Values {
    return this.#values
  }

  get isDirty(): boolean {
    return this.#changed.size > 0
  }

  /** The record is saved as it is, under this id. */
  saved(id: number): void {
    this.id = id
    this.#changed.clear()
    this.#lines.clear()
  }

  /** What a person changed of a field is not saved: somebody else's value stands. */
  forget(field: string): void {
    this.#changed.delete(field)
    this.#lines.delete(field)
  }

  lines(field: string): readonly Line[] {
    const lines = this.#values[field]
    return Array.isArray(lines) ? (lines as Line[]) : []
  }

  /** A person set a field; records of an x2many field replace those that were there. */
  set(name: string, value: unknown): void {
    this.#values[name] = value
    this.#changed.add(name)
  }

  /** The server set fields because of what a person did: they are saved too. */
  apply(values: Values): void {
    for (const [name, value] of Object.entries(values)) {
      if (isCommands(value) && this.#isMany(name)) this.#applyLines(name, value)
      else this.set(name, value)
    }
  }

  /** Lines that were there all along, of which only the ids were known. */
  fill(field: string, lines: readonly Line[]): void {
    const known = new Map(lines.map((line) => [line.id, line]))
    this.#values[field] = this.lines(field).map((line) => known.get(line.id) ?? line)
  }

  setLine(field: string, id: LineId, values: Values): void {
    this.#applyLines(field, [[1, id, values]])
  }

  /** Adds a new line with what the server proposes; gives its name. */
  addLine(field: string, values: Values, first = false): string {
    this.#made += 1
    const id = `virtual_${this.#made}`
    const lines = [...this.lines(field)]
    lines.splice(first ? 0 : lines.length, 0, { ...values, id })
    this.#values[field] = lines
    this.#changed.add(field)
    this.#changesOf(field)
    return id
  }

  /** Moves a line; `handle` is the field whose numbers keep the order. */
  moveLine(field: string, from: number, to: number, handle: string): void {
    const { lines, renumbered } = moveLine(this.lines(field), from, to, handle)
    for (const [id, number] of renumbered) this.setLine(field, id, { [handle]: number })
    this.#values[field] = lines
  }

  removeLine(field: string, id: LineId): void {
    this.#applyLines(field, [[this.#types[field] === 'many2many' ? 3 : 2, id]])
  }

  /** What is sent to save: of a saved record what changed, of a new one everything. */
  changes(): Values {
    const names = this.id === null ? Object.keys(this.#values).filter((name) => name !== 'id') : [...this.#changed]
    return Object.fromEntries(
      names.map((name) => [name, this.#isMany(name) ? this.#commands(name) : this.#values[name]]),
    )
  }

  #isMany(name: string): boolean {
    return this.#types[name] === 'one2many' || this.#types[name] === 'many2many'
  }

  #changesOf(field: string): LineChanges {
    let changes = this.#lines.get(field)
    if (!changes) {
      changes = { changed: new Map(), removed: new Set() }
      this.#lines.set(field, changes)
    }
    return changes
  }

  #applyLines(field: string, commands: readonly WireCommand[]): void {
    const { changed, removed } = this.#changesOf(field)
    for (const [code, id, values] of commands) {
      if (typeof id !== 'number' || code === 6 || code === 5) continue
      if (code === 2 || code === 3) removed.add(id)
      else if (code === 1)
        changed.set(id, new Set([...(changed.get(id) ?? []), ...Object.keys((values as object | undefined) ?? {})]))
    }
    this.#values[field] = applyCommands(this.lines(field), commands).lines
    this.#changed.add(field)
  }

  #commands(field: string): readonly WireCommand[] {
    const lines = this.lines(field)
    const changes = this.#lines.get(field)
    const many2many = this.#types[field] === 'many2many'
    if (!changes)
      return many2many || this.id !== null
        ? [[6, false, lines.map(({ id }) => id)]]
        : lines.map(({ id, ...values }) => [typeof id === 'string' ? 0 : 4, id, values])
    const removed = [...changes.removed].map((id): WireCommand => [many2many ? 3 : 2, id, false])
    const kept = lines.flatMap(({ id, ...values }): WireCommand[] => {
      if (typeof id === 'string') return [[0, id, values]]
      const names = changes.changed.get(id)
      if (names) return [[1, id, Object.fromEntries([...names].map((name) => [name, values[name]]))]]
      return many2many ? [[4, id, false]] : []
    })
    return [...removed, ...kept]
  }
}
