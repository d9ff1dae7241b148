import t from 'tap'
import { fieldsGet } from '#core/wire/fields-get.ts'
import { databases } from '#test/databases.ts'
import { countQueries, DIALECTS, settle } from '#test/env.ts'
import { defaulted, loudest, louder, options } from '#test/models/options.ts'
import { plain } from '#test/plain.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const open = databases(t, dialect)
    t.test('required: a value is missing on create, and cannot be taken away', async (t) => {
      const env = await open(t, [options])
      const missing = {
        code: 'FIELD_REQUIRED',
        message: "A value is missing for the required field 'Name' (name) of Shelf (opt.shelf).",
      }
      await t.rejects(env['opt.shelf'].create([{ kept: 'x' }]), missing)
      const shelf = await env['opt.shelf'].create([{ name: 'A' }])
      await t.rejects(shelf.write({ name: null as never }), missing)
    })

    t.test(
      'default: a value, a function of the environment once per call, one without arguments once per record',
      async (t) => {
        const env = await open(t, [options], { lang: 'en_US' })
        Object.assign(defaulted, { token: 0, place: 0 })
        const shelves = await env['opt.shelf'].create([
          { name: 'A' },
          { name: 'B' },
          { name: 'C', rank: 1, place: 'here', token: null },
        ])
        const byName = Object.fromEntries(
          (await shelves.load(['name', 'rank', 'token', 'place'])).map((one) => [one.name, one]),
        )
        t.match(plain(Object.values(byName)), [
          { rank: 7, place: 'en_US 1' },
          { rank: 7, place: 'en_US 1' },
          { rank: 1, place: 'here', token: null },
        ])
        t.not(byName['A']!.token, byName['B']!.token, 'a token of its own each')
      },
    )

    t.test('default: the context gives one, and default_get answers those that were asked for', async (t) => {
      const env = await open(t, [options], { default_rank: 3, default_kept: 'c' })
      const shelf = await env['opt.shelf'].create([{ name: 'A' }])
      t.match(plain(await shelf.load(['rank', 'kept'])), [{ rank: 3, kept: 'c' }])
      t.same(await env['opt.shelf'].default_get(['rank', 'kept', 'name']), { rank: 3, kept: 'c' })
    })

    t.test('copy: takes what may be copied, lines of marked fields, and computes the rest', async (t) => {
      const env = await open(t, [options])
      const room = await env['opt.room'].create([
        { name: 'R', floor: 2, shelf_ids: [{ create: { name: 'A', kept: 'k', fresh: 'f', stamp: 'mine' } }] },
      ])
      const copy = await room.copy({ name: 'S' })
      t.match(
        plain(
          await copy.load([
            'name',
            'floor',
            'shelf_ids.name',
            'shelf_ids.kept',
            'shelf_ids.fresh',
            'shelf_ids.upper',
            'shelf_ids.stamp',
            'shelf_ids.room_id',
          ]),
        ),
        [
          {
            name: 'S',
            floor: 2,
            shelf_ids: [{ name: 'A', kept: 'k', fresh: null, upper: 'K', stamp: 'mine', room_id: { id: copy.ids[0] } }],
          },
        ],
      )
      const [first] = (await room.load(['shelf_ids.token']))[0]!.shelf_ids
      const [second] = (await copy.load(['shelf_ids.token']))[0]!.shelf_ids
      t.not(first!.token, second!.token)
    })

    t.test('help, index, tracking, aggregator and labels are kept as facts', async (t) => {
      const env = await open(t, [options])
      const info = env.registry.get('opt.shelf')
      const { rank, room_id, city_name, floor } = await fieldsGet(
        env,
        info,
        ['rank', 'room_id', 'city_name', 'floor'],
        undefined,
      )
      t.match(rank, { string: 'Rank', help: 'Where it stands.', aggregator: 'max', store: true })
      t.match(room_id, { string: 'Room', relation: 'opt.room', type: 'many2one' })
      t.match(city_name, { related: 'room_id.house_id.city', store: true, readonly: true, searchable: true })
      t.match(floor, { store: false, readonly: false })
      t.match(info.fields.get('rank'), { index: true, options: { tracking: 3 } })
      t.equal(info.fields.get('room_id')?.index, true, 'the other side of a one2many is indexed by itself')
    })

    t.test('groups: the field is no field to who is in none of them', async (t) => {
      const env = await open(t, [options])
      const shelf = await env['opt.shelf'].create([{ name: 'A', secret: 's' }])
      t.match(plain(await shelf.load(['secret'])), [{ secret: 's' }], 'the system sees it')
      t.equal(env.registry.get('opt.shelf').fields.get('secret')?.groups, 'opt.nobody')
    })

    t.test(
      'translate: each language has its text, English stands in, and the first text stands for English',
      async (t) => {
        const env = await open(t, [options])
        const shelf = await env['opt.shelf'].create([{ name: 'Shelf' }])
        const [french, german] = [shelf.withContext({ lang: 'fr_FR' }), shelf.withContext({ lang: 'de_DE' })]
        t.match(plain(await french.load(['name', 'loud'])), [{ name: 'Shelf', loud: 'Shelf!' }])
        await french.write({ name: 'Étagère' })
        await settle(env)
        env.transaction.cache.clear()
        t.match(plain(await shelf.load(['name', 'loud'])), [{ name: 'Shelf', loud: 'Shelf!' }])
        t.match(
          plain(await french.load(['name', 'loud'])),
          [{ name: 'Étagère', loud: 'Étagère!' }],
          'computed in the language of the reader',
        )
        t.match(plain(await german.load(['name'])), [{ name: 'Shelf' }])
        await shelf.write({ name: 'Rack' })
        t.match(plain(await german.load(['name'])), [{ name: 'Rack' }])
        t.match(plain(await french.load(['name'])), [{ name: 'Étagère' }])
        t.same((await french.env['opt.shelf'].search([['name', '=', 'Étagère']])).ids, shelf.ids)
        t.same((await env['opt.shelf'].search([['name', '=', 'Étagère']])).ids, [])
        const other = await french.env['opt.shelf'].create([{ name: 'Banc' }])
        t.match(plain(await env['opt.shelf'].browse(other.ids).load(['name'])), [{ name: 'Banc' }])
      },
    )

    t.test('company-dependent: each company has its value, computed values and searches follow', async (t) => {
      const env = await open(t, [options], { allowed_company_ids: [1] })
      const shelf = await env['opt.shelf'].create([{ name: 'A', price: 5 }])
      const second = shelf.withContext({ allowed_company_ids: [2] })
      t.match(plain(await second.load(['price', 'doubled', 'owner_id'])), [{ price: 0, doubled: 0, owner_id: null }])
      const room = await env['opt.room'].create([{ name: 'R' }])
      await second.write({ price: 8, owner_id: room })
      await settle(env)
      env.transaction.cache.clear()
      t.match(plain(await shelf.load(['price', 'doubled', 'owner_id'])), [{ price: 5, doubled: 10, owner_id: null }])
      t.match(plain(await second.load(['price', 'doubled', 'owner_id.name'])), [
        { price: 8, doubled: 16, owner_id: { name: 'R' } },
      ])
      t.same((await second.env['opt.shelf'].search([['price', '>', 6]])).ids, shelf.ids)
      t.same((await env['opt.shelf'].search([['price', '>', 6]])).ids, [])
      t.same((await second.env['opt.shelf'].search([['owner_id', '=', room.ids[0]!]])).ids, shelf.ids)
    })

    t.test('related: mirrors the end of a path, stored or not, and is searched there', async (t) => {
      const env = await open(t, [options])
      const house = await env['opt.house'].create([
        { city: 'Gent', room_ids: [{ create: { name: 'R', floor: 1, shelf_ids: [{ create: { name: 'A' } }] } }] },
      ])
      const shelf = await env['opt.shelf'].search([])
      t.match(plain(await shelf.load(['room_name', 'city_name', 'floor'])), [
        { room_name: 'R', city_name: 'Gent', floor: 1 },
      ])
      await house.write({ city: 'Brugge' })
      t.same((await env['opt.shelf'].search([['city_name', '=', 'Brugge']])).ids, shelf.ids)
      t.same(
        (
          await env['opt.shelf'].search([
            ['room_name', '=', 'R'],
            ['floor', '<', 2],
          ])
        ).ids,
        shelf.ids,
      )
      const orphan = await env['opt.shelf'].create([{ name: 'B' }])
      t.match(plain(await orphan.load(['room_name', 'city_name', 'floor'])), [
        { room_name: null, city_name: null, floor: 0 },
      ])
    })

    t.test('related: an editable one writes to where it comes from, a read-only one nowhere', async (t) => {
      const env = await open(t, [options])
      const room = await env['opt.room'].create([{ name: 'R', floor: 1 }])
      const shelves = await env['opt.shelf'].create([
        { name: 'A', room_id: room },
        { name: 'B', room_id: room },
      ])
      await [...shelves][0]!.write({ floor: 4, room_name: 'X' })
      t.match(plain(await room.load(['floor', 'name'])), [{ floor: 4, name: 'R' }])
      t.match(plain(await shelves.load(['floor'])), [{ floor: 4 }, { floor: 4 }])
    })

    t.test('compute: stored, not stored, and editable until what it comes from changes', async (t) => {
      const env = await open(t, [options])
      const shelf = await env['opt.shelf'].create([{ name: 'A', kept: 'k', stamp: 'mine' }])
      t.match(plain(await shelf.load(['upper', 'loud', 'stamp'])), [{ upper: 'K', loud: 'A!', stamp: 'mine' }])
      await shelf.write({ kept: null })
      t.match(plain(await shelf.load(['upper', 'stamp'])), [{ upper: null, stamp: 'mine' }])
      await shelf.write({ rank: 9 })
      t.match(plain(await shelf.load(['stamp'])), [{ stamp: '#9' }])
      await shelf.write({ rank: 10, stamp: 'both' })
      t.match(plain(await shelf.load(['stamp'])), [{ stamp: 'both' }])
    })

    t.test('compute: layers build on each other, in the order of the addons', async (t) => {
      const env = await open(t, [options, louder, loudest])
      const shelves = await env['opt.shelf'].create([
        { name: 'A', kept: 'k' },
        { name: 'B', kept: 'k', rank: 8 },
      ])
      t.same(
        (await shelves.load(['loud'])).map((one) => one.loud),
        ['A!! 7', 'B!! 8'],
      )
    })

    t.test('change: a layer above makes a field required and renames it', async (t) => {
      const env = await open(t, [options, louder, loudest])
      await t.rejects(env['opt.shelf'].create([{ name: 'A' }]), {
        code: 'FIELD_REQUIRED',
        message: /'Kept Text' \(kept\)/,
      })
    })

    t.test(
      'inverse and search: a computed field without a column is written and searched through another',
      async (t) => {
        const env = await open(t, [options])
        const shelf = await env['opt.shelf'].create([{ name: 'A', given: 'x' }])
        t.match(plain(await shelf.load(['given', 'kept'])), [{ given: 'given x', kept: 'given x' }])
        await shelf.write({ given: 'y' })
        t.match(plain(await shelf.load(['given', 'upper'])), [{ given: 'given y', upper: 'GIVEN Y' }])
        t.same(
          (await env['opt.shelf'].search([['given', 'ilike', 'YOU'], '|', ['given', '=', 'given y'], ['id', '=', 0]]))
            .ids,
          [],
        )
        t.same((await env['opt.shelf'].search([['given', '=', 'given y']])).ids, shelf.ids)
      },
    )

    t.test('a computed field without an inverse ignores what is written to it', async (t) => {
      const env = await open(t, [options])
      const shelf = await env['opt.shelf'].create([{ name: 'A', loud: 'x' }])
      await shelf.write({ loud: 'y' })
      t.match(plain(await shelf.load(['loud'])), [{ loud: 'A!' }])
      await t.rejects(env['opt.shelf'].search([['loud', '=', 'A!']]), { code: 'DOMAIN_NOT_SEARCHABLE' })
    })

    t.test(
      'ondelete: cascade takes the records along, set null empties, restrict refuses and says by what',
      async (t) => {
        const env = await open(t, [options])
        const house = await env['opt.house'].create([
          { city: 'Gent', room_ids: [{ create: { name: 'R' } }, { create: { name: 'S' } }] },
        ])
        const [room] = (await house.load(['room_ids']))[0]!.room_ids
        const shelf = await env['opt.shelf'].create([{ name: 'A', room_id: room! }])
        await t.rejects(
          env.connection.savepoint(() => room!.unlink()),
          {
            code: 'RECORD_IN_USE',
            message: /Room cannot be deleted: it is still used by Shelf \(opt\.shelf\.room_id\)/,
          },
        )
        await shelf.unlink()
        await house.unlink()
        t.equal(await env['opt.room'].search_count([]), 0)
      },
    )

    t.test('loading a field that is computed in batch takes as many statements for 40 records as for 2', async (t) => {
      const env = await open(t, [options, louder, loudest])
      const cost = async (count: number): Promise<number> => {
        const shelves = await env['opt.shelf'].create(
          Array.from({ length: count }, (_, i) => ({ name: `S${i}`, kept: 'k' })),
        )
        await settle(env)
        env.transaction.cache.clear()
        return countQueries(env, () => shelves.load(['loud', 'doubled', 'room_name', 'given']))
      }
      t.equal(await cost(40), await cost(2))
    })
  })
}
