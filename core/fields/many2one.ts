import type { Kind } from './kind.ts'
import { acceptId } from './id-value.ts'
import { idOperators } from './operators/id.ts'
import { asIs, textOrFalse } from './text-value.ts'

/** One record of another model, by its id. */
export const many2one: Kind = {
  type: 'many2one',
  column: 'integer',
  empty: null,
  groupable: true,
  accept: acceptId,
  toColumn: asIs,
  fromColumn: asIs,
  toWire: textOrFalse,
  operators: idOperators,
}
