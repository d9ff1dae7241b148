import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { MODEL_DECLARED } from './ir_errors.ts'

export class IrModelFieldsSelectionFields {
  field_id = field.many2one('ir.model.fields', { string: 'Field', required: true, ondelete: 'cascade', index: true })
  value = field.char({ required: true })
  name = field.char({ required: true, translate: true })
  sequence = field.integer({ default: 1000 })
}

/** One value that a selection field can have. */
export const IrModelFieldsSelection = model(
  'ir.model.fields.selection',
  IrModelFieldsSelectionFields,
  {
    description: 'Fields Selection',
    order: 'sequence, id',
    sqlConstraints: {
      selection_field_uniq: ['unique (field_id, value)', 'Selections values must be unique per field.'],
    },
  },
  (Base) =>
    class extends Base {
      override async create(
        values: readonly Values<'ir.model.fields.selection'>[],
      ): Promise<Recs<'ir.model.fields.selection'>> {
        const options = await super.create(values)
        await options._change()
        return options
      }

      override async write(values: Values<'ir.model.fields.selection'>): Promise<void> {
        await this._change()
        await super.write(values)
      }

      override async unlink(): Promise<void> {
        await this._change()
        await super.unlink()
      }

      /** Lets people change only the options of fields that people made; then the registry is not right any more. */
      async _change(): Promise<void> {
        const options = await this.load(['field_id.model', 'field_id.name', 'field_id.state'])
        const declared = options.filter((one) => one.field_id.state === 'base')
        if (declared.length > 0 && !this.env.su) {
          throw new MODEL_DECLARED(declared.map(({ field_id }) => `${field_id.model}.${field_id.name}`))
        }
        if (declared.length < options.length) this.env.transaction.invalidated.add('registry')
      }
    },
)

export interface IrModelFieldsSelection extends RecordsOf<typeof IrModelFieldsSelection> {}
declare module '#core' {
  interface Models {
    'ir.model.fields.selection': { fields: IrModelFieldsSelectionFields; records: IrModelFieldsSelection }
  }
}
