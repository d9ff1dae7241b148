import t from 'tap'
import { callMethod } from '#core/wire/dispatch.ts'
import { DIALECTS, installedRuntime } from '#test/env.ts'

for (const dialect of DIALECTS) {
  t.test(`${dialect}: an attachment is as open as the record that it hangs on`, async (t) => {
    const runtime = await installedRuntime(t, dialect)
    const as =
      (uid: number) =>
      async (model: string, method: string, args: unknown[], kwargs: Record<string, unknown> = {}): Promise<never> =>
        (await callMethod(runtime, { uid, model, method, args, kwargs })).result as never
    const admin = as(2)
    const group: number = await admin('res.groups', 'create', [{ name: 'Three' }])
    const [model_id] = (await admin('ir.model', 'search', [[['model', '=', 'res.partner']]])) as number[]
    await admin('ir.rule', 'create', [
      { name: 'three', model_id, groups: [[6, 0, [group]]], domain_force: "[('color', '=', 3)]" },
    ])
    const internal = await runtime.call({ uid: 1, su: true }, 'read', (env) => env.xmlId('base.group_user'))
    const uid: number = await admin('res.users', 'create', [
      { name: 'U', login: 'u', groups_id: [[6, 0, [internal?.[1], group]]] },
    ])
    const user = as(uid)
    const [seen, hidden] = (await admin('res.partner', 'create', [
      [
        { name: 'Seen', color: 3 },
        { name: 'Hidden', color: 4 },
      ],
    ])) as number[]
    const attach = (res_id: number | undefined): Promise<number> =>
      admin('ir.attachment', 'create', [{ name: 'a.txt', datas: 'aGVsbG8=', res_model: 'res.partner', res_id }])
    const [open, closed] = [await attach(seen), await attach(hidden)]

    t.same(await user('ir.attachment', 'search', [[['res_model', '=', 'res.partner']]]), [open])
    t.match(await user('ir.attachment', 'read', [[open], ['datas']]), [{ datas: 'aGVsbG8=' }])
    await t.rejects(user('ir.attachment', 'read', [[closed], ['name']]), { code: 'ACCESS_RULE' })
    t.equal(((await user('ir.attachment', 'search_read', [[], ['name']])) as unknown[]).length, 1)
    t.same(await admin('ir.attachment', 'search', [[['id', 'in', [open, closed]]]], { order: 'id' }), [open, closed])
    t.same(
      await admin('ir.attachment', 'search', [
        [['res_id', 'any', { model: 'res.partner', domain: [['name', '=', 'Hidden']] }]],
      ]),
      [closed],
    )
  })
}
