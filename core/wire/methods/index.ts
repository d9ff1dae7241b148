import type { WireMethod } from '../method.ts'
import { changing } from './changing.ts'
import { grouping } from './grouping.ts'
import { metadata } from './metadata.ts'
import { naming } from './naming.ts'
import { reading } from './reading.ts'
import { rights } from './rights.ts'
import { transfer } from './transfer.ts'
import { viewMethods } from './views.ts'
import { web } from './web.ts'

/** What clients may call on every model, by its name on the wire. */
export const wireMethods: Readonly<Record<string, WireMethod>> = {
  ...reading,
  ...changing,
  ...naming,
  ...web,
  ...rights,
  ...metadata,
  ...grouping,
  ...transfer,
  ...viewMethods,
}
