import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

/** Public calls on partners, for a number of records: what they send must not depend on it. */
type Calls = (
  ids: readonly number[],
) => Readonly<Record<string, readonly [method: string, args: readonly unknown[], kwargs?: Record<string, unknown>]>>

const FIELDS = [
  'name',
  'city',
  'parent_id',
  'country_id',
  'child_ids',
  'category_id',
  'commercial_partner_id',
  'write_uid',
  'display_name',
]
const SPECIFICATION = {
  name: {},
  country_id: { fields: { display_name: {} } },
  child_ids: { fields: { name: {}, country_id: { fields: { code: {} } } } },
  category_id: { fields: { color: {} } },
}

const calls: Calls = (ids) => ({
  read: ['read', [ids, FIELDS]],
  search_read: ['search_read', [[['id', 'in', ids]], FIELDS]],
  web_read: ['web_read', [ids], { specification: SPECIFICATION }],
  web_search_read: ['web_search_read', [[['id', 'in', ids]]], { specification: SPECIFICATION }],
  name_search: ['name_search', [''], { args: [['id', 'in', ids]], limit: ids.length }],
  read_group: ['read_group', [[['id', 'in', ids]], ['partner_latitude:sum'], ['country_id']]],
  export_data: ['export_data', [ids, ['name', 'parent_id/name', 'child_ids/name', 'category_id/name']]],
  write: ['write', [ids, { city: `Metz ${ids.length}`, country_id: 2 }]],
  copy: ['copy', [ids]],
  create: [
    'create',
    [ids.map((id) => ({ name: `New ${id}`, parent_id: ids[0], child_ids: [[0, 0, { name: 'Kid' }]] }))],
  ],
  unlink: ['unlink', [ids]],
})

/** Statements that reading calls may send at most. */
const MOST: Readonly<Record<string, number>> = {
  read: 7,
  search_read: 7,
  web_read: 8,
  web_search_read: 8,
  name_search: 2,
  read_group: 2,
  export_data: 7,
}
const READING = Object.keys(MOST)
const CHANGING = ['write', 'copy', 'create', 'unlink']

for (const dialect of DIALECTS) {
  t.test(`${dialect}: the number of queries of a public call does not depend on the number of records`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const kw = (
      method: string,
      args: readonly unknown[],
      kwargs: Record<string, unknown> = {},
      model = 'res.partner',
    ): ReturnType<typeof callMethod> => callMethod(runtime, { uid: 2, model, method, args, kwargs })
    const tags = (await kw('create', [[{ name: 'A' }, { name: 'B' }]], {}, 'res.partner.category')).result as number[]
    const make = async (count: number): Promise<number[]> =>
      (
        await kw('create', [
          Array.from({ length: count }, (_, i) => ({
            name: `P${count} ${i}`,
            is_company: true,
            city: 'Lyon',
            country_id: 1 + (i % 20),
            category_id: [[6, 0, tags]],
            child_ids: [
              [0, 0, { name: `K${i}` }],
              [0, 0, { name: `L${i}`, type: 'delivery', country_id: 3 }],
            ],
          })),
        ])
      ).result as number[]
    const send = async (name: string, ids: readonly number[]): Promise<number> => {
      const [method, args, kwargs] = calls(ids)[name] as ReturnType<Calls>[string]
      return (await kw(method, args, kwargs)).queries
    }
    const [one, few, many] = [await make(1), await make(80), await make(800)]
    for (const name of READING) {
      await send(name, one) // what is kept per process is read once
      const [small, large] = [await send(name, few), await send(name, many)]
      t.equal(large, small, `${name}: ${small} for 80 records, ${large} for 800`)
      const most = MOST[name] as number
      t.ok(small <= most, `${name} sends ${small}, at most ${most}`)
    }
    for (const name of CHANGING) {
      await send(name, one)
      const [small, large] = [await send(name, few.slice(0, 8)), await send(name, few.slice(8))]
      t.equal(large, small, `${name}: ${small} for 8 records, ${large} for 72`)
    }
  })
}
