import { defineError } from '../errors.ts'

/** A manifest is not what the loader can work with. */
export const ADDON_MANIFEST = defineError(
  'ADDON_MANIFEST',
  'ValueError',
  (file: string, property: string, reason: string) =>
    `${file}: ${property === '' ? 'the manifest' : `the manifest's '${property}'`} ${reason}.`,
)

/** An addon is asked for, or depended on, that is in none of the folders of addons. */
export const ADDON_UNKNOWN = defineError(
  'ADDON_UNKNOWN',
  'ValueError',
  (name: string, neededBy: string | undefined, nearest: string | undefined, paths: readonly string[]) => {
    const needed = neededBy === undefined ? '' : `, which '${neededBy}' depends on,`
    const hint = nearest === undefined ? '.' : `; did you mean '${nearest}'?`
    return `There is no addon '${name}'${needed} in ${paths.join(', ')}${hint}`
  },
)

/** An addon that the database has installed is in none of the folders of addons any more. */
export const ADDON_LOST = defineError(
  'ADDON_LOST',
  'ValueError',
  (names: readonly string[], paths: readonly string[]) =>
    `The database has ${names.map((name) => `'${name}'`).join(', ')} installed, but there is no such addon in ${paths.join(', ')}. ` +
    'Bring its folder back, or name the folder that it is in with --addons-path.',
)

/** Two folders hold an addon of the same name. */
export const ADDON_TWICE = defineError(
  'ADDON_TWICE',
  'ValueError',
  (name: string, first: string, second: string) => `The addon '${name}' exists twice: in ${first} and in ${second}.`,
)

/** Addons depend on each other in a circle. */
export const ADDON_CYCLE = defineError(
  'ADDON_CYCLE',
  'ValueError',
  (circle: string) => `Addons depend on each other. ${circle}`,
)

/** An addon's `index.ts` does not give its models. */
export const ADDON_INDEX = defineError(
  'ADDON_INDEX',
  'ValueError',
  (file: string, reason: string) => `${file}: ${reason}`,
)

/** A file that a manifest lists is not there. */
export const ADDON_FILE = defineError(
  'ADDON_FILE',
  'ValueError',
  (addon: string, file: string, path: string) =>
    `The manifest of '${addon}' lists ${file}, but there is no file ${path}.`,
)

/** The name or the exports of a migration are wrong. */
export const MIGRATION_WRONG = defineError(
  'MIGRATION_WRONG',
  'ValueError',
  (file: string, reason: string) => `${file}: the migration ${reason}.`,
)

/** A part of a migration threw: nothing of the upgrade stays. */
export const MIGRATION_FAILED = defineError(
  'MIGRATION_FAILED',
  'UserError',
  (file: string, addon: string, version: string, stage: string, reason: string) =>
    `${file}: '${stage}' of the migration of '${addon}' to ${version} failed, and the database is as it was: ${reason}`,
)

/** An addon that is to be upgraded or uninstalled is not installed. */
export const ADDON_NOT_INSTALLED = defineError(
  'ADDON_NOT_INSTALLED',
  'UserError',
  (names: readonly string[]) => `Not installed: ${names.map((name) => `'${name}'`).join(', ')}.`,
)

/** An addon without which nothing works cannot be uninstalled. */
export const ADDON_NEEDED = defineError(
  'ADDON_NEEDED',
  'UserError',
  (name: string) => `The addon '${name}' cannot be uninstalled: everything else builds on it.`,
)

/** The installed addons changed while a change of them was prepared. */
export const ADDONS_CHANGED = defineError(
  'ADDONS_CHANGED',
  'Conflict',
  () => 'Somebody else installed or uninstalled addons at the same time. Try again.',
)
