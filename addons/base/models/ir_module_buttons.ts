import { type AddonChange, type AddonService, type Calls, indexBy, type Losses, type Recs, type RecordsOf } from '#core'
import { MODULE_ABSENT, MODULE_DEPENDENCY, MODULES_FIXED } from '../errors.ts'
import {
  automatic,
  downstream,
  type ModuleGraph,
  type ModuleNode,
  type ModuleState,
  upstream,
} from './ir_module_graph.ts'
import { IrModuleModule } from './ir_module_module.ts'
import { IrModuleSync } from './ir_module_sync.ts'

/** An action for clients, as plain data. */
type Action = Readonly<Record<string, unknown>>

const UPGRADE: Action = {
  type: 'ir.actions.act_window',
  res_model: 'base.module.upgrade',
  view_mode: 'form',
  target: 'new',
}
/** What a client does after models, views and rights changed. */
const RELOAD: Action = { type: 'ir.actions.client', tag: 'reload' }

const SYSTEM = { uid: 1, su: true } as const

const set = (...states: readonly ModuleState[]): ReadonlySet<string> => new Set(states)

export const IrModuleButtons = IrModuleModule.and(IrModuleSync).extend(
  Object,
  (Base) =>
    class extends Base {
      /** Plans the installation of the modules, of those they need and of those that install themselves then. */
      async button_install(): Promise<Action> {
        const { graph, own } = await this._graph()
        const fresh = own.filter(({ state }) => state === 'uninstalled' || state === 'uninstallable')
        const names = fresh.map(({ name }) => name)
        const needed = upstream(graph, names, set('installed', 'to upgrade', 'to remove', 'to install'))
        for (const { name, depends, state } of [...fresh, ...needed]) {
          const missing = depends.find((one) => !graph.has(one.name) || graph.get(one.name)?.state === 'uninstallable')
          if (missing || state === 'uninstallable') throw new MODULE_DEPENDENCY(name, missing?.name)
        }
        const coming = new Set([...fresh, ...needed].map(({ name }) => name))
        const self = automatic(graph, coming)
        const more = upstream(
          graph,
          self.map(({ name }) => name),
          set('installed', 'to upgrade', 'to remove', 'to install'),
        )
        await this._mark([...fresh, ...needed, ...self, ...more], 'to install')
        return { ...UPGRADE, name: 'Install' }
      }

      /** Installs the modules at once, with all that is planned. */
      async button_immediate_install(): Promise<Action> {
        await this.button_install()
        return this._apply()
      }

      async button_install_cancel(): Promise<boolean> {
        return this._cancel('to install', 'uninstalled')
      }

      /** Plans that the files of the modules, and of those that need them, are read again. */
      async button_upgrade(): Promise<Action> {
        const { graph, own } = await this._graph()
        const absent = own.filter(({ state }) => state !== 'installed' && state !== 'to upgrade')
        if (absent.length > 0) throw new MODULE_ABSENT(absent.map(({ name }) => name))
        const names = own.map(({ name }) => name)
        await this._mark(
          [...own, ...downstream(graph, names, set('uninstalled', 'uninstallable', 'to remove', 'to install'))],
          'to upgrade',
        )
        return { ...UPGRADE, name: 'Apply Schedule Upgrade' }
      }

      async button_immediate_upgrade(): Promise<Action> {
        await this.button_upgrade()
        return this._apply()
      }

      async button_upgrade_cancel(): Promise<boolean> {
        return this._cancel('to upgrade', 'installed')
      }

      /** Plans that the modules, and those that need them, are uninstalled. */
      async button_uninstall(): Promise<Action> {
        const { graph, own } = await this._graph()
        const absent = own.filter(
          ({ state }) => state !== 'installed' && state !== 'to upgrade' && state !== 'to remove',
        )
        if (absent.length > 0) throw new MODULE_ABSENT(absent.map(({ name }) => name))
        const names = own.map(({ name }) => name)
        // whatever cannot be uninstalled is refused now
        await this._service().losses(this.env, names)
        await this._mark(
          [...own, ...downstream(graph, names, set('uninstalled', 'uninstallable', 'to install'))],
          'to remove',
        )
        return { ...UPGRADE, name: 'Uninstall' }
      }

      async button_immediate_uninstall(): Promise<Action> {
        await this.button_uninstall()
        return this._apply()
      }

      async button_uninstall_cancel(): Promise<boolean> {
        return this._cancel('to remove', 'installed')
      }

      /** Uninstalls the modules, and those that need them, at once. */
      async module_uninstall(): Promise<boolean> {
        await this.button_immediate_uninstall()
        return true
      }

      /** Opens the dialog that shows what uninstalling the module would lose. */
      async button_uninstall_wizard(): Promise<Action> {
        const [id = null] = this.ids
        return {
          type: 'ir.actions.act_window',
          name: 'Uninstall module',
          res_model: 'base.module.uninstall',
          view_mode: 'form',
          target: 'new',
          context: { default_module_id: id },
        }
      }

      /** What uninstalling the modules, and those that need them, would lose. */
      async uninstall_preview(): Promise<Losses> {
        await this.check_access('write')
        const names = (await this.load(['name'])).map(({ name }) => name)
        return this._service().losses(this.env, names)
      }

      /** Looks into the folders of addons again; gives how many modules had changed, and how many were new. */
      async update_list(): Promise<readonly [updated: number, added: number]> {
        await this.check_access('write')
        const { updated, added } = await this._sync(await this._service().found())
        return [updated, added]
      }

      /** The modules that need these, directly or through others. */
      async downstream_dependencies(exclude_states: readonly string[] | null): Promise<Recs<'ir.module.module'>> {
        const { graph, own } = await this._graph()
        const excluded = new Set(exclude_states ?? ['uninstalled', 'uninstallable', 'to remove'])
        return this._of(
          downstream(
            graph,
            own.map(({ name }) => name),
            excluded,
          ),
        )
      }

      /** The modules that these need, directly or through others. */
      async upstream_dependencies(exclude_states: readonly string[] | null): Promise<Recs<'ir.module.module'>> {
        const { graph, own } = await this._graph()
        const excluded = new Set(exclude_states ?? ['installed', 'uninstallable', 'to remove'])
        return this._of(
          upstream(
            graph,
            own.map(({ name }) => name),
            excluded,
          ),
        )
      }

      /** Does all that is planned once this call is committed; the answer waits for it. */
      async _apply(): Promise<Action> {
        await this.check_access('write')
        this._service()
        this.env.transaction.afterCommit(applyPlans)
        return RELOAD
      }

      /** Forgets all plans. */
      async _forget_plans(): Promise<void> {
        for (const [planned, before] of PLANS) {
          await (await this.search([['state', '=', planned]])).write({ state: before })
        }
      }

      /** Names of the modules for which each change is planned. */
      async _plans(): Promise<Required<AddonChange> & { readonly upgrade: readonly string[] }> {
        const planned = await (
          await this.search([['state', 'in', PLANS.map(([state]) => state)]])
        ).load(['name', 'state'])
        const of = (wanted: ModuleState): string[] =>
          planned.filter(({ state }) => state === wanted).map(({ name }) => name)
        return { install: of('to install'), upgrade: of('to upgrade'), uninstall: of('to remove') }
      }

      async _mark(modules: readonly ModuleNode[], state: ModuleState): Promise<void> {
        await this.check_access('write')
        await this._of(modules).write({ state })
      }

      async _cancel(planned: ModuleState, before: ModuleState): Promise<boolean> {
        await this.check_access('write')
        await (
          await this.search([
            ['id', 'in', this.ids],
            ['state', '=', planned],
          ])
        ).write({ state: before })
        return true
      }

      _of(modules: readonly ModuleNode[]): Recs<'ir.module.module'> {
        return this.env.browse('ir.module.module', [...new Set(modules.map(({ id }) => id))])
      }

      /** All modules with what they need, and those of this set. */
      async _graph(): Promise<{ readonly graph: ModuleGraph; readonly own: readonly ModuleNode[] }> {
        const all = await (
          await this.env['ir.module.module'].search([])
        ).load(['name', 'state', 'auto_install', 'dependencies_id.name', 'dependencies_id.auto_install_required'])
        const nodes = all.map(({ id, name, state, auto_install, dependencies_id }): ModuleNode => ({
          id,
          name,
          state,
          autoInstall: auto_install,
          depends: dependencies_id.map((one) => ({ name: one.name, triggers: one.auto_install_required })),
        }))
        const own = new Set(this.ids)
        return { graph: indexBy(nodes, ({ name }) => name), own: nodes.filter(({ id }) => own.has(id)) }
      }

      /** @throws MODULES_FIXED where addons cannot change */
      _service(): AddonService {
        const { addons } = this.env.transaction
        if (!addons) throw new MODULES_FIXED()
        return addons
      }
    },
)

/** State of a module for which something is planned -> its state if that is forgotten. */
const PLANS: readonly (readonly [ModuleState, ModuleState])[] = [
  ['to install', 'uninstalled'],
  ['to upgrade', 'installed'],
  ['to remove', 'installed'],
]

/** Does what is planned; if it fails, nothing is planned any more. */
async function applyPlans(calls: Calls): Promise<void> {
  try {
    const plans = await calls.call(SYSTEM, 'read', (env) => env['ir.module.module']._plans())
    await calls.addons?.change(plans)
  } catch (error) {
    await calls.call(SYSTEM, 'write', (env) => env['ir.module.module']._forget_plans())
    throw error
  }
}

const STATES = { exclude_states: { type: ['array', 'null'], items: { type: 'string' }, default: null } }

IrModuleButtons.callable('button_install')
  .callable('button_immediate_install')
  .callable('button_install_cancel')
  .callable('button_upgrade')
  .callable('button_immediate_upgrade')
  .callable('button_upgrade_cancel')
  .callable('button_uninstall')
  .callable('button_immediate_uninstall')
  .callable('button_uninstall_cancel')
  .callable('button_uninstall_wizard')
  .callable('module_uninstall')
  .callable('uninstall_preview', { readonly: true })
  .callable('update_list', { on: 'model' })
  .callable('downstream_dependencies', { readonly: true, params: STATES })
  .callable('upstream_dependencies', { readonly: true, params: STATES })

declare module './ir_module_module.ts' {
  interface IrModuleModule extends RecordsOf<typeof IrModuleButtons> {}
}
