import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { XMLID_FORBIDDEN, XMLID_MALFORMED, XMLID_UNKNOWN } from './ir_errors.ts'

export class IrModelDataFields {
  module = field.char({ required: true, default: '' })
  name = field.char({ string: 'External Identifier', required: true })
  complete_name = field.char({ string: 'Complete ID' })
  model = field.char({ string: 'Model Name', required: true })
  res_id = field.many2oneReference({ string: 'Record ID', modelField: 'model' })
  reference = field.char()
  noupdate = field.boolean({ string: 'Non Updatable', help: 'Updates of the module leave the record as it is.' })
}

export const IrModelData = model(
  'ir.model.data',
  IrModelDataFields,
  {
    description: 'Model Data',
    order: 'module, model, name',
    recName: 'complete_name',
    recNamesSearch: ['module', 'name'],
    sqlConstraints: {
      name_nospaces: ["check (name not like '% %')", 'External ids cannot contain spaces.'],
      module_name_uniq: ['unique (module, name)', 'A module cannot have two records with the same external id.'],
    },
    indexes: { model_res_id: 'model, res_id' },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.model.data'>[]): Promise<Recs<'ir.model.data'>> {
        const ids = await super.create(values)
        await ids._regroup()
        return ids
      }

      override async write(values: Values<'ir.model.data'>): Promise<void> {
        await this._regroup()
        await super.write(values)
        await this._regroup()
      }

      override async unlink(): Promise<void> {
        await this._regroup()
        await super.unlink()
      }

      /**
       * The model and id behind an external id, for a client. Of a record that the user may not see the id is `null`, or it
       * is an error when asked for.
       * @throws XMLID_UNKNOWN, XMLID_FORBIDDEN
       */
      async check_object_reference(
        module: string,
        xml_id: string,
        raise_on_access_error = false,
      ): Promise<[model: string, id: number | null]> {
        const name = `${module}.${xml_id}`
        const [target, id] = await this._lookup(name)
        const seen = await this.env.model(target).search([['id', '=', id]])
        if (seen.length > 0) return [target, id]
        if (raise_on_access_error) throw new XMLID_FORBIDDEN(name)
        return [target, null]
      }

      /** The id behind an external id `module.name`; `null` when there is none, unless that is to be an error. */
      async xmlid_to_res_id(xmlid: string, raise_if_not_found = false): Promise<number | null> {
        const found = await this.env.xmlId(complete(xmlid))
        if (!found && raise_if_not_found) throw new XMLID_UNKNOWN(xmlid)
        return found?.[1] ?? null
      }

      /** Turns protection against updates on or off for the external ids of a record. */
      async toggle_noupdate(model: string, res_id: number): Promise<void> {
        for (const one of await (
          await this.search([
            ['model', '=', model],
            ['res_id', '=', res_id],
          ])
        ).load(['noupdate'])) {
          await one.write({ noupdate: !one.noupdate })
        }
      }

      /** Users' groups are known by external id: another id of a group makes what is known of users wrong. */
      async _regroup(): Promise<void> {
        const named = await this.load(['model'])
        if (named.some((one) => one.model === 'res.groups')) this.env.transaction.invalidated.add('security')
      }

      async _lookup(name: string): Promise<readonly [model: string, id: number]> {
        const found = await this.env.xmlId(complete(name))
        if (!found) throw new XMLID_UNKNOWN(name)
        return found
      }
    },
)

IrModelData.compute('complete_name', ['module', 'name'], (one) => (one.module ? `${one.module}.${one.name}` : one.name))
  .compute('reference', ['model', 'res_id'], (one) => `${one.model},${one.res_id ?? 0}`)
  .callable('check_object_reference', {
    on: 'model',
    readonly: true,
    params: {
      module: { type: 'string' },
      xml_id: { type: 'string' },
      raise_on_access_error: { type: 'boolean', default: false },
    },
  })
  .callable('xmlid_to_res_id', {
    on: 'model',
    readonly: true,
    params: { xmlid: { type: 'string' }, raise_if_not_found: { type: 'boolean', default: false } },
  })
  .callable('toggle_noupdate', { on: 'model', params: { model: { type: 'string' }, res_id: { type: 'integer' } } })

/** The external id as it is, once it is known to have a module. */
function complete(name: string): string {
  if (!/^[^.\s]+\.\S+$/.test(name)) throw new XMLID_MALFORMED(name)
  return name
}

export interface IrModelData extends RecordsOf<typeof IrModelData> {}
declare module '#core' {
  interface Models {
    'ir.model.data': { fields: IrModelDataFields; records: IrModelData }
  }
}
