import type { Values } from '#core'

export type ModuleState = Values<'ir.module.module'>['state'] & string

/** A module as its row tells of it, with the names of those that it needs. */
export interface ModuleNode {
  readonly id: number
  readonly name: string
  readonly state: ModuleState
  readonly autoInstall: boolean
  readonly depends: readonly { readonly name: string; readonly triggers: boolean }[]
}

export type ModuleGraph = ReadonlyMap<string, ModuleNode>

/** The modules that the named ones need, directly or through others, unless their state is among the excluded. */
export function upstream(graph: ModuleGraph, names: readonly string[], excluded: ReadonlySet<string>): ModuleNode[] {
  return closure(names, (name) => {
    const needed = graph.get(name)?.depends.flatMap((one) => graph.get(one.name) ?? []) ?? []
    return needed.filter(({ state }) => !excluded.has(state))
  })
}

/** The modules that need the named ones, directly or through others, unless their state is among the excluded. */
export function downstream(graph: ModuleGraph, names: readonly string[], excluded: ReadonlySet<string>): ModuleNode[] {
  const users = new Map<string, ModuleNode[]>()
  for (const node of graph.values()) {
    for (const { name } of node.depends) users.set(name, [...(users.get(name) ?? []), node])
  }
  return closure(names, (name) => (users.get(name) ?? []).filter(({ state }) => !excluded.has(state)))
}

function closure(names: readonly string[], next: (name: string) => readonly ModuleNode[]): ModuleNode[] {
  const found = new Map<string, ModuleNode>()
  const seen = new Set(names)
  const waiting = [...names]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const node of next(name)) {
      if (seen.has(node.name)) continue
      seen.add(node.name)
      found.set(node.name, node)
      waiting.push(node.name)
    }
  }
  return [...found.values()]
}

const COMING: ReadonlySet<string> = new Set(['installed', 'to upgrade', 'to install'])

/**
 * The modules that install themselves once the given ones are there: all that they wait for is installed or comes, and
 * at least one of it is new. What installs itself may be what another one waits for.
 */
export function automatic(graph: ModuleGraph, coming: ReadonlySet<string>): ModuleNode[] {
  const all = new Set(coming)
  const found: ModuleNode[] = []
  const isReady = ({ name, state, autoInstall, depends }: ModuleNode): boolean => {
    const triggers = depends.filter((one) => one.triggers)
    if (!autoInstall || all.has(name) || state !== 'uninstalled' || !triggers.some((one) => all.has(one.name)))
      return false
    return triggers.every((one) => all.has(one.name) || COMING.has(graph.get(one.name)?.state ?? ''))
  }
  for (let ready = [...graph.values()].filter(isReady); ready.length > 0; ready = [...graph.values()].filter(isReady)) {
    for (const node of ready) all.add(node.name)
    found.push(...ready)
  }
  return found
}
