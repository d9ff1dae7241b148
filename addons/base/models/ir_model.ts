import { field, ident, join, model, sql, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { MODEL_DECLARED, MODEL_FIELD_NEEDED, MODEL_FIXED } from './ir_errors.ts'
import { modelNameMistake } from './ir_model_names.ts'

export class IrModelFields {
  name = field.char({ string: 'Model Description', required: true, translate: true })
  model = field.char({ required: true, default: 'x_' })
  order = field.char({
    required: true,
    default: 'id',
    help: 'The order of records, such as "x_sequence asc, id desc".',
  })
  info = field.text({ string: 'Information' })
  field_id = field.one2many('ir.model.fields', 'model_id', { string: 'Fields' })
  inherited_model_ids = field.many2many('ir.model', { string: 'Inherited models' })
  state = field.selection(
    { manual: 'Custom Object', base: 'Base Object' },
    { string: 'Type', default: 'manual', readonly: true },
  )
  access_ids = field.one2many('ir.model.access', 'model_id', { string: 'Access' })
  rule_ids = field.one2many('ir.rule', 'model_id', { string: 'Record Rules' })
  transient = field.boolean({ string: 'Transient Model' })
  modules = field.char({ string: 'In Apps' })
  count = field.integer({ string: 'Count (Incl. Archived)' })
}

/** What cannot change while there are records. */
const FIXED = ['model', 'state', 'transient'] as const

/** What a model made by hand has when nothing is said about its fields. */
const DEFAULT_FIELDS = [{ create: { name: 'x_name', field_description: 'Name', ttype: 'char', copied: true } }] as const

export const IrModel = model(
  'ir.model',
  IrModelFields,
  {
    description: 'Models',
    order: 'model',
    recNamesSearch: ['name', 'model'],
    sqlConstraints: { obj_name_uniq: ['unique (model)', 'Each model must have a unique name.'] },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.model'>[]): Promise<Recs<'ir.model'>> {
        const models = values.map((one) => {
          const state = this.env.su ? (one.state ?? 'manual') : 'manual'
          return { ...(state === 'manual' && !one.field_id ? { field_id: DEFAULT_FIELDS } : {}), ...one, state }
        })
        if (models.some((one) => one.state === 'manual')) this._changed()
        return super.create(models)
      }

      override async write(values: Values<'ir.model'>): Promise<void> {
        await this._change()
        for (const one of this.env.su ? [] : await this.load([...FIXED])) {
          const changed = FIXED.find((name) => values[name] !== undefined && values[name] !== one[name])
          if (changed) throw new MODEL_FIXED(one.model, changed)
        }
        await super.write(values)
      }

      override async unlink(): Promise<void> {
        await this._change()
        const names = (await this.load(['model'])).map((one) => one.model)
        const system = this.env.sudo('what hangs on a model goes with it')
        const relations = await (
          await system['ir.model.fields'].search([
            ['relation', 'in', names],
            ['model_id', 'not in', this.ids],
            ['state', '=', 'manual'],
          ])
        ).load(['model', 'name'])
        if (relations.length > 0) {
          throw new MODEL_FIELD_NEEDED(
            names.join(', '),
            relations.map((one) => `${one.model}.${one.name}`),
          )
        }
        // its rights, rules and defaults go with it
        this.env.transaction.invalidated.add('security').add('defaults')
        await super.unlink()
        await (await system['ir.model.data'].search([['model', 'in', names]])).unlink()
        await (
          await system['ir.filters'].withContext({ active_test: false }).search([['model_id', 'in', names]])
        ).unlink()
        await (
          await system['ir.attachment'].search([
            ['res_model', 'in', names],
            ['id', '!=', 0],
          ])
        ).unlink()
      }

      /** The models are not what the registry was built from any more, nor are their rights. */
      _changed(): void {
        this.env.transaction.invalidated.add('registry').add('security')
      }

      /** Lets people change only what people made; then the registry is not right any more. */
      async _change(): Promise<void> {
        const models = await this.load(['model', 'state'])
        const declared = models.filter((one) => one.state === 'base')
        if (declared.length > 0 && !this.env.su) throw new MODEL_DECLARED(declared.map((one) => one.model))
        if (declared.length < models.length) this._changed()
      }
    },
)

IrModel.constrain(['model', 'state'], (one) => (one.state === 'manual' ? modelNameMistake(one.model) : undefined))
  .constrain(['order', 'field_id.name', 'state'], (one) => {
    if (one.state === 'base') return undefined
    const names = new Set([
      'id',
      'create_date',
      'write_date',
      'create_uid',
      'write_uid',
      ...one.field_id.map((field) => field.name),
    ])
    const wrong = one.order
      .split(',')
      .find((term) => !names.has(/^\s*(\w+)(\s+(asc|desc))?\s*$/i.exec(term)?.[1] ?? ''))
    return wrong === undefined
      ? undefined
      : `The order '${one.order}' is wrong: '${wrong.trim()}' is not a field, with asc or desc.`
  })
  .computeBatch(
    'modules',
    ['model'],
    async (models, env) =>
      new Map(
        models.map((one) => [
          one.id,
          env.registry.has(one.model) ? env.registry.get(one.model).addons.join(', ') : null,
        ]),
      ),
  )
  .computeBatch('inherited_model_ids', ['model'], async (models, env) => {
    const parents = new Map(
      models.map((one) => [one.id, env.registry.has(one.model) ? env.registry.get(one.model).inherits : []]),
    )
    const known = await (
      await env['ir.model'].search([['model', 'in', [...new Set([...parents.values()].flat())]]])
    ).load(['model'])
    const idOf = new Map(known.map((one) => [one.model, one.id]))
    return new Map([...parents].map(([id, names]) => [id, names.flatMap((name) => idOf.get(name) ?? [])]))
  })
  .computeBatch('count', ['model'], async (models, env) => countRecords(env, models))

/** How many records there are of each model that has a table, in one query. */
async function countRecords(
  env: Env,
  models: readonly { id: number; model: string }[],
): Promise<ReadonlyMap<number, number>> {
  const counts = new Map(models.map((one) => [one.id, 0]))
  const parts = models.flatMap((one) => {
    const info = env.registry.has(one.model) ? env.registry.get(one.model) : undefined
    const kept = info?.kind === 'model' || info?.kind === 'transient'
    return kept ? [sql`SELECT CAST(${one.id} AS integer) AS id, count(*) AS n FROM ${ident(info.table)}`] : []
  })
  if (parts.length === 0) return counts
  for (const row of await env.connection.rows<{ id: number; n: number }>(join(parts, ' UNION ALL ')))
    counts.set(row.id, row.n)
  return counts
}

export interface IrModel extends RecordsOf<typeof IrModel> {}
declare module '#core' {
  interface Models {
    'ir.model': { fields: IrModelFields; records: IrModel }
  }
}
