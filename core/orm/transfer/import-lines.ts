import { ident, sql } from '../../sql/fragment.ts'
import { groupBy } from '../../tools/iter.ts'
import type { Env } from '../env.ts'
import { LINES_UNTOLD } from './errors.ts'
import type { ExternalId } from './external-ids.ts'
import { newXmlId } from './import-convert.ts'
import type { ImportNode } from './import-columns.ts'
import { type Draft, refsOf } from './import-drafts.ts'
import type { Lookups } from './import-lookups.ts'

/*
 * Lines are created by commands of their owner, which answer no ids. Where the file gives lines external ids, the new
 * lines of each owner are read back: they were created in the order of the file.
 */

/** The highest id of each model whose new lines get external ids, before they are created. */
export async function lastLines(env: Env, node: ImportNode): Promise<ReadonlyMap<string, number>> {
  const last = new Map<string, number>()
  for (const { info } of namedLines(node)) {
    const [row] = await env.connection.rows<{ id: number | null }>(sql`SELECT max(id) AS id FROM ${ident(info.table)}`)
    last.set(info.name, row?.id ?? 0)
  }
  return last
}

/** The one2many columns, at any depth, that lead to external ids. */
function* namedLines(node: ImportNode): Generator<ImportNode> {
  for (const { field, node: related } of node.relations.values()) {
    if (field.type !== 'one2many') continue
    const deeper = [...namedLines(related)]
    if (related.refs.has('xmlid') || deeper.length > 0) yield related
    yield* deeper
  }
}

/**
 * The external ids that the file gives to lines of the owners (id -> draft) which were just created.
 * @throws LINES_UNTOLD when others created lines too
 */
export async function xmlIdsOfLines(
  env: Env,
  owners: ReadonlyMap<number, Draft>,
  last: ReadonlyMap<string, number>,
  lookups: Lookups,
  noupdate: boolean,
): Promise<ExternalId[]> {
  const [first] = owners.values()
  const given: ExternalId[] = []
  if (!first) return given
  for (const { field, node } of first.node.relations.values()) {
    const before = last.get(node.info.name)
    if (field.type !== 'one2many' || before === undefined) continue
    const inverse = ident(field.inverse as string)
    const rows = await env.connection.rows<{ id: number; owner: number }>(sql`
      SELECT id, ${inverse} AS owner FROM ${ident(node.info.table)}
      WHERE ${env.dialect.anyOf(inverse, [...owners.keys()])} AND id > ${before} ORDER BY id`)
    const created = groupBy(rows, (row) => row.owner)
    const lines = new Map<number, Draft>()
    for (const [id, owner] of owners) {
      const drafts = (owner.lines.get(field.name) ?? []).filter((line) => isCreated(line, lookups))
      const found = created.get(id) ?? []
      if (found.length !== drafts.length && drafts.some((line) => newXmlId(line, lookups) !== undefined)) {
        throw new LINES_UNTOLD(field.name, drafts.length, found.length).with({ field: field.name })
      }
      for (const [i, line] of drafts.entries()) if (found[i]) lines.set(found[i].id, line)
    }
    for (const [id, line] of lines) {
      const xmlid = newXmlId(line, lookups)
      if (xmlid !== undefined) given.push({ xmlid, model: node.info.name, id, noupdate })
    }
    given.push(...(await xmlIdsOfLines(env, lines, last, lookups, noupdate)))
  }
  return given
}

function isCreated(line: Draft, lookups: Lookups): boolean {
  return refsOf(line, line.node, false).length === 0 || newXmlId(line, lookups) !== undefined
}
