import { evaluate, type Env, type ExprObject, type FieldInfo, type Paper, type Value } from '#core'
import { paperOf } from './paper.ts'
import { recordData, type RecordData } from '../tools/record-data.ts'
import { renderRecords } from './render.ts'

/** What a report is, as `ir.actions.report` says. */
export interface ReportFacts {
  readonly name: string
  readonly model: string
  readonly template: string
  /** Expressions over `object`, see the fields. */
  readonly fileName: string | null
  readonly attachment: string | null
  readonly isKept: boolean
  readonly paper: number | null
}

/** All that a document is made of: laying it out takes long and needs no transaction. */
export interface PreparedDocument {
  /** What it is called as a file, without an ending. */
  readonly name: string
  /** HTML of each record; empty when there is a kept content. */
  readonly documents: readonly string[]
  readonly paper: Paper
  /** The name of the attachment in which it is to be kept. */
  readonly keepAs: string | null
  /** What was kept when it was printed first. */
  readonly kept: Uint8Array | null
}

/** Reads and renders what the document of records holds, or the one that was kept of a record. */
export async function prepareDocument(
  env: Env,
  report: ReportFacts,
  ids: readonly number[],
): Promise<PreparedDocument> {
  const [first = 0] = ids
  const isOne = ids.length === 1
  // whoever may not read the record may not read what was printed of it
  await env.model(report.model, ids).check_access('read')
  const name = (isOne ? await named(env, report, report.fileName, first) : undefined) ?? report.name
  const keepAs = (isOne ? await named(env, report, report.attachment, first) : undefined) ?? null
  const paper = await paperOf(env, report.paper)
  const kept = report.isKept && keepAs !== null ? await keptContent(env, report.model, first, keepAs) : undefined
  if (kept) return { name, documents: [], paper, keepAs: null, kept }
  const documents = (await renderRecords(env, report.model, ids, report.template)).map(({ html }) => html)
  return { name, documents, paper, keepAs, kept: null }
}

async function keptContent(env: Env, model: string, id: number, name: string): Promise<Uint8Array | undefined> {
  const found = await env['ir.attachment'].search(
    [
      ['res_model', '=', model],
      ['res_id', '=', id],
      ['name', '=', name],
    ],
    { limit: 1 },
  )
  const [attachment] = await found.load(['raw'])
  return attachment?.raw instanceof Uint8Array ? attachment.raw : undefined
}

/** Keeps a document with its record. */
export async function keepDocument(
  env: Env,
  model: string,
  id: number,
  name: string,
  content: Uint8Array,
): Promise<void> {
  await env['ir.attachment'].create([
    { name, raw: content as never, res_model: model, res_id: id, mimetype: 'application/pdf' },
  ])
}

/** A name that an expression gives: `'Order %s' % object.name`. */
async function named(
  env: Env,
  { model }: ReportFacts,
  expression: string | null,
  id: number,
): Promise<string | undefined> {
  if (!expression) return undefined
  const paths = [...expression.matchAll(/\bobject\.([a-z_]\w*(?:\.[a-z_]\w*)*)/g)].map(([, path = '']) => path)
  const known = paths.map((path) => knownPath(env, model, path)).filter((path) => path !== '')
  const record = (await recordData(env, model, [id], known)).get(id)
  const name = evaluate(expression, { object: record ? asObject(record) : null, user: { name: env.user.name } })
  return name ? String(name).trim() || undefined : undefined
}

/** The part of a path that the model has: what follows may be a method of a text. */
function knownPath(env: Env, model: string, path: string): string {
  const names: string[] = []
  let at: string | null = model
  for (const name of path.split('.')) {
    const field: FieldInfo | undefined = at === null ? undefined : env.registry.get(at).fields.get(name)
    if (!field) break
    names.push(name)
    at = field.comodel
  }
  return names.join('.')
}

function asObject(record: RecordData): ExprObject {
  return {
    exprGet(name): Value | undefined {
      const value = record[name]
      if (value === null) return false
      if (typeof value !== 'object' || value === undefined) return value as Value | undefined
      if (value instanceof Date) return value.toISOString().slice(0, 10)
      return Array.isArray(value) ? value.map((one) => asObject(one as RecordData)) : asObject(value as RecordData)
    },
    exprNumber: () => Number(record['id']),
  }
}
