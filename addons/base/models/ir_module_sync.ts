import { indexBy, type Env, type RecordsOf, type ShelfAddon } from '#core'
import { IrModuleModule } from './ir_module_module.ts'

type Row = Readonly<Record<string, unknown>>

/** How many modules were new, and how many had changed. */
export interface SyncOutcome {
  readonly updated: number
  readonly added: number
}

const FACTS = [
  'shortdesc',
  'summary',
  'description',
  'author',
  'license',
  'application',
  'auto_install',
  'installed_version',
] as const

const DEPENDENCIES = ['dependencies_id.name', 'dependencies_id.auto_install_required'] as const

export const IrModuleSync = IrModuleModule.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * Brings the modules to what the manifests in the folders of addons say. Those whose folder is gone, or that need
       * one that is not there, cannot be installed.
       */
      async _sync(addons: readonly ShelfAddon[]): Promise<SyncOutcome> {
        const env = this.env
          .sudo('what is in the folders of addons is recorded for all')
          .with({ context: { lang: null } })
        const rows = await (
          await env['ir.module.module'].search([])
        ).load(['name', 'state', 'category_id', ...DEPENDENCIES, ...FACTS])
        const known = indexBy(rows, ({ name }) => name)
        const categories = await categoryIds(env, addons)
        const isPossible = isInstallable(addons)
        const wanted = addons.map((addon) => ({
          addon,
          facts: { ...factsOf(addon), category_id: categories.get(addon.category ?? '') ?? null },
        }))
        let updated = 0
        for (const { addon, facts } of wanted) {
          const row = known.get(addon.name)
          if (!row) continue
          const before = (name: string): unknown =>
            name === 'category_id' ? (row.category_id?.id ?? null) : (row as unknown as Row)[name]
          const state = stateOf(row.state, isPossible(addon.name))
          const changes = Object.entries({ ...facts, state }).filter(([name, value]) => before(name) !== value)
          const links = dependenciesOf(addon)
          const isSame =
            JSON.stringify(
              row.dependencies_id.map(({ name, auto_install_required }) => ({ name, auto_install_required })),
            ) === JSON.stringify(links)
          if (changes.length === 0 && isSame) continue
          updated++
          const relinked = [
            ...row.dependencies_id.map(({ id }) => ({ delete: id })),
            ...links.map((values) => ({ create: values })),
          ]
          await env
            .browse('ir.module.module', [row.id])
            .write({ ...Object.fromEntries(changes), ...(isSame ? {} : { dependencies_id: relinked }) })
        }
        const names = new Set(addons.map(({ name }) => name))
        const lost = rows.filter((one) => one.state === 'uninstalled' && !names.has(one.name))
        if (lost.length > 0)
          await env
            .browse(
              'ir.module.module',
              lost.map(({ id }) => id),
            )
            .write({ state: 'uninstallable' })
        const fresh = wanted.filter(({ addon }) => !known.has(addon.name))
        await addModules(
          env,
          fresh.map(({ addon, facts }) => ({
            name: addon.name,
            ...facts,
            state: isPossible(addon.name) ? 'uninstalled' : 'uninstallable',
            dependencies_id: dependenciesOf(addon).map((values) => ({ create: values })),
          })),
        )
        return { updated, added: fresh.length }
      }
    },
)

/** Adds modules, under the external ids that data files know them by: `base.module_sale`. */
async function addModules(env: Env, rows: readonly (Row & { readonly name: string })[]): Promise<void> {
  const { ids } = await env.model('ir.module.module').create(rows)
  await env['ir.model.data'].create(
    rows.map(({ name }, i) => ({
      module: 'base',
      name: `module_${name}`,
      model: 'ir.module.module',
      res_id: ids[i] ?? 0,
      noupdate: true,
    })),
  )
}

function factsOf({ title, summary, description, author, license, application, autoInstall, version }: ShelfAddon): Row {
  return {
    shortdesc: title,
    summary,
    description,
    author,
    license,
    application,
    auto_install: autoInstall !== null,
    installed_version: version,
  }
}

function dependenciesOf({ depends, autoInstall }: ShelfAddon): { name: string; auto_install_required: boolean }[] {
  return depends.toSorted().map((name) => ({ name, auto_install_required: autoInstall?.includes(name) ?? true }))
}

/** Whether all that an addon needs, directly or through others, is in the folders. */
function isInstallable(addons: readonly ShelfAddon[]): (name: string) => boolean {
  const byName = indexBy(addons, ({ name }) => name)
  const known = new Map<string, boolean>()
  const check = (name: string): boolean => {
    let possible = known.get(name)
    if (possible === undefined) {
      known.set(name, false)
      known.set(name, (possible = byName.get(name)?.depends.every(check) ?? false))
    }
    return possible
  }
  return check
}

function stateOf<S extends string>(state: S, possible: boolean): S | 'uninstalled' | 'uninstallable' {
  if (state === 'uninstalled' && !possible) return 'uninstallable'
  return state === 'uninstallable' && possible ? 'uninstalled' : state
}

/** Category as manifests write it (`Sales/CRM`) -> its record; those that are missing are made. */
async function categoryIds(env: Env, addons: readonly ShelfAddon[]): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  // before the first data files of all are loaded there are none to sort modules into
  if (!(await env.xmlId('base.module_category_hidden'))) return ids
  const paths = new Set(addons.flatMap(({ category }) => (category ? prefixes(category) : [])))
  const names = [...paths].map(categoryXmlId)
  const found = await (
    await env['ir.model.data'].search([
      ['module', '=', 'base'],
      ['model', '=', 'ir.module.category'],
      ['name', 'in', names],
    ])
  ).load(['name', 'res_id'])
  const known = new Map(found.map((one) => [one.name, one.res_id]))
  for (const path of paths) {
    const there = known.get(categoryXmlId(path))
    ids.set(path, there ?? (await makeCategory(env, path, ids)))
  }
  return ids
}

/** `Sales/CRM` -> `Sales`, `Sales/CRM` */
const prefixes = (path: string): string[] => path.split('/').map((_part, i, parts) => parts.slice(0, i + 1).join('/'))
const categoryXmlId = (path: string): string => `module_category_${path.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`

async function makeCategory(env: Env, path: string, ids: ReadonlyMap<string, number>): Promise<number> {
  const parts = path.split('/')
  const parent_id = ids.get(parts.slice(0, -1).join('/')) ?? null
  const [id = 0] = (await env['ir.module.category'].create([{ name: parts.at(-1) ?? path, parent_id }])).ids
  await env['ir.model.data'].create([
    { module: 'base', name: categoryXmlId(path), model: 'ir.module.category', res_id: id, noupdate: true },
  ])
  return id
}

declare module './ir_module_module.ts' {
  interface IrModuleModule extends RecordsOf<typeof IrModuleSync> {}
}
