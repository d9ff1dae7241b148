import type { Kind } from './kind.ts'
import { acceptId } from './id-value.ts'
import { idOperators } from './operators/id.ts'
import { asIs } from './text-value.ts'

/** The id of a record whose model another field names; unset reads as 0 on the wire. */
export const many2oneReference: Kind = {
  type: 'many2one_reference',
  column: 'integer',
  empty: null,
  groupable: false,
  accept: acceptId,
  toColumn: asIs,
  fromColumn: asIs,
  toWire: (value) => value ?? false,
  operators: idOperators,
}
