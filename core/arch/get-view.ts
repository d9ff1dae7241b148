import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { serializeXml } from '../tools/xml.ts'
import { combine, primaryOf } from './combine.ts'
import { defaultView } from './default-views.ts'
import { VIEW_TYPE, VIEW_UNKNOWN } from './errors.ts'
import { postprocess } from './postprocess.ts'
import { VIEW_TYPES, type ViewSource } from './source.ts'
import { index, readViewsById, viewsOfModel, type ModelViews } from './store.ts'

/** A view as one user gets it. */
export interface FinishedView {
  readonly arch: string
  /** `null` for a view that was made up. */
  readonly id: number | null
  readonly type: string
  /** The fields that it uses, by model. */
  readonly models: Readonly<Record<string, readonly string[]>>
}

/**
 * The view of a model that a client asks for: by id, by `<type>_view_ref` in the context, else the one with the lowest
 * priority, else one that is made up. Finished views are kept per language and set of groups.
 * @throws VIEW_TYPE, VIEW_UNKNOWN
 */
export async function getView(env: Env, info: ModelInfo, viewId: number | null, type: string): Promise<FinishedView> {
  const kind = type === 'tree' ? 'list' : type
  if (!(VIEW_TYPES as readonly string[]).includes(kind)) throw new VIEW_TYPE(type, VIEW_TYPES)
  const id = viewId ?? (await viewOfContext(env, kind)) ?? (await defaultViewId(env, info.name, kind))
  const groups = [...env.user.groupIds].toSorted((a, b) => a - b).join(',')
  const key = `finished ${info.name} ${id ?? kind} ${env.lang} ${env.su ? 'su' : ''} ${groups}`
  return env.caches.get('views', key, () => finished(env, info, id, kind))
}

/** The id of the view of a kind with the lowest priority; `null` when the model has none. */
export async function defaultViewId(env: Env, model: string, type: string): Promise<number | null> {
  const { byId } = await viewsOfModel(env, model)
  const [first] = [...byId.values()]
    .filter((view) => view.type === type && view.mode === 'primary')
    .toSorted((a, b) => a.priority - b.priority || a.id - b.id)
  return first?.id ?? null
}

async function viewOfContext(env: Env, type: string): Promise<number | null> {
  const name = (env.context as Readonly<Record<string, unknown>>)[`${type}_view_ref`]
  if (typeof name !== 'string' || !name.includes('.')) return null
  const record = await env.xmlId(name)
  return record?.[0] === 'ir.ui.view' ? record[1] : null
}

async function finished(env: Env, info: ModelInfo, id: number | null, type: string): Promise<FinishedView> {
  if (id === null) {
    const made = defaultView(info, type)
    if (!made) throw new VIEW_UNKNOWN(`of kind '${type}' for ${info.name}`)
    return finish(env, made, index([made]), null)
  }
  const { view, views } = await viewById(env, id)
  return finish(env, view, views, id)
}

/** A view with all that combining it needs; an extension stands for the view that it changes. @throws VIEW_UNKNOWN */
export async function viewById(env: Env, id: number): Promise<{ view: ViewSource; views: ModelViews }> {
  const [asked] = await readViewsById(env, [id])
  if (!asked) throw new VIEW_UNKNOWN(String(id))
  const views = await viewsOfModel(env, asked.model)
  const byId = new Map(views.byId).set(asked.id, asked)
  // A view may inherit one of another model, that one again; their extensions then count as well.
  for (let missing = missingParents(byId); missing.length > 0; missing = missingParents(byId)) {
    const parents = await readViewsById(env, missing)
    if (parents.length === 0) break
    for (const parent of parents) {
      byId.set(parent.id, parent)
      for (const [other, view] of (await viewsOfModel(env, parent.model)).byId)
        if (!byId.has(other)) byId.set(other, view)
    }
  }
  const all = index([...byId.values()])
  return { view: primaryOf(asked, (one) => all.byId.get(one)), views: all }
}

function missingParents(byId: ReadonlyMap<number, ViewSource>): number[] {
  return [
    ...new Set(
      [...byId.values()].flatMap(({ inheritId }) => (inheritId !== null && !byId.has(inheritId) ? [inheritId] : [])),
    ),
  ]
}

async function finish(env: Env, view: ViewSource, views: ModelViews, id: number | null): Promise<FinishedView> {
  const arch = combine(view, views.children, (one) => views.byId.get(one))
  const used = await postprocess(env, arch)
  return {
    arch: serializeXml(arch.root),
    id,
    type: view.type,
    models: Object.fromEntries([...used].map(([model, names]) => [model, [...names]])),
  }
}
