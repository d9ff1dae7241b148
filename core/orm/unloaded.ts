import type { Ctor } from './model.ts'
import { NOT_LOADED } from './errors.ts'

/** Where a loaded record remembers how it was reached: `'order_id.partner_id.'`; absent on those that were loaded themselves. */
export const REACHED_BY = Symbol('reached by')

/**
 * The class with a getter for each field that throws: what was loaded of a record are properties of its own, which
 * come first.
 */
export function guardFields<C extends Ctor<object>>(Base: C, model: string, fields: Iterable<string>): C {
  const Guarded = class extends Base {}
  for (const name of fields) {
    // every record has its id; a set is asked for it where a value may be either
    if (name === 'id') continue
    Object.defineProperty(Guarded.prototype, name, {
      get(this: { readonly [REACHED_BY]?: string }): never {
        throw new NOT_LOADED(model, name, `${this[REACHED_BY] ?? ''}${name}`).with({ model, field: name })
      },
    })
  }
  return Guarded
}
