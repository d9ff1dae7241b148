import type { FastifyInstance } from 'fastify'
import { fold } from '../../core/tools/fold.ts'
import { requireSession } from '../session-cookie.ts'
import { menuTree, type NavEntry } from './frame.ts'
import { pageCall, type PageCalls } from './page-call.ts'

/** One line of the palette. */
export interface PaletteEntry {
  readonly label: string
  /** What it belongs to: the menus above it, or the kind of record. */
  readonly group: string
  readonly href: string
}

const MENUS_SHOWN = 10
const RECORDS_SHOWN = 4
/** Kinds of record that are searched: those that apps begin with, and the one on screen. */
const MODELS_SEARCHED = 6

/** `/odoo/palette?q=…&model=…`: menus and records that match a text. */
export async function paletteRoute(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { q?: string; model?: string } }>('/odoo/palette', async (request) => {
    const session = await requireSession(request)
    const { q = '', model } = request.query
    return pageCall(request, session, 'read', async (calls) => {
      const apps = await menuTree(calls)
      const menus = flattened(apps, []).filter(({ label, group }) => fits(`${group} ${label}`, q))
      const records = q.trim().length < 2 ? [] : await recordsLike(calls, apps, q.trim(), model)
      return { entries: [...menus.slice(0, MENUS_SHOWN), ...records] }
    })
  })
}

/** Every word of the text begins a word of the label. */
function fits(label: string, text: string): boolean {
  const words = fold(label).split(/[^\p{L}\p{N}]+/u)
  return fold(text)
    .split(/\s+/)
    .filter(Boolean)
    .every((wanted) => words.some((word) => word.startsWith(wanted)))
}

function flattened(entries: readonly NavEntry[], above: readonly string[]): PaletteEntry[] {
  return entries.flatMap(({ label, href, children }) =>
    children.length === 0 ? [{ label, href, group: above.join(' / ') }] : flattened(children, [...above, label]),
  )
}

async function recordsLike(
  calls: PageCalls,
  apps: readonly NavEntry[],
  text: string,
  model: string | undefined,
): Promise<PaletteEntry[]> {
  const found: PaletteEntry[] = []
  for (const { href, name, label } of await searchedModels(calls, apps, model)) {
    const pairs = await calls.call<[number, string][]>(name, 'name_search', [], { name: text, limit: RECORDS_SHOWN })
    found.push(...pairs.map(([id, shown]) => ({ label: shown, group: label, href: `${href}/${id}` })))
  }
  return found
}

/** Models with what a person calls their records; those that the user may not read are left out. */
async function searchedModels(
  { env, call }: PageCalls,
  apps: readonly NavEntry[],
  model: string | undefined,
): Promise<readonly { href: string; name: string; label: string }[]> {
  const searched = new Map<string, { href: string; label: string }>()
  for (const { href } of apps) {
    const path = href.split('/')[2] ?? ''
    if (path === '') continue
    const action = await call<{ res_model?: string; name: string }>('ir.actions.actions', 'load_action', [
      path.startsWith('action-') ? path.slice('action-'.length) : path,
    ])
    if (action.res_model && !searched.has(action.res_model))
      searched.set(action.res_model, { href, label: action.name })
  }
  if (model !== undefined && env.registry.has(model) && !searched.has(model))
    searched.set(model, { href: `/odoo/m-${model}`, label: env.registry.get(model).description })
  const readable = await Promise.all(
    [...searched.keys()].map(async (name) => [name, await call<boolean>(name, 'has_access', [[], 'read'])] as const),
  )
  return readable
    .filter(([, may]) => may)
    .slice(0, MODELS_SEARCHED)
    .map(([name]) => ({ name, ...(searched.get(name) as { href: string; label: string }) }))
}
