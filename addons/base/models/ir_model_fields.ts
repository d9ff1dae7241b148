import { evaluate, field, model, type Env, type Recs, type RecordsOf, type Values } from '#core'
import { MODEL_DECLARED, MODEL_FIELD_NEEDED, MODEL_FIXED } from './ir_errors.ts'
import { fieldNameMistake } from './ir_model_names.ts'

export class IrModelFieldsFields {
  name = field.char({ string: 'Field Name', required: true, default: 'x_', index: true })
  model = field.char({ string: 'Model Name', required: true, index: true, help: 'The technical name of the model.' })
  model_id = field.many2one('ir.model', { string: 'Model', required: true, index: true, ondelete: 'cascade' })
  field_description = field.char({ string: 'Field Label', required: true, default: '', translate: true })
  help = field.text({ string: 'Field Help', translate: true })
  ttype = field.selection(
    {
      binary: 'binary',
      boolean: 'boolean',
      char: 'char',
      date: 'date',
      datetime: 'datetime',
      float: 'float',
      html: 'html',
      integer: 'integer',
      json: 'json',
      many2many: 'many2many',
      many2one: 'many2one',
      many2one_reference: 'many2one_reference',
      monetary: 'monetary',
      one2many: 'one2many',
      properties: 'properties',
      properties_definition: 'properties_definition',
      reference: 'reference',
      selection: 'selection',
      text: 'text',
    },
    { string: 'Field Type', required: true },
  )
  relation = field.char({ string: 'Related Model', help: 'The technical name of the model that it refers to.' })
  relation_field = field.char({ help: 'The many2one of the other model that a one2many mirrors.' })
  relation_table = field.char({ help: 'The table of a many2many.' })
  column1 = field.char({ string: 'Column 1', help: 'The column of the relation table that refers to this model.' })
  column2 = field.char({ string: 'Column 2', help: 'The column of the relation table that refers to the other model.' })
  selection_ids = field.one2many('ir.model.fields.selection', 'field_id', { string: 'Selection Options', copy: true })
  selection = field.char({ string: 'Selection Options (text)', readonly: false })
  related = field.char({ string: 'Related Field', help: 'The path that it mirrors, such as x_partner_id.country_id.' })
  depends = field.char({ string: 'Dependencies', readonly: true, help: 'What its value is computed from.' })
  required = field.boolean()
  readonly = field.boolean()
  index = field.boolean({ string: 'Indexed' })
  translate = field.boolean({ string: 'Translatable' })
  company_dependent = field.boolean({ string: 'Company Dependent', readonly: true })
  size = field.integer({ help: 'The most characters that a char holds; 0 for no limit of its own.' })
  copied = field.boolean({ default: true, help: 'Whether duplicates of a record have its value.' })
  store = field.boolean({ string: 'Stored', default: true })
  selectable = field.boolean({ default: true })
  tracking = field.integer({
    string: 'Enable Ordered Tracking',
    help: "Changes are shown in the record's history, in this order; 0 for not.",
  })
  on_delete = field.selection(
    { cascade: 'Cascade', 'set null': 'Set NULL', restrict: 'Restrict' },
    {
      string: 'On Delete',
      default: 'set null',
      help: 'What happens to the record when the one that a many2one refers to is deleted.',
    },
  )
  domain = field.char({ default: '[]', help: 'What choices are restricted to in views.' })
  currency_field = field.char({ help: 'The many2one that holds the currency of a monetary field.' })
  groups = field.many2many('res.groups', {
    relation: 'ir_model_fields_group_rel',
    column1: 'field_id',
    column2: 'group_id',
  })
  state = field.selection(
    { manual: 'Custom Field', base: 'Base Field' },
    {
      string: 'Type',
      required: true,
      default: 'manual',
      readonly: true,
      index: true,
    },
  )
  modules = field.char({ string: 'In Apps' })
}

type FieldValues = Values<'ir.model.fields'>

/** What decides about a column, so that it cannot change while there are values. */
const FIXED = [
  'name',
  'ttype',
  'relation',
  'relation_field',
  'relation_table',
  'column1',
  'column2',
  'translate',
  'store',
  'state',
] as const

export const IrModelFieldsModel = model(
  'ir.model.fields',
  IrModelFieldsFields,
  {
    description: 'Fields',
    order: 'name, id',
    recName: 'field_description',
    recNamesSearch: ['name', 'field_description'],
    sqlConstraints: {
      name_unique: ['unique (model, name)', 'Field names must be unique per model.'],
      size_gt_zero: ['check (size >= 0)', 'Size of the field cannot be negative.'],
    },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly FieldValues[]): Promise<Recs<'ir.model.fields'>> {
        this._changed()
        const models = await this._models(values)
        return super.create(
          values.map((one) => {
            const { selection, ...rest } = one
            return {
              ...rest,
              state: this.env.su ? (one.state ?? 'manual') : 'manual',
              model: models.get(idOf(one.model_id)) ?? one.model ?? '',
              ...(selection && !one.selection_ids
                ? { selection_ids: choices(selection).map((choice) => ({ create: choice })) }
                : {}),
            }
          }),
        )
      }

      override async write(values: FieldValues): Promise<void> {
        this._changed()
        await this._refuseDeclared()
        if (!this.env.su) {
          for (const one of await this.load([...FIXED, 'model', 'model_id'])) {
            const changed = FIXED.find((name) => values[name] !== undefined && values[name] !== one[name])
            if (changed) throw new MODEL_FIXED(`${one.model}.${one.name}`, changed)
            if (values.model_id !== undefined && idOf(values.model_id) !== one.model_id.id)
              throw new MODEL_FIXED(`${one.model}.${one.name}`, 'model')
          }
        }
        await super.write(values)
      }

      override async unlink(): Promise<void> {
        this._changed()
        await this._refuseDeclared()
        if (!this.env.su) await this._refuseNeeded()
        const ids = this.ids
        await super.unlink()
        const system = this.env.sudo('the external ids of a field go with it')
        await (
          await system['ir.model.data'].search([
            ['model', '=', 'ir.model.fields'],
            ['res_id', 'in', ids],
          ])
        ).unlink()
      }

      /** The fields are not what the registry was built from any more. */
      _changed(): void {
        this.env.transaction.invalidated.add('registry')
      }

      /** Lets people change only what people made. */
      async _refuseDeclared(): Promise<void> {
        if (this.env.su) return
        const declared = (await this.load(['model', 'name', 'state'])).filter((one) => one.state === 'base')
        if (declared.length > 0) throw new MODEL_DECLARED(declared.map((one) => `${one.model}.${one.name}`))
      }

      /** Refuses the fields that others mirror: the many2one of a one2many, a step of a related path. */
      async _refuseNeeded(): Promise<void> {
        const rows = await this.load(['model', 'name'])
        const manual = await this.search([
          ['state', '=', 'manual'],
          ['id', 'not in', this.ids],
        ])
        const others = await manual.load(['model', 'name', 'relation', 'relation_field', 'related'])
        for (const one of rows) {
          const users = others.filter(
            (other) =>
              (other.relation === one.model && other.relation_field === one.name) ||
              (other.model === one.model && other.related?.split('.')[0] === one.name),
          )
          if (users.length > 0)
            throw new MODEL_FIELD_NEEDED(
              `${one.model}.${one.name}`,
              users.map((user) => `${user.model}.${user.name}`),
            )
        }
      }

      /** Technical names of the models that the values are for, by id. */
      async _models(values: readonly FieldValues[]): Promise<ReadonlyMap<number, string>> {
        const ids = [...new Set(values.map((one) => idOf(one.model_id)).filter((id) => id > 0))]
        return new Map((await this.env.browse('ir.model', ids).load(['model'])).map((one) => [one.id, one.model]))
      }
    },
)

IrModelFieldsModel.constrain(['name', 'state'], (one) =>
  one.state === 'manual' ? fieldNameMistake(one.name) : undefined,
)
  .constrainBatch(
    ['state', 'model', 'name', 'ttype', 'relation', 'relation_field', 'selection_ids.value', 'related'],
    async (fields, env) => {
      const manual = fields.filter((one) => one.state === 'manual')
      if (manual.length === 0) return undefined
      const known = await knownFields(env)
      return manual.map((one) => mistakeOf(one, known)).find((mistake) => mistake !== undefined)
    },
  )
  .compute('selection', ['ttype', 'selection_ids.value', 'selection_ids.name', 'selection_ids.sequence'], (one) => {
    if (one.ttype !== 'selection') return null
    const sorted = one.selection_ids.toSorted((a, b) => a.sequence - b.sequence || a.id - b.id)
    return `[${sorted.map((choice) => `(${quoted(choice.value)}, ${quoted(choice.name)})`).join(', ')}]`
  })
  .inverse('selection', async (values, env) => {
    for (const [id, text] of values) {
      const [one] = await env.browse('ir.model.fields', [id]).load(['selection_ids'])
      await one?.selection_ids.unlink()
      await env['ir.model.fields.selection'].create(
        choices(text ?? '[]').map((choice) => ({ ...choice, field_id: id })),
      )
    }
  })
  .computeBatch(
    'modules',
    ['model', 'name'],
    async (fields, env) =>
      new Map(
        fields.map((one) => {
          const info = env.registry.has(one.model) ? env.registry.get(one.model).fields.get(one.name) : undefined
          return [one.id, info ? [...new Set(info.addons)].join(', ') : null]
        }),
      ),
  )

/** A field made by hand, as far as rules look at it. */
interface ManualField {
  readonly model: string
  readonly name: string
  readonly ttype: string
  readonly relation: string | null
  readonly relation_field: string | null
  readonly related: string | null
  readonly selection_ids: readonly { readonly value: string }[]
}

type KnownFields = ReadonlyMap<
  string,
  ReadonlyMap<string, { readonly ttype: string; readonly relation: string | null }>
>

/** Type and comodel of every field by model: those that code declares, and those made by hand, in this call too. */
async function knownFields(env: Env): Promise<KnownFields> {
  const known = new Map<string, Map<string, { ttype: string; relation: string | null }>>()
  for (const info of env.registry.models()) {
    known.set(
      info.name,
      new Map([...info.fields.values()].map((one) => [one.name, { ttype: one.type, relation: one.comodel }])),
    )
  }
  const system = env.sudo('fields refer to fields whoever made them')
  for (const { model } of await (await system['ir.model'].search([['state', '=', 'manual']])).load(['model'])) {
    if (!known.has(model)) known.set(model, new Map())
  }
  const manual = await system['ir.model.fields'].search([['state', '=', 'manual']])
  for (const one of await manual.load(['model', 'name', 'ttype', 'relation'])) known.get(one.model)?.set(one.name, one)
  return known
}

function mistakeOf(one: ManualField, known: KnownFields): string | undefined {
  const name = `${one.model}.${one.name}`
  if (['many2one', 'one2many', 'many2many'].includes(one.ttype)) {
    const target = known.get(one.relation ?? '')
    if (!target) return `${name} refers to '${one.relation ?? ''}', which is not a model.`
    if (one.ttype === 'one2many') {
      const inverse = target.get(one.relation_field ?? '')
      const fits = inverse?.ttype === 'many2one' && inverse.relation === one.model
      if (!fits)
        return `${name} mirrors '${one.relation}.${one.relation_field ?? ''}', which is not a many2one to ${one.model}.`
    }
  }
  if (one.ttype === 'selection' && !one.related && one.selection_ids.length === 0)
    return `${name} is a selection without any options.`
  if (one.related) {
    let at = one.model
    let end: { ttype: string; relation: string | null } | undefined
    for (const step of one.related.split('.')) {
      end = known.get(at)?.get(step)
      if (!end) return `${name} is related to '${one.related}', but ${at || 'a value'} has no field '${step}'.`
      at = end.relation ?? ''
    }
    if (end?.ttype !== one.ttype) return `${name} is a ${one.ttype}, but '${one.related}' leads to a ${end?.ttype}.`
  }
  return undefined
}

/** The options that a text such as `[('a', 'First'), ('b', 'Second')]` lists. */
function choices(text: string): { value: string; name: string; sequence: number }[] {
  const list = evaluate(text, {})
  const pairs = Array.isArray(list) ? list : []
  return pairs.flatMap((pair, i) =>
    Array.isArray(pair) ? [{ value: String(pair[0]), name: String(pair[1]), sequence: i }] : [],
  )
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function idOf(value: FieldValues['model_id']): number {
  return typeof value === 'object' ? (value?.ids[0] ?? 0) : (value ?? 0)
}

export interface IrModelFieldsModel extends RecordsOf<typeof IrModelFieldsModel> {}
declare module '#core' {
  interface Models {
    'ir.model.fields': { fields: IrModelFieldsFields; records: IrModelFieldsModel }
  }
}
