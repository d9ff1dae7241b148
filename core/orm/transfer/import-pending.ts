import type { Ready } from './import-batch.ts'
import type { ImportNode } from './import-columns.ts'
import { type Draft, ownRef, type Ref } from './import-drafts.ts'
import type { Lookups } from './import-lookups.ts'

/** What names are made of: their parts may be values of several records. */
const SEPARATORS = /\s*[,/()[\]]\s*/

/** The records that wait to be created together, and what other rows may call them. */
export class Pending {
  readonly #lookups: Lookups
  /** The models of which the import creates records. */
  readonly #models: ReadonlySet<string>
  readonly #xmlids = new Set<string>()
  readonly #texts = new Set<string>()
  readonly #targets = new Set<number>()
  #ready: Ready[] = []

  constructor(node: ImportNode, lookups: Lookups) {
    this.#models = new Set(createdModels(node))
    this.#lookups = lookups
  }

  get size(): number {
    return this.#ready.length
  }

  add(ready: Ready): void {
    this.#ready.push(ready)
    if (ready.id !== undefined) this.#targets.add(ready.id)
    this.#remember(ready.draft)
  }

  /** Whether a waiting record may be the one that a cell names, which nothing else is called. */
  mayHold(ref: Ref): boolean {
    if (this.#ready.length === 0 || !this.#models.has(ref.model) || this.#lookups.find(ref)?.ids.length) return false
    if (ref.kind === 'xmlid') return this.#xmlids.has(this.#lookups.complete(ref.text))
    return ref.kind === 'name' && [ref.text, ...ref.text.split(SEPARATORS)].some((text) => this.#texts.has(text))
  }

  /** Whether a waiting record is written to the same row: the order of the file decides which value stays. */
  writesTo(id: number): boolean {
    return this.#targets.has(id)
  }

  /** Gives what waits, and starts anew. */
  take(): readonly Ready[] {
    const ready = this.#ready
    this.#ready = []
    for (const known of [this.#xmlids, this.#texts, this.#targets]) known.clear()
    return ready
  }

  #remember(draft: Draft): void {
    const xmlid = ownRef(draft, 'xmlid')
    if (xmlid) this.#xmlids.add(this.#lookups.complete(xmlid.text))
    for (const { index } of draft.node.values) {
      const text = draft.cells[index]?.trim()
      if (text) this.#texts.add(text)
    }
    for (const lines of draft.lines.values()) for (const line of lines) this.#remember(line)
  }
}

function* createdModels(node: ImportNode): Generator<string> {
  yield node.info.name
  for (const { field, node: related } of node.relations.values())
    if (field.type === 'one2many') yield* createdModels(related)
}
