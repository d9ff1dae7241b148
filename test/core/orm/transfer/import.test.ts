import t from 'tap'
import { sql } from '#core/sql/fragment.ts'
import { exportData } from '#core/orm/transfer/export-rows.ts'
import { loadRows } from '#core/orm/transfer/import-rows.ts'
import { baseEnv } from '#addons/base/test/base-env.ts'
import { countQueries, DIALECTS } from '#test/env.ts'
import { libraryEnv, named } from './fixture.ts'

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('creates records with external ids from texts', async (t) => {
      const env = await libraryEnv(t, dialect)
      const result = await loadRows(
        env,
        'lib.author',
        ['id', 'name', 'country', 'born', 'active'],
        [
          ['test.ann', 'Ann', 'Belgium', '1950-02-03', 'False'],
          ['bob', 'Bob', 'fr', '', 'Yes'],
          ['', 'Cid', '', '', '1'],
        ],
      )
      t.match(result, { messages: [], nextrow: 0 })
      const authors = await env['lib.author'].browse(result.ids as number[]).load(['name', 'country', 'born', 'active'])
      t.match(authors, [
        { name: 'Ann', country: 'be', born: '1950-02-03', active: false },
        { name: 'Bob', country: 'fr', born: null, active: true },
        { name: 'Cid', country: null, born: null, active: true },
      ])
      t.same(await env.xmlId('test.ann'), ['lib.author', authors[0]?.id])
      t.same(await env.xmlId('__import__.bob'), ['lib.author', authors[1]?.id])
    })

    t.test('writes the records that it knows by external id or database id', async (t) => {
      const env = await libraryEnv(t, dialect)
      const author = await env['lib.author'].create([{ name: 'Ann' }, { name: 'Bob' }, { name: 'Cid' }])
      await named(env, 'ann', 'lib.author', author.ids[0]!)
      const byName = await loadRows(
        env,
        'lib.author',
        ['id', 'name', 'country'],
        [
          ['test.ann', 'Anna', 'be'],
          ['test.ann', 'Annie', 'be'],
          ['test.new', 'New', ''],
        ],
      )
      t.equal((byName.ids as number[])[0], author.ids[0])
      t.equal((byName.ids as number[])[1], author.ids[0])
      const byId = await loadRows(
        env,
        'lib.author',
        ['.id', 'id', 'country'],
        [
          [String(author.ids[1]), 'test.bob', 'fr'],
          [String(author.ids[2]), '', 'fr'],
        ],
      )
      t.same(byId, { ids: author.ids.slice(1), messages: [], nextrow: 0 })
      t.match(await author.load(['name', 'country']), [
        { name: 'Annie', country: 'be' },
        { name: 'Bob', country: 'fr' },
        { name: 'Cid', country: 'fr' },
      ])
      t.same(await env.xmlId('test.bob'), ['lib.author', author.ids[1]])
    })

    t.test('gives an external id whose record is gone to the new one', async (t) => {
      const env = await libraryEnv(t, dialect)
      await named(env, 'gone', 'lib.author', 4711)
      const { ids } = await loadRows(env, 'lib.author', ['id', 'name'], [['test.gone', 'Back']])
      t.same(await env.xmlId('test.gone'), ['lib.author', (ids as number[])[0]])
    })

    t.test('finds related records by external id, database id and name', async (t) => {
      const env = await libraryEnv(t, dialect)
      const authors = await env['lib.author'].create([{ name: 'North' }, { name: 'South' }])
      await named(env, 'north', 'lib.author', authors.ids[0]!)
      const found = async (column: string, text: string) => {
        const { ids, messages } = await loadRows(env, 'lib.book', ['name', column], [['Kid', text]])
        const [book] = await env['lib.book'].browse(ids as number[]).load(['author_id.name'])
        return [messages.length, book?.author_id?.name]
      }
      t.same(await found('author_id/id', 'test.north'), [0, 'North'])
      t.same(await found('author_id/.id', String(authors.ids[1])), [0, 'South'])
      t.same(await found('author_id', ' South '), [0, 'South'])
      t.same(await found('author_id', ''), [0, undefined])
    })

    t.test('asks a model for names in its own way, and warns when several fit', async (t) => {
      const env = await libraryEnv(t, dialect)
      const prizes = await env['lib.prize'].create([
        { name: 'Goncourt', code: 'G' },
        { name: 'Booker', code: 'B' },
        { name: 'Other', code: 'B' },
      ])
      const { ids, messages } = await loadRows(
        env,
        'lib.shelf',
        ['name', 'prize_id'],
        [
          ['x', 'G'],
          ['y', 'B'],
          ['z', 'Goncourt'],
        ],
      )
      t.match(await env['lib.shelf'].browse(ids as number[]).load(['prize_id.id']), [
        { prize_id: { id: prizes.ids[0] } },
        { prize_id: { id: prizes.ids[1] } },
        { prize_id: { id: prizes.ids[0] } },
      ])
      t.match(messages, [
        { type: 'warning', code: 'NAME_AMBIGUOUS', record: 1, rows: { from: 1, to: 1 }, field: 'prize_id', value: 'B' },
      ])
    })

    t.test('adds lines of rows without values of their own to the record above', async (t) => {
      const env = await libraryEnv(t, dialect)
      const result = await loadRows(
        env,
        'lib.author',
        ['name', 'book_ids/name', 'book_ids/price', 'book_ids/chapter_ids/name'],
        [
          ['Big', 'b1', '1.5', 'c1'],
          ['', '', '', 'c2'],
          ['', '', '', ''],
          ['', 'b2', '', ''],
          ['Small', '', '', ''],
        ],
      )
      t.equal((result.ids as number[]).length, 2)
      t.match(
        await env['lib.author']
          .browse(result.ids as number[])
          .load(['name', 'book_ids.name', 'book_ids.price', 'book_ids.chapter_ids.name']),
        [
          {
            name: 'Big',
            book_ids: [
              { name: 'b1', price: 1.5, chapter_ids: [{ name: 'c1' }, { name: 'c2' }] },
              { name: 'b2', price: 0, chapter_ids: [] },
            ],
          },
          { name: 'Small', book_ids: [] },
        ],
      )
    })

    t.test('gives lines their external ids, and later writes them by these', async (t) => {
      const env = await libraryEnv(t, dialect)
      const columns = [
        'id',
        'name',
        'book_ids/id',
        'book_ids/name',
        'book_ids/chapter_ids/id',
        'book_ids/chapter_ids/name',
      ]
      const rows = [
        ['test.a', 'A', 'test.b1', 'B1', 'test.c1', 'C1'],
        ['', '', '', '', 'test.c2', 'C2'],
        ['', '', 'test.b2', 'B2', '', ''],
        ['test.z', 'Z', 'test.b3', 'B3', '', ''],
      ]
      const first = await loadRows(env, 'lib.author', columns, rows)
      t.same(first.messages, [])
      const nameOf = async (xmlid: string) => {
        const [model, id] = (await env.xmlId(xmlid))!
        return (await env.model(model, [id]).load(['name']))[0]?.['name']
      }
      for (const name of ['B1', 'B2', 'B3', 'C1', 'C2']) t.equal(await nameOf(`test.${name.toLowerCase()}`), name)
      const again = rows.map((row) => row.map((cell) => (cell === 'C2' ? 'C2 new' : cell)))
      t.same(await loadRows(env, 'lib.author', columns, again), first)
      t.equal(await nameOf('test.c2'), 'C2 new')
      t.equal(await env['lib.chapter'].search_count([]), 2)
    })

    t.test('links the records of a many2many cell, and empties it', async (t) => {
      const env = await libraryEnv(t, dialect)
      const tags = await env['lib.tag'].create([{ name: 'Crime' }, { name: 'Short' }])
      await named(env, 'short', 'lib.tag', tags.ids[1]!)
      const { ids } = await loadRows(
        env,
        'lib.book',
        ['id', 'name', 'tag_ids'],
        [
          ['test.a', 'A', 'Crime, Short,Crime'],
          ['test.b', 'B', ''],
        ],
      )
      const books = env['lib.book'].browse(ids as number[])
      t.match(await books.load(['tag_ids']), [{ tag_ids: { ids: tags.ids } }, { tag_ids: { ids: [] } }])
      await loadRows(
        env,
        'lib.book',
        ['id', 'tag_ids/id'],
        [
          ['test.a', ''],
          ['test.b', 'test.short'],
        ],
      )
      t.match(await books.load(['tag_ids']), [{ tag_ids: { ids: [] } }, { tag_ids: { ids: [tags.ids[1]] } }])
    })

    t.test('finds records of the same file by external id and by name', async (t) => {
      const env = await libraryEnv(t, dialect)
      const byId = await loadRows(
        env,
        'lib.tag',
        ['id', 'name', 'parent_id/id'],
        [
          ['test.root', 'Root', ''],
          ['test.twig', 'Twig', 'test.root'],
          ['test.other', 'Other', 'test.root'],
          ['test.leaf', 'Leaf', 'test.twig'],
        ],
      )
      t.same(byId.messages, [])
      t.match(await env['lib.tag'].browse((byId.ids as number[]).slice(3)).load(['complete_name']), [
        { complete_name: 'Root / Twig / Leaf' },
      ])
      const byName = await loadRows(
        env,
        'lib.tag',
        ['name', 'parent_id'],
        [
          ['P', ''],
          ['Q', 'P'],
          ['R', ''],
          ['S', 'P'],
          ['T', 'Q'],
          ['U', 'R'],
        ],
      )
      t.same(byName.messages, [])
      t.match(
        (await env['lib.tag'].browse(byName.ids as number[]).load(['complete_name'])).map((tag) => tag.complete_name),
        ['P', 'P / Q', 'R', 'P / S', 'P / Q / T', 'R / U'],
      )
    })

    t.test('reads instants in the zone of the person, and choices and booleans in the language', async (t) => {
      const env = await libraryEnv(t, dialect, { tz: 'Europe/Paris', lang: 'fr_FR' })
      const { ids } = await loadRows(
        env,
        'lib.book',
        ['name', 'printed'],
        [
          ['a', '2026-07-01 12:00:00'],
          ['b', '2026-07-01 12:00:00+00:00'],
          ['c', '2026-01-01'],
        ],
      )
      t.match(await env['lib.book'].browse(ids as number[]).load(['printed']), [
        { printed: new Date('2026-07-01T10:00:00Z') },
        { printed: new Date('2026-07-01T12:00:00Z') },
        { printed: new Date('2025-12-31T23:00:00Z') },
      ])
      const authors = await loadRows(
        env,
        'lib.author',
        ['name', 'active', 'country'],
        [
          ['a', 'non', 'FRANCE'],
          ['b', 'Oui', 'be'],
        ],
      )
      t.match(await env['lib.author'].browse(authors.ids as number[]).load(['active', 'country']), [
        { active: false, country: 'fr' },
        { active: true, country: 'be' },
      ])
    })

    t.test('knows the labels of choices in the language of the person, as does an export', async (t) => {
      const env = await baseEnv(t, dialect)
      const { connection } = env
      const languages = await env['res.lang'].withContext({ active_test: false }).search([['code', '=', 'fr_FR']])
      await languages.write({ active: true })
      env.registry.caches.clear(['lang'])
      await connection.run(
        sql`INSERT INTO ir_model (id, name, model, state, "order") VALUES (901, '{"en_US":"Contact"}', 'res.partner', 'base', 'id')`,
      )
      await connection.run(sql`
        INSERT INTO ir_model_fields (id, name, model, model_id, field_description, ttype, state)
        VALUES (901, 'type', 'res.partner', 901, '{"en_US":"Type"}', 'selection', 'base')`)
      await connection.run(sql`
        INSERT INTO ir_model_fields_selection (field_id, value, name) VALUES (901, 'invoice', '{"en_US":"Invoice Address","fr_FR":"Adresse de facturation"}')`)
      const french = env.with({ context: { lang: 'fr_FR' } })
      const { ids, messages } = await loadRows(
        french,
        'res.partner',
        ['name', 'type'],
        [
          ['A', 'adresse de facturation'],
          ['B', 'Delivery Address'],
        ],
      )
      t.same(messages, [])
      t.match(await env['res.partner'].browse(ids as number[]).load(['type']), [
        { type: 'invoice' },
        { type: 'delivery' },
      ])
      t.same((await exportData(french, 'res.partner', ids as number[], ['type'])).datas[0], ['Adresse de facturation'])
    })

    t.test('reads JSON, references and rich text, and what they cannot be', async (t) => {
      const env = await libraryEnv(t, dialect)
      const columns = ['name', 'facts', 'winner', 'note', 'amount']
      const { ids } = await loadRows(env, 'lib.prize', columns, [
        ['A', '{"a": [1]}', 'lib.book,7', '<b>x</b><script>y()</script>', '-3'],
      ])
      t.match(await env['lib.prize'].browse(ids as number[]).load(columns as never), [
        { facts: { a: [1] }, winner: 'lib.book,7', note: '<b>x</b>', amount: -3 },
      ])
      const wrong = await loadRows(env, 'lib.prize', columns, [['A', '{', 'book', '', '9999999999']])
      t.match(wrong.messages, [
        { code: 'TEXT_NOT_JSON' },
        { code: 'VALUE_WRONG', field: 'winner' },
        { code: 'VALUE_WRONG', field: 'amount' },
      ])
    })

    t.test('links lines that a cell only names', async (t) => {
      const env = await libraryEnv(t, dialect)
      const books = await env['lib.book'].create([{ name: 'X' }, { name: 'Y' }])
      const { ids, messages } = await loadRows(
        env,
        'lib.author',
        ['name', 'book_ids'],
        [
          ['A', 'X,Y'],
          ['B', 'Z'],
        ],
      )
      t.equal(ids, false)
      t.match(messages, [{ code: 'NAME_UNKNOWN', record: 1, field: 'book_ids', value: 'Z' }])
      await loadRows(env, 'lib.author', ['name', 'book_ids/.id'], [['A', books.ids.join()]])
      t.match(await books.load(['author_id.name']), [{ author_id: { name: 'A' } }, { author_id: { name: 'A' } }])
    })

    t.test('takes numbers and booleans of clients for texts', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids } = await loadRows(
        env,
        'lib.author',
        ['name', 'active', 'country'],
        [
          [7, true, false],
          ['B', false],
        ],
      )
      t.match(await env['lib.author'].browse(ids as number[]).load(['name', 'active', 'country']), [
        { name: '7', active: true, country: null },
        { name: 'B', active: false, country: null },
      ])
    })

    t.test('reports all errors and creates nothing', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids, messages } = await loadRows(
        env,
        'lib.book',
        ['name', 'author_id', 'price', 'pages', 'printed', 'chapter_ids/pages', 'chapter_ids/name'],
        [
          ['Good', '', '1', '', '', '', ''],
          ['Bad', 'Nobody', 'x', '1.5', 'soon', '1', 'c'],
          ['', '', '', '', '', 'many', 'd'],
          ['Fine', '', '', '', '', '', ''],
        ],
      )
      t.equal(ids, false)
      t.match(
        messages.map(({ type, code, record, rows, field, value }) => [type, code, record, rows, field, value]),
        [
          ['error', 'TEXT_NOT_NUMBER', 1, { from: 1, to: 2 }, 'price', 'x'],
          ['error', 'TEXT_NOT_INTEGER', 1, { from: 1, to: 2 }, 'pages', '1.5'],
          ['error', 'TEXT_NOT_DATETIME', 1, { from: 1, to: 2 }, 'printed', 'soon'],
          ['error', 'NAME_UNKNOWN', 1, { from: 1, to: 2 }, 'author_id', 'Nobody'],
          ['error', 'TEXT_NOT_INTEGER', 1, { from: 1, to: 2 }, 'chapter_ids', 'many'],
        ],
      )
      t.same(messages[4]?.field_path, ['chapter_ids', 'pages'])
      t.equal(await env['lib.book'].search_count([]), 0)
    })

    t.test('says what a choice may be and where related records are listed', async (t) => {
      const env = await libraryEnv(t, dialect)
      const choice = await loadRows(
        env,
        'lib.author',
        ['name', 'country', 'active', 'born'],
        [['A', 'Spain', 'perhaps', '2026-02-30']],
      )
      t.match(choice.messages, [
        { code: 'TEXT_NOT_CHOICE', field: 'country', field_name: 'Country', moreinfo: ['Belgium', 'France'] },
        { code: 'TEXT_NOT_BOOLEAN', field: 'active' },
        { code: 'TEXT_NOT_DATE', field: 'born' },
      ])
      const author = await env['lib.author'].create([{ name: 'A' }])
      await named(env, 'author', 'lib.author', author.ids[0]!)
      const relations = await loadRows(
        env,
        'lib.book',
        ['name', 'author_id/id'],
        [
          ['a', 'test.nobody'],
          ['b', 'test.author'],
          ['', 'test.author'],
        ],
      )
      t.match(relations.messages, [
        {
          code: 'XMLID_NOT_FOUND',
          record: 0,
          moreinfo: { res_model: 'ir.model.data', domain: [['model', '=', 'lib.author']] },
        },
        { code: 'FIELD_REQUIRED', record: 2, field: 'name' },
      ])
      const tags = await loadRows(
        env,
        'lib.book',
        ['name', 'tag_ids/id', 'author_id/.id'],
        [['a', 'test.author', '4711']],
      )
      t.match(tags.messages, [
        { code: 'XMLID_OTHER_MODEL', field: 'tag_ids' },
        { code: 'ID_NOT_FOUND', moreinfo: { res_model: 'lib.author' } },
      ])
    })

    t.test('refuses ids that cannot be, or belong to another model', async (t) => {
      const env = await libraryEnv(t, dialect)
      const tag = await env['lib.tag'].create([{ name: 'T' }])
      await named(env, 'tag', 'lib.tag', tag.ids[0]!)
      const { ids, messages } = await loadRows(
        env,
        'lib.author',
        ['id', '.id', 'name'],
        [
          ['test.tag', '', 'a'],
          ['two words', '', 'b'],
          ['', '4711', 'c'],
          ['', 'x', 'd'],
        ],
      )
      t.equal(ids, false)
      t.match(
        messages.map(({ code, record, field }) => [code, record, field]),
        [
          ['XMLID_OTHER_MODEL', 0, 'id'],
          ['XMLID_WRONG', 1, 'id'],
          ['ID_NOT_FOUND', 2, '.id'],
          ['ID_NOT_FOUND', 3, '.id'],
        ],
      )
    })

    t.test('does not blame rows for naming a row with an error', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { messages } = await loadRows(
        env,
        'lib.tag',
        ['id', 'name', 'parent_id/id'],
        [
          ['test.a', '', ''],
          ['test.b', 'B', 'test.a'],
          ['test.c', 'C', 'test.b'],
        ],
      )
      t.same(
        messages.map(({ code, record }) => [code, record]),
        [['FIELD_REQUIRED', 0]],
      )
    })

    t.test('finds the rows that a check or the database refuses among good ones', async (t) => {
      const env = await libraryEnv(t, dialect)
      const kept = await env['lib.tag'].create([{ name: 'Kept' }])
      await kept.write({ name: 'Kept 2' })
      const books = Array.from({ length: 40 }, (_, i) => [`B${i}`, i === 7 || i === 31 ? '-1' : '1'])
      const refused = await loadRows(env, 'lib.book', ['name', 'price'], books)
      t.equal(refused.ids, false)
      t.match(refused.messages, [
        { record: 7, rows: { from: 7, to: 7 }, code: 'CONSTRAINT_FAILED', message: 'A price cannot be negative.' },
        { record: 31 },
      ])
      const parent = String(kept.ids[0])
      const tags = await loadRows(
        env,
        'lib.tag',
        ['name', 'parent_id/.id'],
        [
          ['x', parent],
          ['y', parent],
          ['x', parent],
          ['z', parent],
        ],
      )
      t.match(tags, {
        ids: false,
        messages: [{ record: 2, code: 'UNIQUE_FAILED', message: 'Two tags of one parent need two names.' }],
      })
      t.equal(tags.messages.length, 1)
      t.same([await env['lib.book'].search_count([]), await env['lib.tag'].search_count([])], [0, 1])
      t.match(await kept.load(['complete_name']), [{ complete_name: 'Kept 2' }])
      // the transaction goes on
      t.ok((await loadRows(env, 'lib.tag', ['name'], [['x']])).ids)
    })

    t.test('stops when every row is wrong', async (t) => {
      const env = await libraryEnv(t, dialect)
      const { ids, messages } = await loadRows(
        env,
        'lib.book',
        ['name', 'price'],
        Array.from({ length: 300 }, (_, i) => [`B${i}`, '-1']),
      )
      t.equal(ids, false)
      t.equal(messages.filter(({ type }) => type === 'error').length, 10)
      t.match(messages.at(-1), { type: 'warning', code: 'IMPORT_INTERRUPTED' })
    })

    t.test('refuses a header that cannot be read', async (t) => {
      const env = await libraryEnv(t, dialect)
      const header = (...fields: string[]) => loadRows(env, 'lib.book', fields, [])
      await t.rejects(header('name', 'colour'), { code: 'FIELD_UNKNOWN', exception: 'ValueError' })
      await t.rejects(header('name/x'), { code: 'FIELD_UNKNOWN' })
      await t.rejects(header('name', 'name'), { code: 'COLUMN_REPEATED' })
      await t.rejects(header('author_id/name'), { code: 'COLUMN_INDIRECT' })
      await t.rejects(header('tag_ids/parent_id'), { code: 'COLUMN_INDIRECT' })
      await t.rejects(header('author_id/id', 'author_id'), { code: 'COLUMN_AMBIGUOUS', exception: 'ValueError' })
    })

    t.test('reads as many records as it is told, and says where to go on', async (t) => {
      const env = await libraryEnv(t, dialect, { _import_limit: 2, module: 'shop', noupdate: true })
      const result = await loadRows(
        env,
        'lib.author',
        ['id', 'name', 'book_ids/name'],
        [
          ['a', 'A', 'x'],
          ['', '', 'y'],
          ['b', 'B', ''],
          ['c', 'C', ''],
        ],
      )
      t.equal(result.nextrow, 3)
      t.equal((result.ids as number[]).length, 2)
      t.same(await env.xmlId('shop.c'), undefined)
      const [given] = await (
        await env['ir.model.data'].search([
          ['module', '=', 'shop'],
          ['name', '=', 'a'],
        ])
      ).load(['noupdate'])
      t.equal(given?.noupdate, true)
    })

    t.test('sends as many queries for 400 new records as for 40', async (t) => {
      const env = await libraryEnv(t, dialect)
      const authors = await env['lib.author'].create([{ name: 'North' }, { name: 'South' }])
      await named(env, 'south', 'lib.author', authors.ids[1]!)
      const columns = ['id', 'name', 'price', 'author_id', 'printed', 'shelf']
      const queries = (run: string, count: number) => {
        const rows = Array.from({ length: count }, (_, i) => [
          `test.${run}${i}`,
          `B${i}`,
          '1',
          i % 2 ? 'North' : 'South',
          '2026-01-01 00:00:00',
          '',
        ])
        return countQueries(env, () => loadRows(env, 'lib.book', columns, rows))
      }
      await queries('warm', 1)
      t.equal(await queries('many', 400), await queries('few', 40))
    })

    t.test('imports 5000 rows of six columns in seconds', async (t) => {
      const env = await libraryEnv(t, dialect)
      await env['lib.author'].create([{ name: 'North' }, { name: 'South' }])
      const rows = Array.from({ length: 5000 }, (_, i) => [
        `test.b${i}`,
        `B${i}`,
        '1.25',
        i % 2 ? 'North' : 'South',
        '2026-01-01 00:00:00',
        '',
      ])
      const columns = ['id', 'name', 'price', 'author_id', 'printed', 'shelf']
      const start = performance.now()
      const { ids } = await loadRows(env, 'lib.book', columns, rows)
      const created = performance.now()
      t.equal((ids as number[]).length, 5000)
      await loadRows(
        env,
        'lib.book',
        columns,
        rows.map((row, i) => row.with(2, String(i))),
      )
      const written = performance.now()
      t.comment(`${Math.round(created - start)} ms to create, ${Math.round(written - created)} ms to write`)
      t.ok(created - start < 10_000)
    })
  })
}
