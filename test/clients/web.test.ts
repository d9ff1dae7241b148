/* What Odoo's own web client sends while a person works with a list, a form and a group, against the real server. */
import t from 'tap'
import { DIALECTS } from '../env.ts'
import { served } from './served.ts'
import { WebClient } from './web-client.ts'

type Row = Record<string, unknown>
interface Saved extends Row {
  readonly id: number
  readonly child_ids: readonly (Row & { readonly id: number })[]
}

const LINE = { name: {}, city: {}, type: {} }
const FORM = {
  name: {},
  is_company: {},
  color: {},
  country_id: { fields: { display_name: {} } },
  child_ids: { fields: LINE, limit: 40, order: 'name' },
  category_id: { fields: { display_name: {}, color: {} } },
}

// two databases, each with a server, on a machine that may be busy
t.setTimeout(300_000)

for (const dialect of DIALECTS) {
  t.test(`the calls of a web client on ${dialect}`, async (t) => {
    const { url, db } = await served(t, dialect)
    const client = new WebClient(url)

    t.test('a session opens with what the client has to know of its user', async (t) => {
      const opened = (await client.login(db)) as Row
      t.match(opened, {
        db,
        username: 'admin',
        is_system: true,
        is_admin: true,
        is_internal_user: true,
        server_version: '18.0',
        user_context: { lang: 'en_US', uid: opened['uid'] },
        user_companies: { current_company: 1 },
      })
      t.same(await client.rpc('/web/session/get_session_info'), opened)
      t.equal(await client.call('res.users', 'has_group', [opened['uid'], 'base.group_system']), true)
      t.equal(await client.call('res.partner', 'has_access', [[], 'write']), true)
    })

    t.test('a form opens with defaults, and is saved with its lines', async (t) => {
      const opened = (await client.call('res.partner', 'onchange', [[], {}, [], FORM])) as { value: Row }
      t.match(opened, { value: { name: false, is_company: false, color: 0, country_id: false, child_ids: [] } })

      const lines = [
        [0, 'virtual_1', { name: 'Web B', city: 'Gent' }],
        [0, 'virtual_2', { name: 'Web A' }],
      ]
      const values = { name: 'Web company', is_company: true, child_ids: lines, category_id: [] }
      const [saved] = (await client.call('res.partner', 'web_save', [[], values], { specification: FORM })) as Saved[]
      t.match(saved, { name: 'Web company', is_company: true, country_id: false, category_id: [] })
      const [second, first] = saved?.child_ids ?? []
      t.same([second?.['name'], first?.['name'], first?.['city']], ['Web A', 'Web B', 'Gent'])

      const changes = {
        color: 7,
        child_ids: [
          [1, first?.id, { city: 'Aalst' }],
          [2, second?.id],
          [0, 'virtual_3', { name: 'Web C' }],
        ],
        category_id: [[0, 'virtual_4', { name: 'Web tag' }]],
      }
      const kwargs = { specification: FORM }
      const [again] = (await client.call('res.partner', 'web_save', [[saved?.id], changes], kwargs)) as Saved[]
      t.match(again, { id: saved?.id, color: 7, category_id: [{ display_name: 'Web tag', color: Number }] })
      t.same(
        again?.child_ids.map(({ name, city }) => [name, city]),
        [
          ['Web B', 'Aalst'],
          ['Web C', false],
        ],
      )
      t.same(await client.call('res.partner', 'web_read', [[saved?.id]], kwargs), [again])
      await client.call('res.partner', 'unlink', [again?.child_ids.map(({ id }) => id)])
      t.equal(await client.call('res.partner', 'unlink', [[saved?.id]]), true)
    })

    t.test('a change in a form answers the fields that follow from it and nothing else', async (t) => {
      const [state] = (await client.call('res.country.state', 'search_read', [[['name', '=', 'California']]], {
        fields: ['country_id'],
      })) as Row[]
      const country = (state?.['country_id'] as [number, string] | undefined)?.[0]
      const specification = { name: {}, state_id: {}, country_id: { fields: { display_name: {} } }, city: {} }
      const values = { name: 'Web', state_id: state?.['id'], country_id: false, city: false }
      t.same(await client.call('res.partner', 'onchange', [[], values, ['state_id'], specification]), {
        value: { country_id: { id: country, display_name: 'United States' } },
      })
    })

    t.test('a list reads its page and how many records there are', async (t) => {
      const names = ['a', 'b', 'c'].map((letter) => ({ name: `Web list ${letter}`, ref: letter }))
      const ids = (await client.call('res.partner', 'create', [names])) as number[]
      const list = (page: object): Promise<unknown> =>
        client.call('res.partner', 'web_search_read', [], {
          domain: [['name', '=like', 'Web list %']],
          specification: { display_name: {}, ref: {} },
          order: 'ref DESC',
          count_limit: 10_001,
          ...page,
        })
      t.same(await list({ limit: 2, offset: 0 }), {
        length: 3,
        records: [
          { id: ids[2], display_name: 'Web list c', ref: 'c' },
          { id: ids[1], display_name: 'Web list b', ref: 'b' },
        ],
      })
      t.same(await list({ limit: 2, offset: 2 }), {
        length: 3,
        records: [{ id: ids[0], display_name: 'Web list a', ref: 'a' }],
      })
      t.equal(await client.call('res.partner', 'action_archive', [ids]), true)
      t.same(await list({ limit: 80, offset: 0 }), { length: 0, records: [] })
      await client.call('res.partner', 'unlink', [ids])
    })

    t.test('a choice is searched by name, and made by name', async (t) => {
      const found = await client.call('res.country', 'name_search', [], {
        name: 'belg',
        operator: 'ilike',
        args: ['|', ['code', '=', 'BE'], ['code', '=', 'FR']],
        limit: 8,
      })
      t.match(found, [[Number, 'Belgium']])
      const [id, name] = (await client.call('res.partner.category', 'name_create', ['Web made'])) as [number, string]
      t.equal(name, 'Web made')
      await client.call('res.partner.category', 'unlink', [[id]])
    })

    t.test('groups have a count, a domain and sums', async (t) => {
      const values = [
        { name: 'Web group 1', color: 1, partner_latitude: 2 },
        { name: 'Web group 2', color: 1, partner_latitude: 3 },
        { name: 'Web group 3', color: 2 },
      ]
      const ids = (await client.call('res.partner', 'create', [values])) as number[]
      const kwargs = {
        domain: [['id', 'in', ids]],
        fields: ['partner_latitude:sum', 'color'],
        groupby: ['color'],
        orderby: '',
        lazy: true,
        limit: 1,
        offset: 0,
      }
      t.same(await client.call('res.partner', 'web_read_group', [], kwargs), {
        length: 2,
        groups: [
          {
            color: 1,
            color_count: 2,
            partner_latitude: 5,
            __domain: ['&', ['id', 'in', ids], ['color', '=', 1]],
          },
        ],
      })
      await client.call('res.partner', 'unlink', [ids])
    })

    t.test('a button gets the action of its method, else false', async (t) => {
      const language = (await client.call('res.lang', 'search', [[['code', '=', 'fr_FR']]], {
        context: { active_test: false },
      })) as number[]
      const wizard = await client.call('base.language.install', 'create', [{ lang_ids: [[6, 0, language]] }])
      const button = { model: 'base.language.install', method: 'lang_install', args: [[wizard]], kwargs: {} }
      t.same(await client.rpc('/web/dataset/call_button/base.language.install/lang_install', button), {
        type: 'ir.actions.act_window_close',
      })
      const archive = { model: 'res.partner.category', method: 'action_archive', args: [[]], kwargs: {} }
      t.equal(await client.rpc('/web/dataset/call_button', archive), false)
    })

    t.test('after logging out a call is told that the session is over', async (t) => {
      await client.rpc('/web/session/destroy')
      await t.rejects(client.call('res.partner', 'search', [[]]), { message: /^odoo\.http\.SessionExpiredException: / })
    })
  })
}
