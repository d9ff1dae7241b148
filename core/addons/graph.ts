import { GRAPH_CYCLE } from '../tools/errors.ts'
import { topologicalOrder } from '../tools/graph.ts'
import { suggest } from '../expr/suggest.ts'
import type { FoundAddon } from './discover.ts'
import { ADDON_CYCLE, ADDON_UNKNOWN } from './errors.ts'
import type { Manifest } from './manifest.ts'

/**
 * The addons that must be there for the named ones (or all of them), each after those it depends on: with what they
 * depend on, and with those that install themselves once what they wait for is chosen, unless they are `declined`.
 * @throws ADDON_UNKNOWN, ADDON_CYCLE
 */
export function chooseAddons(
  found: ReadonlyMap<string, FoundAddon>,
  names: readonly string[] | 'all',
  declined: ReadonlySet<string> = new Set(),
): FoundAddon[] {
  const chosen = new Set<string>()
  for (const name of names === 'all' ? [...found.keys()].toSorted() : names) choose(name, undefined, found, chosen)
  // Each addon that installs itself may be what another one waits for.
  for (let more = true; more;) more = chooseAutomatic(found, chosen, declined)
  return ordered([...chosen].map((name) => known(name, undefined, found)))
}

/** Addons so that each comes after those it depends on. @throws ADDON_CYCLE */
export function ordered(addons: readonly FoundAddon[]): FoundAddon[] {
  const byName = new Map(addons.map((addon) => [addon.manifest.name, addon]))
  try {
    const names = topologicalOrder([...byName.keys()].toSorted(), (name) => dependencies(byName.get(name)?.manifest))
    return names.flatMap((name) => byName.get(name) ?? [])
  } catch (error) {
    throw error instanceof GRAPH_CYCLE ? new ADDON_CYCLE(error.message) : error
  }
}

function choose(
  name: string,
  neededBy: string | undefined,
  found: ReadonlyMap<string, FoundAddon>,
  chosen: Set<string>,
): void {
  if (chosen.has(name)) return
  const { manifest } = known(name, neededBy, found)
  chosen.add(name)
  for (const dependency of dependencies(manifest)) choose(dependency, name, found, chosen)
}

/**
 * Of the addons that a database knows and has not installed, those that would have installed themselves: somebody did
 * not want them.
 */
export function declinedAddons(
  found: ReadonlyMap<string, FoundAddon>,
  known: ReadonlyMap<string, { readonly isInstalled: boolean }>,
): ReadonlySet<string> {
  const isInstalled = (name: string): boolean => known.get(name)?.isInstalled === true
  return new Set(
    [...found.values()]
      .filter(
        ({ manifest }) => known.get(manifest.name)?.isInstalled === false && triggers(manifest)?.every(isInstalled),
      )
      .map(({ manifest }) => manifest.name),
  )
}

/** The named addons with all that need them, directly or through others, so that each comes before those it depends on. */
export function withDependents(addons: readonly FoundAddon[], names: readonly string[]): FoundAddon[] {
  const going = new Set(names)
  const inOrder = ordered(addons)
  for (const { manifest } of inOrder)
    if (dependencies(manifest).some((name) => going.has(name))) going.add(manifest.name)
  return inOrder.filter(({ manifest }) => going.has(manifest.name)).toReversed()
}

/** Adds what installs itself by now and tells whether there was any. */
function chooseAutomatic(
  found: ReadonlyMap<string, FoundAddon>,
  chosen: Set<string>,
  declined: ReadonlySet<string>,
): boolean {
  const ready = [...found.values()].filter(
    ({ manifest: { name }, manifest }) =>
      !chosen.has(name) && !declined.has(name) && triggers(manifest)?.every((other) => chosen.has(other)),
  )
  for (const { manifest } of ready) choose(manifest.name, undefined, found, chosen)
  return ready.length > 0
}

/** The addons whose presence installs this one; undefined when it does not install itself. */
export function triggers(manifest: Manifest): readonly string[] | undefined {
  if (manifest.autoInstall === true) return dependencies(manifest)
  return manifest.autoInstall === false ? undefined : manifest.autoInstall
}

function dependencies(manifest: Manifest | undefined): string[] {
  return (manifest?.depends ?? []).map((other) => other.name)
}

function known(name: string, neededBy: string | undefined, found: ReadonlyMap<string, FoundAddon>): FoundAddon {
  const addon = found.get(name)
  if (addon) return addon
  const folders = new Set([...found.values()].map(({ path }) => path.slice(0, path.lastIndexOf('/'))))
  throw new ADDON_UNKNOWN(name, neededBy, suggest(name, found.keys()), [...folders])
}
