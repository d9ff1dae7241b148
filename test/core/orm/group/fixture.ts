import { field, model, type Env, type Recs, type RecordsOf } from '#core'
import { makeEnv } from '#core/orm/make-env.ts'
import { ident, raw, sql } from '#core/sql/fragment.ts'
import type { FillTemporal } from '#core/orm/group/fill.ts'

/* A pipeline: deals of people in stages, with tags. Small models of which tests know every value. */

export class StageFields {
  name = field.char({ required: true })
  sequence = field.integer()
  fold = field.boolean()
}

export const Stage = model(
  'pipe.stage',
  StageFields,
  { description: 'Stage', order: 'sequence, id' },
  (Base) =>
    class extends Base {
      /** Stages found, and those that every board shows. */
      async shown_on_boards(_domain: readonly unknown[]): Promise<Recs<'pipe.stage'>> {
        return this.browse([]).search(['|', ['id', 'in', [...this.ids]], ['sequence', '<', 100]])
      }
    },
)

export class PersonFields {
  name = field.char({ required: true })
  city = field.char()
  boss_id = field.many2one('pipe.person')
  tag_ids = field.many2many('pipe.tag')
  vip = field.boolean()
}

export const Person = model(
  'pipe.person',
  PersonFields,
  { description: 'Person', order: 'name desc' },
  (Base) => class extends Base {},
)

export class TagFields {
  name = field.char({ required: true })
  active = field.boolean({ default: true })
}

export const Tag = model('pipe.tag', TagFields, { description: 'Tag', order: 'name' }, (Base) => class extends Base {})

export class DealFields {
  name = field.char({ required: true })
  color = field.integer()
  amount = field.float({ digits: 2 })
  weight = field.float()
  won = field.boolean()
  kind = field.char({ translate: true })
  state = field.selection({ open: 'Open', lost: 'Lost', done: 'Done' }, { groupExpand: true })
  stage_id = field.many2one('pipe.stage', { groupExpand: 'shown_on_boards' })
  wrong_stage_id = field.many2one('pipe.stage', { groupExpand: 'no_such_method' })
  person_id = field.many2one('pipe.person')
  boss_id = field.many2one('pipe.person')
  city = field.char()
  person_tag_ids = field.many2many('pipe.tag')
  tag_ids = field.many2many('pipe.tag')
  line_ids = field.one2many('pipe.line', 'deal_id')
  deadline = field.date()
  closed = field.datetime()
  secret = field.integer({ groups: 'pipe.group_boss' })
  twice = field.float()
  total = field.float({ store: true })
}

export const Deal = model('pipe.deal', DealFields, { description: 'Deal' }, (Base) => class extends Base {})

Deal.related('boss_id', 'person_id.boss_id')
  .related('city', 'person_id.city')
  .related('person_tag_ids', 'person_id.tag_ids')
  .compute('twice', ['amount'], (deal) => deal.amount * 2)
  .compute('total', ['line_ids.amount'], (deal) => deal.line_ids.reduce((sum, line) => sum + line.amount, 0))

export class LineFields {
  deal_id = field.many2one('pipe.deal', { required: true, ondelete: 'cascade' })
  amount = field.float()
}

export const Line = model('pipe.line', LineFields, { description: 'Line' }, (Base) => class extends Base {})

export class AssetFields {
  deal_id = field.many2one('pipe.deal', { required: true, ondelete: 'cascade' })
}

/** Has the fields of its deal too. */
export const Asset = model(
  'pipe.asset',
  AssetFields,
  { description: 'Asset', delegate: { 'pipe.deal': 'deal_id' } },
  (Base) => class extends Base {},
)

export class LanguageFields {
  name = field.char()
  code = field.char()
  iso_code = field.char()
  week_start = field.char()
  date_format = field.char()
  time_format = field.char()
  active = field.boolean({ default: true })
}

export const Language = model('res.lang', LanguageFields, { description: 'Language' }, (Base) => class extends Base {})

export const pipeline = { addon: 'pipe', models: [Stage, Person, Tag, Deal, Line, Asset, Language] as never }

export interface Stage extends RecordsOf<typeof Stage> {}
export interface Person extends RecordsOf<typeof Person> {}
export interface Tag extends RecordsOf<typeof Tag> {}
export interface Deal extends RecordsOf<typeof Deal> {}
export interface Line extends RecordsOf<typeof Line> {}
export interface Asset extends RecordsOf<typeof Asset> {}
declare module '#core' {
  interface Models {
    'pipe.stage': { fields: StageFields; records: Stage }
    'pipe.person': { fields: PersonFields; records: Person }
    'pipe.tag': { fields: TagFields; records: Tag }
    'pipe.deal': { fields: DealFields; records: Deal }
    'pipe.line': { fields: LineFields; records: Line }
    'pipe.asset': { fields: AssetFields; records: Asset }
  }
}

/** Four deals: color 1, 2, 2 and 3, three of them with a deadline in 2026. */
export async function fourDeals(env: Env): Promise<void> {
  await env['pipe.deal'].create([
    { name: 'a', color: 1, amount: 100, deadline: '2026-01-05' },
    { name: 'b', color: 2, amount: 50, deadline: '2026-01-20' },
    { name: 'c', color: 2, amount: 30, deadline: '2026-04-01' },
    { name: 'd', color: 3, amount: 5 },
  ])
}

/** Context for filling periods. */
export const filled = (fill: true | FillTemporal = true): { context: { fill_temporal: true | FillTemporal } } => ({
  context: { fill_temporal: fill },
})

const RIGHTS = [
  'CREATE TABLE ir_model (id integer, model text)',
  'CREATE TABLE ir_model_access (model_id integer, group_id integer, active boolean, perm_read boolean, perm_write boolean, perm_create boolean, perm_unlink boolean)',
  'CREATE TABLE ir_rule (id integer, name text, model_id integer, domain_force text, active boolean, perm_read boolean, perm_write boolean, perm_create boolean, perm_unlink boolean)',
  'CREATE TABLE rule_group_rel (rule_group_id integer, group_id integer)',
  'CREATE TABLE res_groups (id integer, name text)',
  'CREATE TABLE res_groups_users_rel (gid integer, uid integer)',
]

/** The same call as a user without groups, who reads the models given, each within a rule (`[]` for all records). */
export async function asReader(env: Env, rules: Readonly<Record<string, string>>): Promise<Env> {
  for (const statement of RIGHTS)
    await env.connection.run(
      raw(env.dialect.name === 'sqlite' ? statement : statement.replace('name text)', 'name jsonb)')),
    )
  for (const [i, [name, domain]] of Object.entries(rules).entries()) {
    await env.connection.run(sql`INSERT INTO ir_model VALUES (${i}, ${name})`)
    await env.connection.run(
      sql`INSERT INTO ir_model_access VALUES (${i}, NULL, ${true}, ${true}, ${false}, ${false}, ${false})`,
    )
    await env.connection.run(
      sql`INSERT INTO ${ident('ir_rule')} VALUES (${i}, 'rule', ${i}, ${domain}, ${true}, ${true}, ${true}, ${true}, ${true})`,
    )
  }
  const { registry, transaction, user } = env
  return makeEnv({ registry, transaction, user: { ...user, id: 7 }, su: false, reason: null, context: {} })
}
