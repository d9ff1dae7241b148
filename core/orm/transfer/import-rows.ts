import { ComptoirError } from '../../errors.ts'
import type { Env } from '../env.ts'
import { undoneOnError } from '../attempt.ts'
import { IMPORT_INTERRUPTED, IMPORT_UNDONE } from './errors.ts'
import { type ImportRun, type Ready, saveBatch } from './import-batch.ts'
import { type ImportNode, planImport } from './import-columns.ts'
import { convert, targetOf } from './import-convert.ts'
import { allRefs, type Draft, draftsOf, ownRef, type Ref } from './import-drafts.ts'
import { Lookups } from './import-lookups.ts'
import { type ImportMessage, messageOf } from './import-messages.ts'
import { Pending } from './import-pending.ts'

/** What an import did: the ids of its records in their order, or `false` when nothing was imported. */
export interface ImportResult {
  readonly ids: readonly number[] | false
  readonly messages: readonly ImportMessage[]
  /** The row at which an import that was limited goes on; 0 when it reached the end. */
  readonly nextrow: number
}

/** Records that are created at a time. */
const BATCH = 1000

/** Errors that are shown even if every record has one. */
const FEW_ERRORS = 10

/**
 * Imports rows of text, as an export writes them or as people do. Records with a known external id or a database id
 * are written, all others created. Either everything is imported, or nothing and the messages say why.
 *
 *     await loadRows(env, 'res.partner', ['id', 'name', 'parent_id/id'], [['crm.big', 'Big', ''], ['crm.ann', 'Ann', 'crm.big']])
 *
 * @throws FIELD_UNKNOWN, COLUMN_REPEATED, COLUMN_INDIRECT, COLUMN_AMBIGUOUS for a wrong header
 */
export async function loadRows(
  env: Env,
  model: string,
  fields: readonly string[],
  data: readonly (readonly unknown[])[],
): Promise<ImportResult> {
  const node = await planImport(env, model, fields)
  const all = draftsOf(node, data)
  const { _import_limit: most = 0 } = env.context
  const limit = Number.isSafeInteger(most) && most > 0 ? most : all.length
  const drafts = all.slice(0, limit)
  const nextrow = all[limit]?.rows.from ?? 0
  const loading = new Loading(env, node, drafts)
  const ids = await loading.run()
  return { ids, messages: loading.messages, nextrow: ids ? nextrow : 0 }
}

class Loading {
  readonly #env: Env
  readonly #drafts: readonly Draft[]
  readonly #lookups: Lookups
  readonly #pending: Pending
  readonly #batches: ImportRun
  readonly #messages: ImportMessage[] = []
  readonly #ids = new Map<number, number>()
  /** External ids of records with errors. */
  readonly #lost = new Set<string>()
  #errors = 0

  constructor(env: Env, node: ImportNode, drafts: readonly Draft[]) {
    this.#env = env
    this.#drafts = drafts
    this.#lookups = new Lookups(env)
    this.#pending = new Pending(node, this.#lookups)
    const failed = ({ record }: Ready, error: ComptoirError): boolean => this.#report(record, error)
    this.#batches = { env, node, lookups: this.#lookups, noupdate: Boolean(env.context.noupdate), failed }
  }

  get messages(): readonly ImportMessage[] {
    return this.#messages.toSorted((a, b) => a.record - b.record)
  }

  /** The ids of all records, or `false` after an error. */
  async run(): Promise<readonly number[] | false> {
    try {
      await undoneOnError(this.#env, async () => {
        await this.#lookups.ask(this.#drafts.flatMap((draft) => [...everyRef(draft)]))
        for (const [record, draft] of this.#drafts.entries()) await this.#take(record, draft)
        await this.#flush()
        if (this.#errors > 0) throw new IMPORT_UNDONE()
      })
    } catch (error) {
      if (error instanceof IMPORT_UNDONE) return false
      throw error
    }
    return this.#drafts.map((_, record) => this.#ids.get(record) as number)
  }

  async #take(record: number, draft: Draft): Promise<void> {
    const refs = [...everyRef(draft)]
    // what names a record with an error would only be another error
    if (refs.some((ref) => this.#isLost(ref))) return this.#lose(draft)
    if (this.#pending.size >= BATCH || refs.some((ref) => this.#pending.mayHold(ref))) await this.#flush()
    await this.#lookups.askAgain(refs)
    const { values, errors, warnings } = convert(draft, this.#lookups)
    for (const warning of warnings) this.#messages.push(messageOf(warning, { rows: draft.rows, record }, 'warning'))
    const target = targetOf(draft, this.#lookups)
    const faults = target instanceof ComptoirError ? [target, ...errors] : errors
    for (const error of faults) if (!this.#report(record, error)) throw new IMPORT_UNDONE()
    if (target instanceof ComptoirError || faults.length > 0) return
    if (target.id !== undefined && this.#pending.writesTo(target.id)) await this.#flush()
    this.#pending.add({ record, draft, values, ...target })
  }

  #isLost({ kind, text }: Ref): boolean {
    return kind === 'xmlid' && this.#lost.has(this.#lookups.complete(text))
  }

  #lose(draft: Draft): void {
    const named = ownRef(draft, 'xmlid')
    if (named) this.#lost.add(this.#lookups.complete(named.text))
  }

  async #flush(): Promise<void> {
    for (const [record, id] of await saveBatch(this.#batches, this.#pending.take())) this.#ids.set(record, id)
  }

  /** Answers whether the import goes on to look for more errors: not once most records have some. */
  #report(record: number, error: ComptoirError): boolean {
    const draft = this.#drafts[record] as Draft
    const { rows } = draft
    this.#lose(draft)
    this.#messages.push(messageOf(error, { rows, record }))
    this.#errors++
    if (this.#errors < FEW_ERRORS || this.#errors < (record + 1) / FEW_ERRORS) return true
    this.#messages.push(messageOf(new IMPORT_INTERRUPTED(this.#errors, record + 1), { rows, record }, 'warning'))
    return false
  }
}

function* everyRef(draft: Draft): Generator<Ref> {
  for (const kind of ['xmlid', 'dbid'] as const) {
    const ref = ownRef(draft, kind)
    if (ref) yield ref
  }
  yield* allRefs(draft)
}
