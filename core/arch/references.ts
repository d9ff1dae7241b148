import type { Env } from '../orm/env.ts'
import type { XmlElement } from '../tools/xml.ts'

/** A node that names a record which is not there. */
export interface Dangling {
  readonly node: XmlElement
  readonly message: string
}

const isId = (name: string): boolean => /^\d+$/.test(name)

/** The groups and actions that the nodes of a view name, to be looked up together once all are known. */
export class References {
  readonly #groups = new Map<string, XmlElement>()
  readonly #actions = new Map<string, XmlElement>()

  /** A node is for the members of a group, by its external id. */
  group(name: string, node: XmlElement): void {
    this.#groups.set(name, node)
  }

  /** A button runs an action, by its id or external id. */
  action(name: string, node: XmlElement): void {
    this.#actions.set(name, node)
  }

  /** The nodes that name a group or an action which is not there. */
  async dangling(env: Env): Promise<Dangling[]> {
    return [...(await this.#unknownGroups(env)), ...(await this.#unknownActions(env))]
  }

  async #unknownGroups(env: Env): Promise<Dangling[]> {
    const found: Dangling[] = []
    for (const [name, node] of this.#groups) {
      const record = name.includes('.') ? await env.xmlId(name) : undefined
      if (record?.[0] !== 'res.groups') found.push({ node, message: `there is no group '${name}'` })
    }
    return found
  }

  async #unknownActions(env: Env): Promise<Dangling[]> {
    if (this.#actions.size === 0 || !env.registry.has('ir.actions.actions')) return []
    const there = await actionsWithId(env, [...this.#actions.keys()].filter(isId).map(Number))
    const found: Dangling[] = []
    for (const [name, node] of this.#actions) {
      const exists = isId(name) ? there.has(Number(name)) : (await env.xmlId(name))?.[0].startsWith('ir.actions.')
      if (!exists) found.push({ node, message: `there is no action '${name}'` })
    }
    return found
  }
}

async function actionsWithId(env: Env, ids: readonly number[]): Promise<ReadonlySet<number>> {
  if (ids.length === 0) return new Set()
  const actions = env.model('ir.actions.actions').sudo('that an action exists is no secret')
  return new Set((await actions.search([['id', 'in', ids]])).ids)
}
