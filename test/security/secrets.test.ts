import type { Test } from 'tap'
import type { Env } from '#core'
import { callMethod } from '#core/wire/dispatch.ts'
import { as } from './fixture/as.ts'
import { ROLES } from './fixture/people.ts'
import { onBoth, served, type Served } from './fixture/server.ts'

/** Fields that hold hashes, which nobody reads, finds, sorts, groups, exports or copies by. */
const SECRETS = [
  ['res.users', 'password'],
  ['res.users.apikeys', 'key'],
  ['res.users.apikeys', 'index'],
  ['res.users.session', 'token_hash'],
] as const

/** A group aggregate that a text cannot have is refused before its field is looked at, as is a record that is not there. */
const REFUSALS = /^(ACCESS_|EXPORT_FORBIDDEN|GROUP_|RECORD_MISSING|DOMAIN_)/

/** A key and a session of each user, so that there is something to find. */
async function servedWithSecrets(t: Test, dialect: 'sqlite' | 'postgres'): Promise<Served> {
  const server = await served(t, dialect)
  for (const role of ROLES) {
    await server.runtime.call({ uid: server.people.users[role] }, 'write', (env: Env) =>
      env['res.users.apikeys']._generate(null, 'key', null),
    )
    await server.client().login(role, role)
  }
  return server
}

onBoth('hashes are in no answer, whoever asks and however', async (t, dialect) => {
  const server = await servedWithSecrets(t, dialect)
  for (const uid of [1, server.people.users.internal, server.people.users.system]) {
    for (const [model, field] of SECRETS) {
      const ways: Readonly<
        Record<string, readonly [args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>]>
      > = {
        search: [[[[field, '!=', false]]], {}],
        search_count: [[[[field, '=like', '$scrypt%']]], {}],
        search_read: [[[]], { fields: [field] }],
        web_search_read: [[[]], { specification: { [field]: {} } }],
        read_group: [[[], ['__count'], [field]], {}],
        web_read_group: [[[], [`${field}:max`], ['user_id']], {}],
        export_data: [[[uid], [field]], {}],
        read: [[[uid], [field]], {}],
        web_read: [[[uid], { [field]: {} }], {}],
        onchange: [[[uid], {}, [], { [field]: {} }], {}],
        name_search: [['', [[field, 'ilike', 'a']]], {}],
        get_field_translations: [[[uid], field], {}],
      }
      for (const [method, [args, kwargs]] of Object.entries(ways)) {
        const call = callMethod(server.runtime, { uid, model, method, args, kwargs })
        await t.rejects(call, { code: REFUSALS }, `${uid} ${model}.${field} ${method}`)
      }
      const sorted = callMethod(server.runtime, {
        uid,
        model,
        method: 'search',
        args: [[]],
        kwargs: { order: `${field} desc` },
      })
      await t.rejects(sorted, { code: 'ACCESS_FIELD' }, `${uid} sorts ${model} by ${field}`)
    }
  }
})

onBoth('no path leads to a hash', async (t, dialect) => {
  const server = await servedWithSecrets(t, dialect)
  const paths = [
    [['user_ids.password', 'like', '$scrypt%']],
    [['user_ids', 'any', [['password', 'like', '$scrypt%']]]],
    [['user_ids.api_key_ids.key', '!=', false]],
    [['create_uid.password', '!=', false]],
    [['user_ids.session_ids', 'any', [['token_hash', '!=', false]]]],
    ['!', ['user_ids', 'not any', ['|', ['id', '=', 0], ['password', '!=', false]]]],
  ]
  for (const role of ROLES) {
    for (const domain of paths) {
      await t.rejects(
        as(server, role, 'res.partner', 'search', [domain]),
        { code: /^ACCESS_/ },
        `${role} ${JSON.stringify(domain)}`,
      )
    }
    for (const column of ['user_ids/password', 'user_ids/api_key_ids/key', 'user_ids/session_ids/token_hash']) {
      await t.rejects(
        as(server, role, 'res.partner', 'export_data', [[1], [column]]),
        { code: /^(ACCESS|EXPORT)_/ },
        `${role} ${column}`,
      )
    }
    for (const spec of [
      { user_ids: { fields: { password: {} } } },
      { user_ids: { fields: { login: {} }, order: 'password' } },
      { user_ids: { fields: { api_key_ids: { fields: { key: {} } } } } },
    ]) {
      const own = [server.people.users[role]]
      await t.rejects(
        as(server, role, 'res.users', 'web_read', [own, { partner_id: { fields: spec } }]),
        { code: /^ACCESS_/ },
        `${role} ${JSON.stringify(spec)}`,
      )
    }
  }
})

onBoth('what all fields are read at once holds no hash', async (t, dialect) => {
  const server = await servedWithSecrets(t, dialect)
  for (const role of ROLES) {
    const own = server.people.users[role]
    for (const [model, domain] of [
      ['res.users', [['id', '=', own]]],
      ['res.users.apikeys', []],
      ['res.users.session', []],
    ] as const) {
      const records = await as(server, role, model, 'search_read', [domain])
      t.notMatch(JSON.stringify(records), /scrypt|token_hash/, `${role} ${model}`)
      t.ok((records as unknown[]).length > 0, `${role} sees own ${model}`)
    }
  }
  const [copied] = (await as(server, 'rights', 'res.users', 'copy', [[server.people.users.internal]])) as number[]
  const [row] = await server.runtime.call({ uid: 1, su: true }, 'read', (env) =>
    env['res.users'].browse([copied ?? 0]).load(['password', 'api_key_ids', 'session_ids']),
  )
  t.same([row?.password, row?.api_key_ids.ids, row?.session_ids.ids], [null, [], []])
})

onBoth('administrators cannot make a field, a rule or a default that tells of a hash', async (t, dialect) => {
  const server = await servedWithSecrets(t, dialect)
  const [partner] = (await as(server, 'system', 'ir.model', 'search', [[['model', '=', 'res.partner']]])) as number[]
  const [users] = (await as(server, 'system', 'ir.model', 'search', [[['model', '=', 'res.users']]])) as number[]
  for (const [model, related, store] of [
    [partner, 'user_ids.password', false],
    [partner, 'user_ids.password', true],
    [users, 'password', false],
    [users, 'api_key_ids.key', false],
  ] as const) {
    const vals = { name: 'x_copy', model_id: model, ttype: 'char', field_description: 'x', related, store }
    await t.rejects(
      as(server, 'system', 'ir.model.fields', 'create', [vals]),
      { code: /^(CONSTRAINT_FAILED|ACCESS_)/ },
      related,
    )
  }
  for (const domain of [
    `[('password', 'like', '$scrypt%')]`,
    `[('partner_id.user_ids.password', 'like', '$scrypt%')]`,
    `[('api_key_ids', 'any', [('key', '!=', False)])]`,
  ]) {
    const vals = { name: 'x', model_id: users, domain_force: domain }
    await t.rejects(as(server, 'rights', 'ir.rule', 'create', [vals]), { code: 'CONSTRAINT_FAILED' }, domain)
  }
})
