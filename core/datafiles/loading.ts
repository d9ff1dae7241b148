import type { Env } from '../orm/env.ts'
import { DATA_REF } from './errors.ts'
import type { Place } from './place.ts'
import type { XmlIds } from './xml-id.ts'

/** What all steps of the data files of one addon share. */
export interface Loading {
  /** The system's environment. */
  readonly env: Env
  readonly xmlIds: XmlIds
  /** The addon: external ids without a module are its own. */
  readonly module: string
  /** The folder that `file=` is looked for in. */
  readonly folder: string
  /** `init` when the addon is being installed, `update` when its files are read again. */
  readonly mode: 'init' | 'update'
  /** External ids that the files name; what an addon no longer names can be told from it. */
  readonly named: Set<string>
}

/** An external id with its module. */
export function completeId(loading: Loading, id: string): string {
  return id.includes('.') ? id : `${loading.module}.${id}`
}

/** The record behind an external id. @throws DATA_REF with the id that was meant perhaps */
export async function recordOf(loading: Loading, id: string, place: Place): Promise<{ model: string; id: number }> {
  const name = completeId(loading, id)
  await loading.xmlIds.ask([name])
  const known = loading.xmlIds.find(name)
  if (known && !loading.xmlIds.isGone(name)) return known
  throw new DATA_REF(place, name, await loading.xmlIds.nearest(name, loading.module, loading.named))
}
