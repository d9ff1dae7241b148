import { randomUUID } from 'node:crypto'
import { field, formatDatetime, model, type Env, type RecordsOf } from '#core'
import { invalidating } from './invalidating.ts'

/** Open list of the parameters that code reads; an addon adds its own by merging a key, with what it is for. */
export interface SystemParameters {
  /** The address that links in messages and reports begin with, without a slash at the end. */
  'web.base.url': string
  /** Identifies this database to others; made when it is created. */
  'database.uuid': string
  /** When the database was created, as `YYYY-MM-DD HH:MM:SS` in UTC. */
  'database.create_date': string
}

export class IrConfigParameterFields {
  key = field.char({ required: true })
  value = field.text({ required: true })
}

export const IrConfigParameter = model(
  'ir.config_parameter',
  IrConfigParameterFields,
  {
    description: 'System Parameter',
    order: 'key',
    recName: 'key',
    sqlConstraints: { key_uniq: ['unique (key)', 'There is a system parameter with this key already.'] },
  },
  (Base) =>
    class extends invalidating(Base, 'parameters') {
      /** The value of a parameter for code; `null` when it is not set. Rights are not checked. */
      async get(key: keyof SystemParameters): Promise<string | null> {
        return (await parameters(this.env)).get(key) ?? null
      }

      /** The value of a parameter for a client that may read parameters; `fallback` when it is not set. */
      async get_param(key: string, fallback: unknown = null): Promise<unknown> {
        await this.check_access('read')
        return (await parameters(this.env)).get(key) ?? fallback
      }

      /** Sets a parameter, or deletes it when the value is `null` or `false`. Answers the value before. */
      async set_param(key: string, value: string | number | boolean | null): Promise<string | null> {
        const [known] = await (await this.search([['key', '=', key]])).load(['value'])
        // scripts of Odoo compare with how Python writes what is true
        const text = value === null || value === false ? null : value === true ? 'True' : String(value)
        if (text === null) await known?.unlink()
        else if (!known) await this.create([{ key, value: text }])
        else if (known.value !== text) await known.write({ value: text })
        return known?.value ?? null
      }

      /** Sets what every database has, where it is missing. */
      async _set_up(): Promise<void> {
        const wanted: Partial<Record<keyof SystemParameters, string>> = {
          'database.uuid': randomUUID(),
          'database.create_date': formatDatetime(new Date()),
          'web.base.url': 'http://localhost:8069',
        }
        const known = await parameters(this.env)
        const missing = Object.entries(wanted).filter(([key]) => !known.has(key))
        await this.create(missing.map(([key, value]) => ({ key, value })))
      }
    },
)

IrConfigParameter.callable('get_param', {
  on: 'model',
  readonly: true,
  params: { key: { type: 'string' }, default: { default: null } },
}).callable('set_param', {
  on: 'model',
  params: { key: { type: 'string' }, value: { type: ['string', 'number', 'boolean', 'null'] } },
})

/** All parameters by key; read once per process, and again while the transaction itself has changed some. */
async function parameters(env: Env): Promise<ReadonlyMap<string, string>> {
  const read = async (): Promise<ReadonlyMap<string, string>> => {
    const all = await env.sudo('parameters are read for all users at once')['ir.config_parameter'].search([])
    return new Map((await all.load(['key', 'value'])).map((one) => [one.key, one.value]))
  }
  return env.caches.get('parameters', 'all', read)
}

export interface IrConfigParameter extends RecordsOf<typeof IrConfigParameter> {}
declare module '#core' {
  interface Models {
    'ir.config_parameter': { fields: IrConfigParameterFields; records: IrConfigParameter }
  }
}
