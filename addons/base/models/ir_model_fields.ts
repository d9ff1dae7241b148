import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { MODEL_DECLARED, MODEL_FIELD_NEEDED, MODEL_FIXED } from './ir_errors.ts'
import { fieldMistake, knownFields } from './ir_model_manual.ts'
import { fieldNameMistake } from './ir_model_names.ts'
import { choices, choicesText } from './ir_model_choices.ts'

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
        const models = await this._models(values)
        const fields = values.map(({ selection, ...one }) => ({
          ...one,
          state: this.env.su ? (one.state ?? 'manual') : ('manual' as const),
          model: models.get(idOf(one.model_id)) ?? one.model ?? '',
          ...(selection && !one.selection_ids
            ? { selection_ids: choices(selection).map((choice) => ({ create: choice })) }
            : {}),
        }))
        if (fields.some((one) => one.state === 'manual')) this._changed()
        return super.create(fields)
      }

      override async write(values: FieldValues): Promise<void> {
        await this._change()
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
        await this._change()
        if (!this.env.su) await this._refuseNeeded()
        // the defaults of the fields go with them
        this.env.transaction.invalidated.add('defaults')
        await super.unlink()
      }

      /** The fields are not what the registry was built from any more. */
      _changed(): void {
        this.env.transaction.invalidated.add('registry')
      }

      /** Lets people change only what people made; then the registry is not right any more. */
      async _change(): Promise<void> {
        const fields = await this.load(['model', 'name', 'state'])
        const declared = fields.filter((one) => one.state === 'base')
        if (declared.length > 0 && !this.env.su)
          throw new MODEL_DECLARED(declared.map((one) => `${one.model}.${one.name}`))
        if (declared.length < fields.length) this._changed()
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
    [
      'state',
      'model',
      'name',
      'ttype',
      'relation',
      'relation_field',
      'selection_ids.value',
      'related',
      'currency_field',
    ],
    async (fields, env) => {
      const manual = fields.filter((one) => one.state === 'manual')
      if (manual.length === 0) return undefined
      const known = await knownFields(env)
      return manual.map((one) => fieldMistake(one, known)).find((mistake) => mistake !== undefined)
    },
  )
  .compute('selection', ['ttype', 'selection_ids.value', 'selection_ids.name', 'selection_ids.sequence'], (one) => {
    if (one.ttype !== 'selection') return null
    return choicesText(one.selection_ids.toSorted((a, b) => a.sequence - b.sequence || a.id - b.id))
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

function idOf(value: FieldValues['model_id']): number {
  return typeof value === 'object' ? (value?.ids[0] ?? 0) : (value ?? 0)
}

export interface IrModelFieldsModel extends RecordsOf<typeof IrModelFieldsModel> {}
declare module '#core' {
  interface Models {
    'ir.model.fields': { fields: IrModelFieldsFields; records: IrModelFieldsModel }
  }
}
