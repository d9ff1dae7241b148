import type { Env } from '../orm/env.ts'
import type { Row } from '../sql/connection.ts'
import { sql, type Sql } from '../sql/fragment.ts'
import type { ViewSource } from './source.ts'

interface ViewRow extends Row {
  id: number
  name: string
  model: string | null
  type: string
  mode: string
  inherit_id: number | null
  priority: number
  arch_db: string | null
  arch_fs: string | null
  arch_line: number | null
  xmlid: string | null
}

/** The active views of one model, with those that they inherit: what combining any of them needs. */
export interface ModelViews {
  readonly byId: ReadonlyMap<number, ViewSource>
  /** View -> views that inherit it. */
  readonly children: ReadonlyMap<number, readonly ViewSource[]>
}

/** Views of a model, read once per process. */
export function viewsOfModel(env: Env, model: string): Promise<ModelViews> {
  return env.caches.get('views', `model ${model}`, async () =>
    index(await readViews(env, sql`v.model = ${model} AND v.active = ${true}`)),
  )
}

/** Views by id, whatever their model, archived ones included. */
export async function readViewsById(env: Env, ids: readonly number[]): Promise<ViewSource[]> {
  return ids.length === 0 ? [] : readViews(env, env.dialect.anyOf(sql`v.id`, ids))
}

export function index(views: readonly ViewSource[]): ModelViews {
  const children = new Map<number, ViewSource[]>()
  for (const view of views)
    if (view.inheritId !== null) children.set(view.inheritId, [...(children.get(view.inheritId) ?? []), view])
  return { byId: new Map(views.map((view) => [view.id, view])), children }
}

async function readViews(env: Env, where: Sql): Promise<ViewSource[]> {
  const rows = await env.connection.rows<ViewRow>(sql`
    SELECT v.id, v.name, v.model, v.type, v.mode, v.inherit_id, v.priority, v.arch_db, v.arch_fs, v.arch_line,
      (SELECT d.module || '.' || d.name FROM ir_model_data d WHERE d.model = 'ir.ui.view' AND d.res_id = v.id ORDER BY d.id LIMIT 1) AS xmlid
    FROM ir_ui_view v WHERE ${where} ORDER BY v.priority, v.id`)
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    model: row.model ?? '',
    type: row.type,
    mode: row.mode === 'primary' ? 'primary' : 'extension',
    inheritId: row.inherit_id,
    priority: row.priority,
    arch: row.arch_db ?? '',
    xmlid: row.xmlid,
    file: row.arch_fs,
    line: row.arch_line ?? 1,
  }))
}
