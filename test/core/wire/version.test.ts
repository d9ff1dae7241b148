import t, { type Test } from 'tap'
import type { ComptoirError } from '#core/errors.ts'
import type { Runtime } from '#core/runtime.ts'
import { openDatabase } from '#core/sql/open.ts'
import { Runtime as Served } from '#core/runtime.ts'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, layersRuntime } from '#test/env.ts'
import { library } from '#test/models/library.ts'

type Row = { id: number; __version: string } & Record<string, unknown>

const WITH = { context: { with_version: true } }
const SPECIFICATION = {
  name: {},
  price: {},
  author_id: { fields: { display_name: {} } },
  tag_ids: {},
  chapter_ids: { fields: { name: {}, pages: {} } },
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    const runtime = await layersRuntime(t, [library], dialect)
    const call = async (
      model: string,
      method: string,
      args: unknown[],
      kwargs: object = {},
      on: Runtime = runtime,
    ): Promise<unknown> =>
      (await callMethod(on, { uid: 1, model, method, args, kwargs: kwargs as Record<string, unknown> })).result
    const book = async (): Promise<Row> => {
      const id = await call('lib.book', 'create', [
        {
          name: 'Ulysses',
          price: 12,
          author_id: false,
          chapter_ids: [
            [0, 0, { name: 'One', pages: 10 }],
            [0, 0, { name: 'Two', pages: 20 }],
          ],
        },
      ])
      return read(id as number)
    }
    const read = async (id: number): Promise<Row> =>
      ((await call('lib.book', 'web_read', [[id], SPECIFICATION], WITH)) as [Row])[0]
    const write = (row: Row, vals: object, on?: Runtime): Promise<unknown> =>
      call('lib.book', 'write', [[row.id], vals], { version: row.__version }, on)
    const conflictOf = async (work: Promise<unknown>, t: Test): Promise<Record<string, unknown>[]> => {
      const error = await work.then(
        () => undefined,
        (refused: unknown) => refused as ComptoirError,
      )
      t.equal(error?.code, 'VERSION_CONFLICT')
      return (error?.details['conflicts'] ?? []) as Record<string, unknown>[]
    }

    t.test('reading gives versions only when asked', async (t) => {
      const { id } = await book()
      const [plain] = (await call('lib.book', 'read', [[id], ['name']])) as [Row]
      t.notOk('__version' in plain)
      for (const [method, args] of [
        ['read', [[id], ['name']]],
        ['search_read', [[['id', '=', id]], ['name']]],
      ] as const) {
        const [row] = (await call('lib.book', method, [...args], WITH)) as [Row]
        t.type(row.__version, 'string', method)
      }
      const { records } = (await call('lib.book', 'web_search_read', [[['id', '=', id]], { name: {} }], WITH)) as {
        records: [Row]
      }
      t.type(records[0].__version, 'string')
    })

    t.test('a version that nobody overtook writes, and its answer brings the next', async (t) => {
      const first = await book()
      const [second] = (await call('lib.book', 'web_save', [[first.id], { price: 13 }, SPECIFICATION], {
        version: first.__version,
        ...WITH,
      })) as [Row]
      t.equal(await write(second, { price: 14 }), true)
    })

    t.test('a stale version names the three values, and writes nothing', async (t) => {
      const row = await book()
      await call('lib.book', 'write', [[row.id], { price: 15 }])
      const conflicts = await conflictOf(write(row, { price: 16, name: 'Changed' }), t)
      t.match(conflicts, [{ id: row.id, field: 'price', label: 'Price', known: 12, present: 15, written: 16 }])
      t.match(await read(row.id), { price: 15, name: 'Ulysses' })
    })

    t.test('fields that others did not change do not conflict', async (t) => {
      const row = await book()
      await call('lib.book', 'write', [[row.id], { price: 15 }])
      t.equal(await write(row, { name: 'Changed' }), true)
      t.equal(await write(row, { price: 15 }), true, 'nor does the value that is there already')
      t.match(await read(row.id), { price: 15, name: 'Changed' })
    })

    t.test('fields that were not read do not conflict', async (t) => {
      const { id } = await book()
      const [row] = (await call('lib.book', 'read', [[id], ['name']], WITH)) as [Row]
      await call('lib.book', 'write', [[id], { price: 15 }])
      t.equal(await write(row, { price: 16 }), true)
    })

    t.test('relations compare by id, whatever form they were read in', async (t) => {
      const [joyce, author] = (await call('lib.author', 'create', [[{ name: 'Joyce' }, { name: 'Woolf' }]])) as [
        number,
        number,
      ]
      const { id } = await book()
      await call('lib.book', 'write', [[id], { author_id: joyce }])
      const [row] = (await call('lib.book', 'read', [[id], ['author_id']], WITH)) as [Row]
      await call('lib.author', 'write', [[joyce], { name: 'James Joyce' }])
      t.equal(await write(row, { author_id: author }), true, 'a new name is no other author')
      t.match(await conflictOf(write(row, { author_id: false }), t), [
        { field: 'author_id', known: joyce, present: author, written: null },
      ])
    })

    t.test('lines conflict by their own fields', async (t) => {
      const row = await book()
      const [one, two] = (row['chapter_ids'] as { id: number }[]).map(({ id }) => id) as [number, number]
      await call('lib.chapter', 'write', [[one], { pages: 11 }])
      t.equal(
        await write(row, {
          chapter_ids: [
            [1, two, { pages: 21 }],
            [1, one, { name: 'First' }],
            [0, 0, { name: 'Three' }],
          ],
        }),
        true,
      )
      t.match(await conflictOf(write(row, { chapter_ids: [[1, one, { pages: 12 }]] }), t), [
        {
          field: 'chapter_ids',
          line: { model: 'lib.chapter', id: one, field: 'pages' },
          known: 10,
          present: 11,
          written: 12,
        },
      ])
      t.match(await conflictOf(write(row, { chapter_ids: [[2, two, 0]] }), t), [
        { line: { id: two, field: 'pages' }, known: 20, present: 21 },
      ])
      await call('lib.chapter', 'unlink', [[two]])
      t.match(await conflictOf(write(row, { chapter_ids: [[1, two, { pages: 5 }]] }), t), [
        { line: { id: two }, present: null, written: { pages: 5 } },
      ])
    })

    t.test('a list is not replaced over what others put in it', async (t) => {
      const [a, b] = (await call('lib.tag', 'create', [[{ name: 'a' }, { name: 'b' }]])) as [number, number]
      const row = await book()
      await call('lib.book', 'write', [[row.id], { tag_ids: [[4, a]] }])
      t.match(await conflictOf(write(row, { tag_ids: [[6, 0, [b]]] }), t), [
        { field: 'tag_ids', known: [], present: [a], written: [b] },
      ])
      t.equal(await write(row, { tag_ids: [[4, b]] }), true, 'adding to it is no conflict')
    })

    t.test('long texts are compared, and not repeated', async (t) => {
      const id = (await call('lib.book', 'create', [{ name: 'x'.repeat(5000) }])) as number
      const row = await read(id)
      t.ok(row.__version.length < 1000)
      t.equal(await write(row, { name: 'y'.repeat(5000) }), true)
      const [conflict] = await conflictOf(write(row, { name: 'z' }), t)
      t.match(conflict, { field: 'name', present: 'y'.repeat(5000), written: 'z' })
      t.notOk('known' in (conflict ?? {}))
    })

    t.test('versions of other records, and texts that are none, are refused', async (t) => {
      const [row, other] = [await book(), await book()]
      for (const version of [
        other.__version,
        'text',
        Buffer.from('[]').toString('base64url'),
        [row.__version, other.__version],
        [],
      ]) {
        await t.rejects(
          call('lib.book', 'write', [[row.id], { price: 1 }], { version }),
          { code: 'VERSION_WRONG' },
          JSON.stringify(version),
        )
      }
      await t.rejects(call('lib.book', 'write', [[row.id, other.id], { price: 1 }], { version: row.__version }), {
        code: 'VERSION_WRONG',
      })
      t.equal(
        await call('lib.book', 'write', [[row.id, other.id], { price: 1 }], {
          version: [other.__version, row.__version],
        }),
        true,
      )
    })

    t.test('of many who write from one version at once, in two processes, one gets through', async (t) => {
      const second = Served.serve(await openDatabase(runtime.db.url), [library])
      t.teardown(() => second.close())
      for (const [field, vals] of [
        ['price', (_tag: number, i: number) => ({ price: 100 + i })],
        ['tag_ids', (tag: number) => ({ tag_ids: [[6, 0, [tag]]] })],
      ] as const) {
        const row = await book()
        const tags = (await call('lib.tag', 'create', [
          [...Array(10).keys()].map((i) => ({ name: `${field} ${i}` })),
        ])) as number[]
        const answers = await Promise.allSettled(
          tags.map((tag, i) => write(row, vals(tag, i), i % 2 ? second : runtime)),
        )
        const won = answers.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []))
        t.equal(won.length, 1, field)
        for (const answer of answers)
          if (answer.status === 'rejected') t.equal((answer.reason as ComptoirError).code, 'VERSION_CONFLICT')
        const after = await read(row.id)
        const winner = won[0] as number
        t.same(after[field], field === 'price' ? 100 + winner : [tags[winner]])
      }
    })
  })
}
