import t from 'tap'
import { openRuntime, openServed } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { introspect } from '#core/schema/index.ts'
import { sql } from '#core/sql/fragment.ts'
import { copyDatabase } from '#core/sql/copy.ts'
import { openDatabase } from '#core/sql/open.ts'
import { DIALECTS, type DialectName, installedDatabase } from '#test/env.ts'
import { addonFolder, type AddonFolder } from './folder.ts'
import { modelSource, record, type Sketch, xml } from './fixture.ts'

type Test = Parameters<typeof installedDatabase>[0]
const SYSTEM = { uid: 1, su: true, context: { active_test: false } } as const

const thing = (fields: string, spec = '', name = 'club.member'): string => modelSource('Member', name, fields, spec)
const FIRST: Sketch = {
  index: `${thing("name = field.char({ required: true }); town = field.char({ index: true }); tag_ids = field.many2many('res.partner.category')")}\nexport const models = [Member]`,
  data: { 'members.xml': xml(record('ada', 'club.member', { name: 'Ada', town: 'London' })) },
}
const RENAMED = `${thing("name = field.char({ required: true }); city = field.char({ index: true, renamedFrom: 'town' }); tag_ids = field.many2many('res.partner.category')", "renamedFrom: 'club.member'", 'club.person')}\nexport const models = [Member]`

interface Club {
  readonly url: string
  readonly folder: AddonFolder
}

/** A database with the first version, and a member with a tag and an attachment. */
async function club(t: Test, dialect: DialectName): Promise<Club> {
  const folder = addonFolder(t, { club: FIRST })
  const url = await installedDatabase(t, dialect)
  const runtime = await openRuntime({ url, addons: ['club'], addonsPaths: [folder.path] })
  await runtime.call(SYSTEM, 'write', async (env) => {
    const tags = await env['res.partner.category'].create([{ name: 'Gold' }])
    const [id = 0] = (
      await env.model('club.member').create([{ name: 'Bob', town: 'Paris', tag_ids: [{ set: tags.ids }] }])
    ).ids
    await env['ir.attachment'].create([{ name: 'letter', res_model: 'club.member', res_id: id }])
  })
  await runtime.close()
  return { url, folder }
}

const open = async (t: Test, { url, folder }: Club): Promise<Runtime> => {
  const runtime = await openRuntime({ url, addonsPaths: [folder.path] })
  t.teardown(() => runtime.close())
  return runtime
}

/** All tables with all rows of those that matter, to compare a database with itself. */
async function stateOf({ url }: Club): Promise<unknown> {
  const db = await openDatabase(url)
  try {
    const { tables } = await introspect(db)
    return await db.transaction('read', async (connection) => [
      [...tables.values()]
        .map(({ name, columns, indexes }) =>
          [name, ...[...columns.keys()].toSorted(), ...[...indexes.keys()].toSorted()].join(),
        )
        .toSorted(),
      await connection.rows(sql`SELECT name, town FROM club_member ORDER BY id`),
      await connection.rows(sql`SELECT module, name, model, res_id FROM ir_model_data ORDER BY id`),
      await connection.rows(sql`SELECT name, state, latest_version, checksum FROM ir_module_module ORDER BY id`),
    ])
  } finally {
    await db.close()
  }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('a model and a field that were renamed keep their data, their relations and their names', async (t) => {
      const known = await club(t, dialect)
      known.folder.release({
        club: {
          ...FIRST,
          version: '1.1.0',
          index: RENAMED,
          data: { 'members.xml': xml(record('ada', 'club.person', { name: 'Ada' })) },
        },
      })
      const runtime = await open(t, known)
      await runtime.call(SYSTEM, 'read', async (env) => {
        const people = await (
          await env.model('club.person').search([], { order: 'id' })
        ).load(['name', 'city', 'tag_ids.name'])
        t.match(people, [
          { name: 'Ada', city: 'London' },
          { name: 'Bob', city: 'Paris', tag_ids: [{ name: 'Gold' }] },
        ])
        t.same((await env.xmlId('club.ada'))?.[0], 'club.person')
        t.same((await env.xmlId('club.model_club_person'))?.[0], 'ir.model')
        t.equal(await env.xmlId('club.model_club_member'), undefined)
        t.same((await env.xmlId('club.field_club_person__city'))?.[0], 'ir.model.fields')
        t.equal(await env['ir.attachment'].search_count([['res_model', '=', 'club.person']]), 1)
        t.notOk((await introspect(runtime.db, env.connection)).tables.has('club_member'))
      })
      await runtime.call(SYSTEM, 'write', (env) => env.model('club.person').create([{ name: 'Cy' }]))
    })

    t.test(
      'the steps of migrations run in order: before the tables, after the data, at the end; each once',
      async (t) => {
        const known = await club(t, dialect)
        const note = (text: string): string =>
          `await env['ir.config_parameter'].create([{ key: 'club.${text}', value: String(await env['ir.config_parameter'].search_count([['key', '=like', 'club.%']])) }])`
        const versions: Record<string, string> = {
          '0.9.0': 'async post() { throw new Error("too early a version") }',
          '1.1.0': `describes: 'Capitals', async pre({ connection, hasColumn }) {
            if (await hasColumn('club_member', 'size')) throw new Error('the tables were changed before')
            await connection.run({ text: "UPDATE club_member SET town = upper(town)", params: [] }) },
          async post(env) { ${note('one')} }, async end(env) { ${note('end')} }`,
          '1.2.0': `async post(env) { ${note('two')} }`,
          '9.0.0': 'async post() { throw new Error("too late a version") }',
        }
        const next = {
          ...FIRST,
          version: '1.2.0',
          index: `${thing('name = field.char({ required: true }); town = field.char(); size = field.integer()')}\nexport const models = [Member]`,
          migrations: versions,
          data: {},
        }
        known.folder.release({ club: next })
        const runtime = await open(t, known)
        await runtime.call(SYSTEM, 'read', async (env) => {
          const notes = await (
            await env['ir.config_parameter'].search([['key', '=like', 'club.%']], { order: 'value' })
          ).load(['key'])
          t.same(
            notes.map(({ key }) => key),
            ['club.one', 'club.two', 'club.end'],
          )
          const members = await (await env.model('club.member').search([])).load(['town', 'size'])
          t.same(
            members.map((one) => one['town']),
            ['PARIS'],
          )
          t.match(
            await (await env['ir.module.module'].search([['name', '=', 'club']])).load(['latest_version', 'state']),
            [{ latest_version: '1.2.0', state: 'installed' }],
          )
        })
        await runtime.addons?.change({ upgrade: ['club'] })
        t.equal(
          await runtime.call(SYSTEM, 'read', (env) =>
            env['ir.config_parameter'].search_count([['key', '=like', 'club.%']]),
          ),
          3,
        )
      },
    )

    for (const stage of ['pre', 'post', 'end'] as const) {
      t.test(
        `a migration whose '${stage}' fails names file, version and step, and leaves the database as it was`,
        async (t) => {
          const known = await club(t, dialect)
          const before = await stateOf(known)
          known.folder.release({
            club: {
              ...FIRST,
              version: '2.0.0',
              index: RENAMED,
              data: {},
              migrations: { '2.0.0': `async ${stage}() { throw new Error('no luck') }` },
            },
          })
          const failure = {
            code: 'MIGRATION_FAILED',
            message: new RegExp(
              `club/migrations/2\\.0\\.0\\.ts: '${stage}' of the migration of 'club' to 2\\.0\\.0 failed.*no luck`,
            ),
          }
          await t.rejects(openRuntime({ url: known.url, addonsPaths: [known.folder.path] }), failure)
          t.same(await stateOf(known), before)
        },
      )
    }

    t.test('a migration with a wrong name or a step that there is not is refused with its file', async (t) => {
      const known = await club(t, dialect)
      known.folder.release({ club: { ...FIRST, version: '1.3.0', migrations: { '1.3.0': 'async before() {}' } } })
      await t.rejects(openRuntime({ url: known.url, addonsPaths: [known.folder.path] }), {
        code: 'MIGRATION_WRONG',
        message: /1\.3\.0\.ts: the migration has 'before'/,
      })
    })

    t.test(
      'a plan tells what an upgrade would do, and a copy of the database is upgraded while the database is not',
      async (t) => {
        const known = await club(t, dialect)
        const before = await stateOf(known)
        known.folder.release({
          club: {
            ...FIRST,
            version: '1.1.0',
            index: RENAMED,
            data: {},
            migrations: { '1.1.0': "describes: 'Nothing much', async post() {}" },
          },
        })
        const served = await openServed({ url: known.url, addonsPaths: [known.folder.path] })
        const plan = await served.addons?.plan({ upgrade: 'all' })
        await served.close()
        t.match(plan, {
          install: [],
          migrations: [{ addon: 'club', version: '1.1.0', stages: ['post'], describes: 'Nothing much' }],
          uninstall: null,
        })
        t.match(
          plan?.upgrade.find(({ name }) => name === 'club'),
          { from: '1.0.0', to: '1.1.0' },
        )
        t.match(plan?.steps, /rename table club_member to club_person\n[^]*rename column club_person\.town to city/)

        const copy = await copyDatabase(known.url)
        const upgraded = await openRuntime({ url: copy.url, addonsPaths: [known.folder.path] })
        t.ok(upgraded.registry.has('club.person'))
        await upgraded.close()
        await copy.drop()
        t.same(await stateOf(known), before)
      },
    )

    t.test('hooks run in order, with the tables, the models and the data that are there by then', async (t) => {
      const hooks = `globalThis.clubHooks ??= []
export const hooks = {
  postLoad: () => { globalThis.clubHooks.push('postLoad') },
  preInit: async (tables) => { globalThis.clubHooks.push('preInit ' + (await tables.hasTable('club_member'))) },
  postInit: async (env) => { globalThis.clubHooks.push('postInit ' + (await env.model('club.member').search_count([]))) },
  uninstall: async (env) => { globalThis.clubHooks.push('uninstall ' + (await env.model('club.member').search_count([]))) },
}`
      const seen = ((globalThis as { clubHooks?: string[] }).clubHooks = [])
      const folder = addonFolder(t, { club: { ...FIRST, index: `${FIRST.index}\n${hooks}` } })
      const runtime = await openRuntime({
        url: await installedDatabase(t, dialect),
        addons: ['club'],
        addonsPaths: [folder.path],
      })
      t.teardown(() => runtime.close())
      await runtime.addons?.change({ upgrade: ['club'] })
      await runtime.addons?.change({ uninstall: ['club'] })
      t.same(seen, ['postLoad', 'preInit false', 'postInit 1', 'uninstall 1'])
    })

    t.test('a hook that fails leaves nothing of its addon, and the models that were served go on', async (t) => {
      const folder = addonFolder(t, {
        club: {
          ...FIRST,
          index: `${FIRST.index}\nexport const hooks = { postInit: async () => { throw new Error('no luck') } }`,
        },
      })
      const runtime = await openRuntime({ url: await installedDatabase(t, dialect), addonsPaths: [folder.path] })
      t.teardown(() => runtime.close())
      await t.rejects(runtime.addons?.change({ install: ['club'] }) ?? Promise.resolve(), { message: 'no luck' })
      t.notOk(runtime.registry.has('club.member'))
      t.notOk((await introspect(runtime.db)).tables.has('club_member'))
      t.equal(
        await runtime.call(SYSTEM, 'read', (env) =>
          env['ir.module.module'].search_count([
            ['name', '=', 'club'],
            ['state', '=', 'uninstalled'],
          ]),
        ),
        1,
      )
    })
  })
}
