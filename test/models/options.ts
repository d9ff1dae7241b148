import { field, model, type RecordsOf } from '#core'

/* Models whose fields carry the options that all kinds share. */

/** How often the functions of defaults ran; tests reset it. */
export const defaulted = { token: 0, place: 0 }

export class ShelfFields {
  name = field.char({ required: true, translate: true })
  room_id = field.many2one('opt.room', { ondelete: 'restrict' })
  room_name = field.char()
  city_name = field.char({ store: true })
  floor = field.integer({ readonly: false })
  kept = field.char()
  fresh = field.char({ copy: false })
  token = field.char({ copy: false, default: () => `t${++defaulted.token}` })
  place = field.char({ default: (env) => `${env.context.lang ?? 'none'} ${++defaulted.place}` })
  rank = field.integer({ default: 7, help: 'Where it stands.', index: true, aggregator: 'max', tracking: 3 })
  price = field.float({ companyDependent: true })
  owner_id = field.many2one('opt.room', { companyDependent: true })
  doubled = field.float()
  loud = field.char()
  upper = field.char({ store: true })
  given = field.char()
  secret = field.char({ groups: 'opt.nobody' })
  stamp = field.char({ store: true, readonly: false })
}
export const Shelf = model(
  'opt.shelf',
  ShelfFields,
  { description: 'Shelf', order: 'rank, id' },
  (Base) => class extends Base {},
)
Shelf.related('room_name', 'room_id.name')
  .related('city_name', 'room_id.house_id.city')
  .related('floor', 'room_id.floor')
  .compute('doubled', ['price'], (shelf) => shelf.price * 2)
  .compute('loud', ['name'], (shelf) => `${shelf.name}!`)
  .compute('upper', ['kept'], (shelf) => shelf.kept?.toUpperCase() ?? null)
  .compute('given', ['kept'], (shelf) => shelf.kept)
  .inverse('given', async (values, env) => {
    for (const [id, value] of values) await env['opt.shelf'].browse([id]).write({ kept: value && `given ${value}` })
  })
  .search('given', (operator, operand) => [['kept', operator, operand]])
  .compute('stamp', ['rank'], (shelf) => `#${shelf.rank}`)

export class RoomFields {
  name = field.char({ required: true })
  floor = field.integer()
  house_id = field.many2one('opt.house', { ondelete: 'cascade' })
  shelf_ids = field.one2many('opt.shelf', 'room_id', { copy: true })
}
export const Room = model('opt.room', RoomFields, { description: 'Room' }, (Base) => class extends Base {})

export class HouseFields {
  city = field.char()
  room_ids = field.one2many('opt.room', 'house_id')
}
export const House = model(
  'opt.house',
  HouseFields,
  { description: 'House', recName: 'city' },
  (Base) => class extends Base {},
)

export const options = { addon: 'opt', models: [Shelf, Room, House] as never }

class LoudFields {}
/** Two layers above: each computes from what the ones below answer. */
export const Louder = Shelf.extend(LoudFields, (Base) => class extends Base {})
Louder.compute('loud', [], (_shelf, base) => `${base()}!`)
export const Loudest = Louder.extend(LoudFields, (Base) => class extends Base {})
Loudest.computeBatch(
  'loud',
  ['rank'],
  async (shelves, _env, base) => new Map(shelves.map((shelf) => [shelf.id, `${base.get(shelf.id)} ${shelf.rank}`])),
)
Loudest.change('kept', { required: true, string: 'Kept Text' })
export const louder = { addon: 'louder', models: [Louder] as never }
export const loudest = { addon: 'loudest', models: [Loudest] as never }

export interface Shelf extends RecordsOf<typeof Shelf> {}
export interface Room extends RecordsOf<typeof Room> {}
export interface House extends RecordsOf<typeof House> {}
declare module '#core' {
  interface Models {
    'opt.shelf': { fields: ShelfFields; records: Shelf }
    'opt.room': { fields: RoomFields; records: Room }
    'opt.house': { fields: HouseFields; records: House }
  }
}
