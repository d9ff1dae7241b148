import type { AddonChange, AddonService, ChangePlan, Losses, ShelfAddon } from '../orm/addon-service.ts'
import type { Env } from '../orm/env.ts'
import type { AddonLayers } from '../orm/setup/layers.ts'
import type { Runtime } from '../runtime.ts'
import { Mutex } from '../tools/mutex.ts'
import { describePlan, desiredSchema, introspect, planSchema } from '../schema/index.ts'
import { checksumsOf, planAddons } from './addon-plan.ts'
import { discoverAddons, type FoundAddon } from './discover.ts'
import { ADDON_NOT_INSTALLED } from './errors.ts'
import { chooseAddons, declinedAddons, ordered } from './graph.ts'
import { layersOf, type Memory, readMemory, shelfAddon } from './installed.ts'
import { type LoadedAddon, loadChosen } from './load.ts'
import { droppedOf, goneParts, lossesOf } from './losses.ts'
import { stagesOf } from './migrations.ts'
import { partingOf, uninstallAddons } from './uninstall.ts'
import { updateDatabase } from './update.ts'

const NO_WORK = { install: new Set<string>(), upgrade: new Set<string>(), migrations: [] }

/** What a change begins with. */
interface Known {
  readonly found: ReadonlyMap<string, FoundAddon>
  readonly memory: Memory
  /** In order, with their code. */
  readonly installed: readonly LoadedAddon[]
}

/** The addons of a served database and the folders that they come from. */
export class InstalledAddons implements AddonService {
  readonly #runtime: Runtime
  readonly #paths: readonly string[]
  /** One change at a time; other processes are kept out by the transactions. */
  readonly #changing = new Mutex()

  constructor(runtime: Runtime, paths: readonly string[]) {
    this.#runtime = runtime
    this.#paths = paths
  }

  async found(): Promise<readonly ShelfAddon[]> {
    return [...(await discoverAddons(this.#paths)).values()].map(shelfAddon)
  }

  async layers(): Promise<readonly AddonLayers[]> {
    return layersOf((await this.#known()).installed)
  }

  async losses(env: Env, names: readonly string[]): Promise<Losses> {
    const { going, staying } = partingOf((await this.#known()).installed, names)
    const after = this.#runtime.registryOf(layersOf(staying))
    return lossesOf(
      env,
      going.map(({ manifest }) => manifest.name),
      goneParts(env.registry, after),
      after,
    )
  }

  async plan({ install = [], upgrade = [], uninstall = [] }: AddonChange): Promise<ChangePlan> {
    const { db, registry: before } = this.#runtime
    const { found, memory, installed } = await this.#known()
    const { staying } = uninstall.length > 0 ? partingOf(installed, uninstall) : { staying: installed }
    const updates = install.length + upgrade.length > 0
    const names = staying.map(({ manifest }) => manifest.name)
    const addons = updates
      ? await loadChosen(chooseAddons(found, [...names, ...install], declinedAddons(found, memory.addons)))
      : staying
    const after = this.#runtime.registryOf(layersOf(addons))
    const force = new Set(upgrade === 'all' ? names : upgrade)
    const work = updates ? await planAddons({ addons, found, force }, memory, checksumsOf(addons, after)) : NO_WORK
    const drop = uninstall.length > 0 ? { drop: droppedOf(goneParts(before, after), before, after) } : {}
    const { steps } = planSchema(desiredSchema(after, db.dialect), await introspect(db), drop)
    const losses =
      uninstall.length > 0
        ? await this.#runtime.call({ uid: 1, su: true }, 'read', (env) => this.losses(env, uninstall))
        : null
    return {
      install: [...work.install],
      upgrade: [...work.upgrade].map((name) => ({
        name,
        from: memory.addons.get(name)?.version ?? null,
        to: found.get(name)?.manifest.version ?? '',
      })),
      migrations: work.migrations.map((due) => ({
        addon: due.addon,
        version: due.version,
        file: due.file,
        stages: stagesOf(due),
        describes: due.migration.describes ?? null,
      })),
      uninstall: losses,
      steps: steps.length === 0 ? '' : describePlan({ steps, leftAlone: [] }),
    }
  }

  change(change: AddonChange): Promise<void> {
    return this.#changing.run(async () => {
      const { install = [], upgrade = [], uninstall = [] } = change
      if (uninstall.length > 0)
        await uninstallAddons(this.#runtime, partingOf((await this.#known()).installed, uninstall))
      if (install.length + upgrade.length > 0) await this.#update(install, upgrade)
    })
  }

  async #update(install: readonly string[], upgrade: readonly string[] | 'all'): Promise<void> {
    const { found, memory, installed } = await this.#known()
    const names = installed.map(({ manifest }) => manifest.name)
    const missing = upgrade === 'all' ? [] : upgrade.filter((name) => !names.includes(name))
    if (missing.length > 0) throw new ADDON_NOT_INSTALLED(missing).with({ addons: missing })
    const addons = await loadChosen(chooseAddons(found, [...names, ...install], declinedAddons(found, memory.addons)))
    await updateDatabase(this.#runtime, { addons, found, force: new Set(upgrade === 'all' ? names : upgrade) })
  }

  async #known(): Promise<Known> {
    const { db } = this.#runtime
    const found = await discoverAddons(this.#paths)
    const memory = await db.transaction('read', (connection) => readMemory(db, connection))
    const installed = [...memory.addons].flatMap(([name, { isInstalled }]) =>
      isInstalled ? [found.get(name) ?? name] : [],
    )
    const there = installed.filter((one) => typeof one !== 'string')
    return { found, memory, installed: await loadChosen(ordered(there)) }
  }
}
