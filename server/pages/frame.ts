import type { PageCalls } from './page-call.ts'

interface Menu {
  readonly id: number
  readonly name: string
  readonly children: readonly number[]
  readonly action?: string | false
  readonly actionID?: number | false
  readonly actionPath?: string | false
  readonly appID?: number
}

export interface NavEntry {
  readonly label: string
  readonly href: string
  readonly current: boolean
  readonly children: readonly NavEntry[]
}

/** The bar at the top of every page: apps, the menus of the current one, the user. */
export async function navbar({ env, call }: PageCalls, currentAction: number | false, csrf: string): Promise<object> {
  const menus = await call<Record<string, Menu>>('ir.ui.menu', 'load_web_menus', [false])
  const tree = (id: number | string): NavEntry & { appId: number } => {
    const menu = menus[id] as Menu
    const children = menu.children.map(tree)
    const current =
      (menu.actionID === currentAction && currentAction !== false) || children.some((child) => child.current)
    const own = menu.actionID ? `/odoo/${menu.actionPath || `action-${menu.actionID}`}` : null
    return {
      label: menu.name,
      href: own ?? children[0]?.href ?? '/odoo',
      current,
      children,
      appId: Number(menu.appID ?? menu.id),
    }
  }
  const apps = (menus['root']?.children ?? []).map(tree)
  const app = apps.find(({ current }) => current) ?? null
  return {
    csrf,
    apps,
    app: app && { ...app, sections: app.children },
    user: { name: env.user.name, initial: env.user.name.slice(0, 1).toUpperCase() },
  }
}
