import fc from 'fast-check'
import t, { type Test } from 'tap'
import type { Env } from '#core'
import { ComptoirError } from '#core/errors.ts'
import { checkAccess } from '#core/orm/check-access.ts'
import { explainAccess } from '#core/security/explain.ts'
import type { AccessExplanation } from '#core/security/explain-types.ts'
import type {} from '#addons/base/index.ts'
import { DIALECTS, installedRuntime, openEnv, type DialectName } from '#test/env.ts'

const MODEL = 'res.partner.category'
const OPERATIONS = ['read', 'write', 'create', 'unlink'] as const

interface World {
  readonly env: Env
  readonly uid: number
  readonly groups: readonly number[]
  readonly records: readonly number[]
  readonly modelId: number
}

/** A user, three groups, five records, and no rights and rules on their model. */
async function world(t: Test, dialect: DialectName): Promise<World> {
  const env = await openEnv(t, await installedRuntime(t, dialect))
  const groups = (await env['res.groups'].create([{ name: 'A' }, { name: 'B' }, { name: 'C' }])).ids
  const [parent = 0] = (await env[MODEL].create([{ name: 'Parent', color: 1 }])).ids
  const records = [
    parent,
    ...(
      await env[MODEL].create(
        [2, 3, 4, 5].map((color) => ({ name: `Tag ${color}`, color, parent_id: color % 2 ? parent : null })),
      )
    ).ids,
  ]
  const [uid = 0] = (
    await env['res.users'].create([{ name: 'Ada', login: 'ada', groups_id: [{ set: groups.slice(0, 1) }] }])
  ).ids
  const [modelId = 0] = (await env['ir.model'].search([['model', '=', MODEL]])).ids
  return { env, uid, groups, records, modelId }
}

interface Rights {
  readonly member: readonly boolean[]
  readonly lines: readonly { group: number | null; perms: readonly boolean[] }[]
  readonly rules: readonly { groups: readonly number[]; domain: string; perms: readonly boolean[] }[]
}

const perms = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
const DOMAINS = [
  "[(1, '=', 1)]",
  "[(0, '=', 1)]",
  "[('color', '>', 2)]",
  "[('color', 'in', [1, 3, 5])]",
  "[('parent_id', '!=', False)]",
  '',
  "[('parent_id.color', '=', 1)]",
  "['|', ('name', '=', 'Parent'), ('color', '=', user.id)]",
  "[('create_uid', '=', user.id)]",
  "[('name', 'ilike', 'TAG')] if user.has_group('base.group_system') else [('id', '!=', 0)]",
]
const rights: fc.Arbitrary<Rights> = fc.record({
  member: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  lines: fc.array(fc.record({ group: fc.option(fc.nat(2), { nil: null }), perms }), { maxLength: 4 }),
  rules: fc.array(
    fc.record({ groups: fc.uniqueArray(fc.nat(2), { maxLength: 2 }), domain: fc.constantFrom(...DOMAINS), perms }),
    { maxLength: 5 },
  ),
})

async function establish({ env, uid, groups, modelId }: World, { member, lines, rules }: Rights): Promise<void> {
  await (await env['ir.model.access'].search([['model_id', '=', modelId]])).unlink()
  await (await env['ir.rule'].search([['model_id', '=', modelId]])).unlink()
  await env['res.users'].browse([uid]).write({ groups_id: [{ set: groups.filter((_group, i) => member[i]) }] })
  const permsOf = ([read, write, create, unlink]: readonly boolean[]) => ({
    perm_read: read === true,
    perm_write: write === true,
    perm_create: create === true,
    perm_unlink: unlink === true,
  })
  await env['ir.model.access'].create(
    lines.map((line, i) => ({
      name: `line ${i}`,
      model_id: modelId,
      group_id: line.group === null ? null : (groups[line.group] ?? null),
      ...permsOf(line.perms),
    })),
  )
  const spoken = rules.filter((rule) => rule.perms.some(Boolean))
  await env['ir.rule'].create(
    spoken.map((rule, i) => ({
      name: `rule ${i}`,
      model_id: modelId,
      domain_force: rule.domain,
      groups: [{ set: rule.groups.map((group) => groups[group] as number) }],
      ...permsOf(rule.perms),
    })),
  )
  env.transaction.verified.clear()
}

async function ormAllows(
  env: Env,
  uid: number,
  ids: readonly number[],
  operation: (typeof OPERATIONS)[number],
): Promise<boolean> {
  try {
    await checkAccess(await env.asUser(uid), MODEL, ids, operation)
    return true
  } catch (error) {
    if (error instanceof ComptoirError && error.exception === 'AccessError') return false
    throw error
  }
}

for (const dialect of DIALECTS) {
  t.test(dialect, async (t) => {
    t.test('of any rights and rules, the explanation is what the ORM then does', async (t) => {
      const here = await world(t, dialect)
      let [allowed, refused] = [0, 0]
      const check = async (given: Rights): Promise<void> => {
        await establish(here, given)
        for (const operation of OPERATIONS) {
          const explained = await explainAccess(here.env, { uid: here.uid, model: MODEL, operation, ids: here.records })
          for (const record of explained.records) {
            const orm = await ormAllows(here.env, here.uid, [record.id], operation)
            if (record.allowed !== orm)
              throw new Disagreement(`${operation} ${record.id}: explained ${record.allowed}, the ORM ${orm}`)
            if (orm) allowed++
            else refused++
            if (explained.rights.granted && record.allowed !== (record.refused_by.length === 0))
              throw new Disagreement('refused without a rule')
          }
          if (explained.allowed !== (await ormAllows(here.env, here.uid, here.records, operation)))
            throw new Disagreement('as a whole')
        }
      }
      await fc.assert(fc.asyncProperty(rights, check), { numRuns: 40, seed: 7, endOnFailure: true })
      t.ok(allowed > 50 && refused > 50, `${allowed} allowed, ${refused} refused`)
    })

    t.test('a group that is said to grant does grant', async (t) => {
      const here = await world(t, dialect)
      let granted = 0
      const check = async (given: Rights): Promise<void> => {
        await establish(here, given)
        const ask = (ids: readonly number[]): Promise<AccessExplanation> =>
          explainAccess(here.env, { uid: here.uid, model: MODEL, operation: 'read', ids })
        const { rights: line, records } = await ask(here.records)
        const promises = line.granted
          ? records.flatMap((record) => record.would_grant.map((group) => [record.id, group.id] as const))
          : line.would_grant.map((group) => [undefined, group.id] as const)
        for (const [record, group] of promises) {
          await here.env['res.users'].browse([here.uid]).write({ groups_id: [{ link: group }] })
          here.env.transaction.verified.clear()
          const after = await ask(record === undefined ? [] : [record])
          if (!after.allowed) throw new Disagreement(`group ${group} does not grant ${record}`)
          granted++
          await here.env['res.users'].browse([here.uid]).write({ groups_id: [{ unlink: group }] })
        }
      }
      await fc.assert(fc.asyncProperty(rights, check), { numRuns: 25, seed: 11, endOnFailure: true })
      t.ok(granted > 5, `${granted} promises were kept`)
    })

    t.test('rules of a delegated model, companies and groups of fields are told', async (t) => {
      const { env, uid, groups } = await world(t, dialect)
      const [company = 0] = (await env['res.company'].create([{ name: 'Other' }])).ids
      const [hidden = 0] = (await env['res.partner'].create([{ name: 'Hidden', company_id: company }])).ids
      await env['res.users']
        .browse([uid])
        .write({ groups_id: [{ set: [(await env.xmlId('base.group_user'))?.[1] ?? 0, ...groups] }] })
      const explained = await explainAccess(env, { uid, model: 'res.partner', operation: 'read', ids: [hidden] })
      t.match(explained, {
        allowed: false,
        first_refused: hidden,
        verdict: /^ada may not access Contact \(res\.partner\) \d+: refused by the rule '/,
      })
      const refusing = explained.rules.find((rule) => rule.fails.includes(hidden))
      t.match(refusing, { kind: 'global', xml_id: /^base\./, domain: /company_ids/ })
      t.notMatch(JSON.stringify(refusing?.values), /company_ids'/, 'names have become values')
      const users = await explainAccess(env, { uid, model: 'res.users', operation: 'read', ids: [uid] })
      t.ok(
        users.rules.some((rule) => rule.model === 'res.partner'),
        'a user is a partner as well',
      )
      t.ok(users.fields.some((field) => field.field === 'password' && !field.allowed))
      t.match(await explainAccess(env, { uid: 1, model: 'res.partner', operation: 'unlink', ids: [hidden] }), {
        allowed: true,
        superuser: true,
      })
    })

    t.test('what the code of a model refuses is told apart', async (t) => {
      const { env, uid } = await world(t, dialect)
      await env['res.users']
        .browse([uid])
        .write({ groups_id: [{ set: [(await env.xmlId('base.group_user'))?.[1] ?? 0] }] })
      const [contact = 0] = (await env['res.partner'].create([{ name: 'To be read only' }])).ids
      const [file = 0] = (
        await env['ir.attachment'].create([
          { name: 'of a contact', res_model: 'res.partner', res_id: contact, datas: new Uint8Array([1]) },
        ])
      ).ids
      const explained = await explainAccess(env, { uid, model: 'ir.attachment', operation: 'write', ids: [file] })
      t.equal(explained.allowed, false)
      t.type(explained.refused_by_code, 'string', explained.verdict)
    })
  })
}

class Disagreement extends Error {}
