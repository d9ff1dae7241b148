import type { Env } from './env.ts'
import type { AddonLayers } from './setup/layers.ts'

/** An addon in the folders of addons, installed or not, as its manifest tells. */
export interface ShelfAddon {
  readonly name: string
  readonly title: string
  readonly version: string
  readonly summary: string | null
  readonly description: string | null
  readonly category: string | null
  readonly author: string | null
  readonly license: string | null
  readonly application: boolean
  /** The addons whose presence installs it; `null` when it does not install itself. */
  readonly autoInstall: readonly string[] | null
  readonly depends: readonly string[]
}

/** Which addons are to be installed, upgraded and uninstalled, by name. */
export interface AddonChange {
  readonly install?: readonly string[]
  /** Addons whose files are read again even if they did not change; `all` stands for every installed one. */
  readonly upgrade?: readonly string[] | 'all'
  readonly uninstall?: readonly string[]
}

/** What is lost when addons are uninstalled. */
export interface Losses {
  /** The addons that go: those asked for and those that need them, in the order in which they go. */
  readonly modules: readonly string[]
  /** Models that go with their tables, and how many records they have. */
  readonly models: readonly { readonly model: string; readonly name: string; readonly records: number }[]
  /** Stored fields of other models that go, and how many records hold a value. */
  readonly fields: readonly {
    readonly model: string
    readonly field: string
    readonly label: string
    readonly records: number
  }[]
  /** Choices of selections that go, and how many records have them. */
  readonly values: readonly {
    readonly model: string
    readonly field: string
    readonly value: string
    readonly records: number
  }[]
  /** Records of other models that the addons' files brought, by their external ids. */
  readonly records: readonly { readonly model: string; readonly xmlids: readonly string[] }[]
}

/** What a change of addons would do. */
export interface ChangePlan {
  readonly install: readonly string[]
  /** Installed addons whose files are read again, with the versions that the database and the files have. */
  readonly upgrade: readonly { readonly name: string; readonly from: string | null; readonly to: string }[]
  /** In the order in which they run. */
  readonly migrations: readonly {
    readonly addon: string
    readonly version: string
    readonly file: string
    readonly stages: readonly string[]
    readonly describes: string | null
  }[]
  readonly uninstall: Losses | null
  /** What changes in the tables, one step a line; empty for nothing. What early steps of migrations do is not known. */
  readonly steps: string
}

/** Changes which addons a database has, and tells of those it could have. */
export interface AddonService {
  /** The addons in the folders, whose manifests are read again. @throws ADDON_MANIFEST, ADDON_TWICE, ADDON_CYCLE */
  found(): Promise<readonly ShelfAddon[]>
  /** The layers of models of what the database says is installed, in order. @throws ADDON_… */
  layers(): Promise<readonly AddonLayers[]>
  /** What uninstalling the addons would lose, in the transaction of `env`. @throws ADDON_NEEDED, ADDON_NOT_INSTALLED */
  losses(env: Env, names: readonly string[]): Promise<Losses>
  /** What a change would do; nothing is changed. @throws ADDON_…, MIGRATION_WRONG, SCHEMA_TYPE_CHANGE */
  plan(change: AddonChange): Promise<ChangePlan>
  /**
   * Installs, upgrades and uninstalls addons of the running server, in transactions of its own: never inside another.
   * @throws ADDON_…, MIGRATION_…, SCHEMA_…, DATA_…, REGISTRY_WRONG
   */
  change(change: AddonChange): Promise<void>
}
