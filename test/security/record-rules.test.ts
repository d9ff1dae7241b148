import { as } from './fixture/as.ts'
import { SECRET } from './fixture/people.ts'
import { onBoth, served } from './fixture/server.ts'

/** Calls on contacts that would show, count or find the hidden one; `null` stands for its id. */
const WAYS: readonly (readonly [
  method: string,
  args: readonly unknown[],
  kwargs?: Readonly<Record<string, unknown>>,
])[] = [
  ['search', [[]]],
  ['search', [[['id', '=', null]]]],
  ['search', [[['id', 'child_of', [null]]]]],
  ['search', [[['parent_id', 'child_of', [null]]]]],
  ['search', [[['child_ids', 'parent_of', [null]]]]],
  ['search', [[['email', '=like', 'geheim%']]]],
  ['search', ['|', ['id', '=', null], ['id', '!=', null]].length ? [['|', ['id', '=', null], ['id', '!=', null]]] : []],
  ['search', [[['child_ids', 'any', [['email', '=', 'geheim@example.com']]]]]],
  ['search', [[['child_ids.email', '=', 'geheim@example.com']]]],
  ['search', [[['company_id.name', '=', 'Other Company']]]],
  ['search', [[['company_id', 'any', [['name', '=', 'Other Company']]]]]],
  ['search_count', [[['email', '=', 'geheim@example.com']]]],
  ['search_read', [[]], { fields: ['name', 'email', 'child_ids'] }],
  ['web_search_read', [[]], { specification: { name: {}, child_ids: { fields: { name: {}, email: {} } } } }],
  ['read_group', [[], ['id:max'], ['email']]],
  ['read_group', [[], ['__count'], ['company_id']]],
  ['web_read_group', [[], ['id:array_agg'], ['name']]],
  ['name_search', [SECRET]],
  ['name_search', ['', [['email', 'ilike', 'geheim']]]],
  ['web_name_search', ['Geheim', { name: {}, email: {} }]],
]

/** Calls on the hidden contact itself. */
const REFUSED: readonly (readonly [method: string, args: readonly unknown[]])[] = [
  ['read', [['name', 'email']]],
  ['web_read', [{ name: {}, email: {} }]],
  ['export_data', [['name']]],
  ['write', [{ name: 'x' }]],
  ['unlink', []],
  ['copy', []],
  ['action_archive', []],
  ['toggle_active', []],
  ['get_metadata', []],
  ['onchange', [{}, [], { name: {} }]],
  ['update_field_translations', ['name', { en_US: 'x' }]],
  ['web_save', [{ name: 'x' }, { name: {} }]],
  ['check_access', ['read']],
  ['address_get', [['contact']]],
]

onBoth('records of other companies are in no answer', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden, open } = server.people
  await server.runtime.call({ uid: 1, su: true }, 'write', (env) =>
    env['res.partner'].browse([hidden]).write({ parent_id: open }),
  )
  const filled = (value: unknown): unknown =>
    value === null ? hidden : Array.isArray(value) ? value.map(filled) : value
  for (const role of ['portal', 'internal', 'contacts'] as const) {
    for (const [method, args, kwargs] of WAYS) {
      const answer = await as(server, role, 'res.partner', method, filled(args) as unknown[], kwargs).catch(
        (error: Error) => error.message,
      )
      const text = JSON.stringify(answer)
      const label = `${role} ${method} ${JSON.stringify(args)}`
      t.notMatch(text, /geheim/i, label)
      if (method === 'search') t.notOk((answer as number[]).includes(hidden), label)
      if (method === 'search' && /geheim|Other/.test(JSON.stringify(args))) t.same(answer, [], label)
      if (method === 'search_count') t.equal(answer, 0, label)
    }
    for (const [method, args] of REFUSED) {
      await t.rejects(
        as(server, role, 'res.partner', method, [[hidden], ...args]),
        { code: /^(ACCESS|EXPORT)_/ },
        `${role} ${method}`,
      )
    }
    t.equal(await as(server, role, 'res.partner', 'has_access', [[hidden], 'read']), false)
  }
})

onBoth('an import neither reads nor changes records out of reach', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden } = server.people
  const answer = await as(server, 'contacts', 'res.partner', 'load', [
    ['.id', 'name'],
    [[String(hidden), 'pwned']],
  ]).catch((error: Error) => ({ ids: false, messages: error.message }))
  t.match(answer, { ids: false })
  const [row] = await server.runtime.call({ uid: 1, su: true }, 'read', (env) =>
    env['res.partner'].browse([hidden]).load(['name']),
  )
  t.equal(row?.name, SECRET)
})

onBoth('a domain finds nothing by records of models that its user may not read', async (t, dialect) => {
  const server = await served(t, dialect)
  await server.runtime.call({ uid: 1, su: true }, 'write', async (env) => {
    const [user] = await env['res.users'].browse([server.people.users.portal]).load(['partner_id'])
    await env['res.partner.bank'].create([{ acc_number: 'BE71 0961 2345 6769', partner_id: user?.partner_id.id ?? 0 }])
  })
  for (const domain of [
    [['bank_ids.acc_number', 'like', 'BE71']],
    [['bank_ids', 'any', [['acc_number', '!=', false]]]],
    [['bank_ids', '!=', false]],
    [['category_id.name', 'ilike', 'a']],
  ]) {
    await t.rejects(
      as(server, 'portal', 'res.partner', 'search', [domain]),
      { code: 'ACCESS_MODEL' },
      JSON.stringify(domain),
    )
  }
})

onBoth('the companies of a nested read are those of its user', async (t, dialect) => {
  const server = await served(t, dialect)
  const { hidden, open, otherCompany } = server.people
  await server.runtime.call({ uid: 1, su: true }, 'write', (env) =>
    env['res.partner'].browse([hidden]).write({ parent_id: open }),
  )
  const context = { allowed_company_ids: [otherCompany] }
  const spec = { child_ids: { fields: { name: {} }, order: 'name', context } }
  await t.rejects(as(server, 'contacts', 'res.partner', 'web_read', [[open], spec]), { code: 'ACCESS_COMPANY' })
  await t.rejects(as(server, 'contacts', 'res.partner', 'search', [[]], { context }), { code: 'ACCESS_COMPANY' })
  for (const lang of ['xx_XX', `x"`, `en_US') --`]) {
    await t.rejects(
      as(server, 'contacts', 'res.partner', 'web_read', [
        [open],
        { country_id: { fields: { name: {} }, context: { lang } } },
      ]),
      { code: 'LANGUAGE_UNKNOWN' },
      lang,
    )
  }
})
