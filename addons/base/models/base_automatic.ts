import type { ToOne } from '#core'

/*
 * Who created and who changed a record last. The core keeps these columns on every model, but the model that they point
 * to is of this addon.
 */
declare module '#core' {
  interface AutomaticFields {
    readonly create_uid: ToOne<'res.users', null>
    readonly write_uid: ToOne<'res.users', null>
  }
}
