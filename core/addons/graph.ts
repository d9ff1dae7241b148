import { GRAPH_CYCLE } from '../tools/errors.ts'
import { topologicalOrder } from '../tools/graph.ts'
import { suggest } from '../expr/suggest.ts'
import type { FoundAddon } from './discover.ts'
import { ADDON_CYCLE, ADDON_UNKNOWN } from './errors.ts'
import type { Manifest } from './manifest.ts'

/**
 * The addons that must be there for the named ones (or all of them), each after those it depends on: with what they
 * depend on, and with those that install themselves once what they wait for is chosen.
 * @throws ADDON_UNKNOWN, ADDON_CYCLE
 */
export function chooseAddons(found: ReadonlyMap<string, FoundAddon>, names: readonly string[] | 'all'): FoundAddon[] {
  const chosen = new Set<string>()
  for (const name of names === 'all' ? [...found.keys()].toSorted() : names) choose(name, undefined, found, chosen)
  // Each addon that installs itself may be what another one waits for.
  for (let more = true; more;) more = chooseAutomatic(found, chosen)
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

/** Adds what installs itself by now and tells whether there was any. */
function chooseAutomatic(found: ReadonlyMap<string, FoundAddon>, chosen: Set<string>): boolean {
  const ready = [...found.values()].filter(
    ({ manifest }) => !chosen.has(manifest.name) && triggers(manifest)?.every((name) => chosen.has(name)),
  )
  for (const { manifest } of ready) choose(manifest.name, undefined, found, chosen)
  return ready.length > 0
}

/** The addons whose presence installs this one; undefined when it does not install itself. */
function triggers(manifest: Manifest): readonly string[] | undefined {
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
