import { sql, type Env } from '#core'

/** A menu in the answer of `load_menus`. */
export interface Menu {
  readonly id: number | 'root'
  readonly name: string
  readonly children: number[]
  readonly app_id: number | null
  readonly xmlid: string
  readonly action: string | null
  readonly action_id: number | null
  readonly action_model: string | null
  readonly action_path: string | null
  readonly web_icon: string | null
}

/** A menu in the answer of `load_web_menus`. */
export interface WebMenu {
  readonly id: number | 'root'
  readonly name: string
  readonly children: readonly number[]
  readonly appID: number | null
  readonly xmlid: string
  readonly actionID: number | null
  readonly actionModel: string | null
  readonly actionPath: string | null
  readonly webIcon: string | null
}

interface MenuRow extends Record<string, unknown> {
  readonly id: number
  readonly parent_id: number | null
  readonly action: string | null
  readonly web_icon: string | null
  readonly xmlid: string | null
}

/** The menus that the user sees, kept per process for each language and set of groups. */
export async function menuTree(env: Env): Promise<Record<string, Menu>> {
  const groups = [...env.user.groupIds].toSorted((a, b) => a - b).join(',')
  return env.caches.get('actions', `menus ${env.lang} ${groups}`, () => build(env))
}

export async function webMenus(env: Env): Promise<Record<string, WebMenu>> {
  const tree = await menuTree(env)
  return Object.fromEntries(
    Object.entries(tree).map(
      ([key, { id, name, children, app_id, xmlid, action_id, action_model, action_path, web_icon }]) => [
        key,
        {
          id,
          name,
          children,
          appID: app_id,
          xmlid,
          actionID: action_id,
          actionModel: action_model,
          actionPath: action_path,
          webIcon: web_icon,
        },
      ],
    ),
  )
}

async function build(env: Env): Promise<Record<string, Menu>> {
  const rows = await menuRows(env)
  const names = new Map(
    (
      await env
        .sudo('which menus are seen is decided here')
        .browse(
          'ir.ui.menu',
          rows.map(({ id }) => id),
        )
        .load(['name'])
    ).map(({ id, name }) => [id, name]),
  )
  const usable = await usableActions(env, rows)
  const children = new Map<number | null, MenuRow[]>()
  for (const row of rows) children.set(row.parent_id, [...(children.get(row.parent_id) ?? []), row])
  const tree: Record<string, Menu> = {}

  /** Adds a menu and what is below it; whether anything of it can be used. */
  const add = (row: MenuRow, app: number): boolean => {
    const below = (children.get(row.id) ?? []).filter((child) => add(child, app))
    const action = row.action === null ? undefined : usable.get(row.action)
    if (row.action === null ? below.length === 0 : !action) {
      if (below.length === 0) return false
    }
    tree[row.id] = {
      id: row.id,
      name: names.get(row.id) ?? '',
      children: below.map(({ id }) => id),
      app_id: app,
      xmlid: row.xmlid ?? '',
      action: action ? row.action : null,
      action_id: action ? Number(row.action?.split(',')[1]) : null,
      action_model: action ? (row.action?.split(',')[0] ?? null) : null,
      action_path: action?.path ?? null,
      web_icon: row.web_icon,
    }
    return true
  }

  const apps = (children.get(null) ?? []).filter((row) => add(row, row.id))
  tree['root'] = {
    id: 'root',
    name: 'root',
    children: apps.map(({ id }) => id),
    app_id: null,
    xmlid: '',
    action: null,
    action_id: null,
    action_model: null,
    action_path: null,
    web_icon: null,
  }
  return tree
}

/** Menus of the user's groups, in order; those below a menu of other groups are reached by nothing. */
async function menuRows(env: Env): Promise<MenuRow[]> {
  const rows = await env.connection.rows<MenuRow>(sql`
    SELECT m.id, m.parent_id, m.action, m.web_icon,
      (SELECT d.module || '.' || d.name FROM ir_model_data d WHERE d.model = 'ir.ui.menu' AND d.res_id = m.id ORDER BY d.id LIMIT 1) AS xmlid
    FROM ir_ui_menu m WHERE m.active = ${true} ORDER BY m.sequence, m.id`)
  const limits = await env.connection.rows<{ menu_id: number; gid: number }>(
    sql`SELECT menu_id, gid FROM ir_ui_menu_group_rel`,
  )
  const wanted = new Map<number, number[]>()
  for (const { menu_id, gid } of limits) wanted.set(menu_id, [...(wanted.get(menu_id) ?? []), gid])
  return rows.filter(({ id }) => {
    const groups = wanted.get(id)
    return !groups || groups.some((group) => env.user.groupIds.has(group))
  })
}

/** Of the actions of menus those that exist and whose model the user may read, with their paths. */
async function usableActions(env: Env, rows: readonly MenuRow[]): Promise<Map<string, { path: string | null }>> {
  const byModel = new Map<string, number[]>()
  for (const { action } of rows) {
    const [model, id] = action?.split(',') ?? []
    if (model && id && env.registry.has(model)) byModel.set(model, [...(byModel.get(model) ?? []), Number(id)])
  }
  const usable = new Map<string, { path: string | null }>()
  const system = env.sudo('what menus open is checked against the rights of the user here')
  for (const [model, ids] of byModel) {
    const { fields } = env.registry.get(model)
    const target = ['res_model', 'model_name', 'model'].find((name) => fields.has(name))
    const groups = fields.has('groups_id')
    const actions = await (
      await system.model(model, ids).exists()
    ).load(['path', ...(target ? [target] : []), ...(groups ? ['groups_id'] : [])])
    for (const action of actions) {
      const about = target ? (action[target] as string | null) : null
      if (about && !(await mayRead(env, about))) continue
      const limits = groups ? (action['groups_id'] as readonly { id: number }[]) : []
      if (limits.length > 0 && !limits.some(({ id }) => env.user.groupIds.has(id))) continue
      usable.set(`${model},${action.id}`, { path: action['path'] as string | null })
    }
  }
  return usable
}

async function mayRead(env: Env, model: string): Promise<boolean> {
  if (!env.registry.has(model)) return false
  try {
    await env.model(model).check_access('read')
    return true
  } catch {
    return false // whatever refuses it, the menu would lead nowhere
  }
}
