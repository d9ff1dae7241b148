import { field, groupBy, model, type Env, type Json, type RecordsOf } from '#core'
import { DEFAULT_INVALID } from './ir_errors.ts'
import { invalidating } from './invalidating.ts'

export class IrDefaultFields {
  field_id = field.many2one('ir.model.fields', { string: 'Field', required: true, ondelete: 'cascade', index: true })
  user_id = field.many2one('res.users', {
    string: 'User',
    ondelete: 'cascade',
    index: true,
    help: 'For all users when empty.',
  })
  company_id = field.many2one('res.company', {
    string: 'Company',
    ondelete: 'cascade',
    index: true,
    help: 'For all companies when empty.',
  })
  condition = field.char({ help: 'The default holds only where this is asked for, such as type=invoice.' })
  json_value = field.char({ string: 'Default Value (JSON format)', required: true })
}

/** One default as it is kept per process. */
interface KeptDefault {
  readonly field: string
  readonly userId: number | null
  readonly companyId: number | null
  readonly condition: string | null
  readonly value: Json
}

export const IrDefault = model(
  'ir.default',
  IrDefaultFields,
  {
    description: 'Default Values',
    recName: 'field_id',
  },
  (Base) =>
    class extends invalidating(Base, 'defaults') {
      /**
       * Sets the default of a field. `user_id` and `company_id` are ids, `true` for the own ones, or nothing for all.
       * @throws DEFAULT_INVALID when the field cannot hold the value
       */
      async set(
        model_name: string,
        field_name: string,
        value: Json,
        user_id: number | boolean | null = null,
        company_id: number | boolean | null = null,
        condition: string | boolean | null = null,
      ): Promise<boolean> {
        checkValue(this.env, model_name, field_name, value)
        const scope = this._scope(user_id, company_id, condition)
        const [known] = (
          await this.search(
            [
              ['field_id.model', '=', model_name],
              ['field_id.name', '=', field_name],
              ['user_id', '=', scope.user_id],
              ['company_id', '=', scope.company_id],
              ['condition', '=', scope.condition],
            ],
            { limit: 1 },
          )
        ).ids
        const json_value = JSON.stringify(value)
        if (known !== undefined) await this.env.browse('ir.default', [known]).write({ json_value })
        else await this.create([{ field_id: await this._field(model_name, field_name), ...scope, json_value }])
        return true
      }

      /** The default that was set for exactly this user, company and condition; `null` when there is none. */
      async get(
        model_name: string,
        field_name: string,
        user_id: number | boolean | null = null,
        company_id: number | boolean | null = null,
        condition: string | boolean | null = null,
      ): Promise<Json> {
        const scope = this._scope(user_id, company_id, condition)
        const [known] = await (
          await this.search(
            [
              ['field_id.model', '=', model_name],
              ['field_id.name', '=', field_name],
              ['user_id', '=', scope.user_id],
              ['company_id', '=', scope.company_id],
              ['condition', '=', scope.condition],
            ],
            { limit: 1 },
          )
        ).load(['json_value'])
        return known ? (parsed(known.json_value) ?? null) : null
      }

      /** The defaults of a model that hold for the user and company of the environment: field -> value as clients give it. */
      async _get_model_defaults(model_name: string, condition: string | null = null): Promise<Record<string, Json>> {
        const kept = (await defaults(this.env)).get(model_name) ?? []
        const { uid, companyId } = this.env
        const own = kept.filter(
          (one) =>
            one.condition === condition && (one.userId ?? uid) === uid && (one.companyId ?? companyId) === companyId,
        )
        // later entries replace earlier ones: the most specific come last
        return Object.fromEntries(own.map((one) => [one.field, one.value]))
      }

      /** What a client means by a user, a company and a condition. */
      _scope(
        user: number | boolean | null,
        company: number | boolean | null,
        condition: string | boolean | null,
      ): { user_id: number | null; company_id: number | null; condition: string | null } {
        return {
          user_id: user === true ? this.env.uid : user || null,
          company_id: company === true ? this.env.companyId : company || null,
          condition: typeof condition === 'string' && condition !== '' ? condition : null,
        }
      }

      async _field(model_name: string, field_name: string): Promise<number> {
        const fields = this.env.sudo('whoever may set defaults may name fields')['ir.model.fields']
        const [id] = (
          await fields.search([
            ['model', '=', model_name],
            ['name', '=', field_name],
          ])
        ).ids
        if (id === undefined) throw new DEFAULT_INVALID(model_name, field_name, 'there is no such field.')
        return id
      }
    },
)

const SCOPE = { user_id: { default: null }, company_id: { default: null }, condition: { default: null } }
IrDefault.callable('set', {
  on: 'model',
  params: { model_name: { type: 'string' }, field_name: { type: 'string' }, value: {}, ...SCOPE },
})
  .callable('get', {
    on: 'model',
    readonly: true,
    params: { model_name: { type: 'string' }, field_name: { type: 'string' }, ...SCOPE },
  })
  .constrainBatch(['json_value', 'field_id.model', 'field_id.name'], async (records, env) => {
    for (const { json_value, field_id } of records) {
      const value = parsed(json_value)
      if (value === undefined) return `The default of ${field_id.model}.${field_id.name} is not JSON: ${json_value}`
      checkValue(env, field_id.model, field_id.name, value)
    }
    return undefined
  })

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

/** Refuses a value that the field would refuse. */
function checkValue(env: Env, model: string, name: string, value: Json): void {
  const info = env.registry.has(model) ? env.registry.get(model).fields.get(name) : undefined
  if (!info) throw new DEFAULT_INVALID(model, name, 'there is no such field.')
  try {
    info.kind.accept(value, info)
  } catch (error) {
    throw new DEFAULT_INVALID(model, name, error instanceof Error ? error.message : String(error))
  }
}

/** All defaults by model, from the most general to the most specific; read once per process. */
async function defaults(env: Env): Promise<ReadonlyMap<string, readonly KeptDefault[]>> {
  const read = async (): Promise<ReadonlyMap<string, readonly KeptDefault[]>> => {
    const all = await env.sudo('defaults are read for all users at once')['ir.default'].search([], { order: 'id desc' })
    const rows = await all.load(['field_id.model', 'field_id.name', 'user_id', 'company_id', 'condition', 'json_value'])
    const kept = rows.map((row) => ({
      model: row.field_id.model,
      field: row.field_id.name,
      userId: row.user_id?.id ?? null,
      companyId: row.company_id?.id ?? null,
      condition: row.condition,
      value: parsed(row.json_value) ?? null,
    }))
    const weight = (one: KeptDefault): number => (one.userId === null ? 0 : 2) + (one.companyId === null ? 0 : 1)
    return groupBy(
      kept.sort((a, b) => weight(a) - weight(b)),
      (one) => one.model,
    )
  }
  return env.caches.get('defaults', 'all', read)
}

export interface IrDefault extends RecordsOf<typeof IrDefault> {}
declare module '#core' {
  interface Models {
    'ir.default': { fields: IrDefaultFields; records: IrDefault }
  }
}
