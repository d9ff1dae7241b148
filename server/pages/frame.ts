import type { FastifyReply, FastifyRequest } from 'fastify'
import { THEME_COOKIE } from './cookies.ts'
import { csrfToken } from './csrf.ts'
import type { PageCalls } from './page-call.ts'

interface Menu {
  readonly id: number
  readonly name: string
  readonly children: readonly number[]
  readonly action?: string | false
  readonly actionID?: number | false
  readonly actionPath?: string | false
}

export interface NavEntry {
  readonly label: string
  readonly href: string
  readonly current: boolean
  readonly children: readonly NavEntry[]
}

/** What the bar of a page knows of the request. */
export interface Frame {
  readonly csrf: string
  /** Where a form of the bar leads back to. */
  readonly back: string
  readonly isDark: boolean
}

/** The facts of a request that its page's bar needs. */
export function frameOf(request: FastifyRequest, reply?: FastifyReply): Frame {
  return { csrf: csrfToken(request, reply), back: request.url, isDark: request.cookies[THEME_COOKIE] === 'dark' }
}

/** The menus that the user of a page sees, as a tree of addresses. */
export async function menuTree({ call }: PageCalls, currentAction: number | false = false): Promise<NavEntry[]> {
  const menus = await call<Record<string, Menu>>('ir.ui.menu', 'load_web_menus', [false])
  const tree = (id: number | string): NavEntry => {
    const menu = menus[id] as Menu
    const children = menu.children.map(tree)
    const current =
      (menu.actionID === currentAction && currentAction !== false) || children.some((child) => child.current)
    const own = menu.actionID ? `/odoo/${menu.actionPath || `action-${menu.actionID}`}` : null
    return { label: menu.name, href: own ?? children[0]?.href ?? '/odoo', current, children }
  }
  return (menus['root']?.children ?? []).map(tree)
}

/** The bar at the top of every page: apps, the menus of the current one, companies, the user. */
export async function navbar(calls: PageCalls, currentAction: number | false, frame: Frame): Promise<object> {
  const { env } = calls
  const apps = await menuTree(calls, currentAction)
  const app = apps.find(({ current }) => current) ?? null
  return {
    ...frame,
    apps,
    app: app && { ...app, sections: app.children },
    companies: await companyChoices(env),
    user: { id: env.uid, name: env.user.name, initial: env.user.name.slice(0, 1).toUpperCase() },
  }
}

/** The companies that a user of several may work in; the first chosen one is that of new records. */
async function companyChoices(env: PageCalls['env']): Promise<object> {
  const { companyIds } = env.user
  if (companyIds.length < 2) return { choices: [] }
  const companies = await env
    .sudo('users see the names of their companies')
    .browse('res.company', companyIds)
    .load(['name'])
  const chosen = (env.context as { allowed_company_ids?: readonly number[] }).allowed_company_ids ?? []
  const names = new Map(companies.map(({ id, name }) => [id, name]))
  return {
    label: chosen.map((id) => names.get(id)).join(', '),
    choices: companies.map(({ id, name }) => ({
      id,
      label: name,
      isOn: chosen.includes(id),
      isMain: chosen[0] === id,
    })),
  }
}
