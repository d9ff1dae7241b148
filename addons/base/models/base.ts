import { abstractModel } from '#core'

/** What every model is: an addon that extends it comes on top of all models that have records. */
export const EveryModel = abstractModel<object>()('base', Object, (Base) => Base, { description: 'Base' })
