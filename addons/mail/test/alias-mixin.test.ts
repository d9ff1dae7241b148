import t from 'tap'
import { field, model, type Env, type RecordsOf, type Values } from '#core'
import type { AddonLayers } from '#core/orm/setup/layers.ts'
import { baseRuntime } from '#addons/base/test/base-env.ts'
import { DIALECTS } from '#test/env.ts'
import { models } from '../index.ts'
import { MailAliasMixin, type MailAliasMixinFields } from '../models/mail_alias_mixin.ts'

class TeamFields {
  name = field.char()
}
interface TeamFields extends MailAliasMixinFields {}
const Team = model(
  'x.team',
  TeamFields,
  { inherit: [MailAliasMixin] },
  (Base) =>
    class extends Base {
      override async _alias_get_creation_values(): Promise<Values<'mail.alias'>> {
        const values = await super._alias_get_creation_values()
        const [partner] = (await this.env.sudo('test')['ir.model'].search([['model', '=', 'res.partner']])).ids
        const [id] = this.ids
        return {
          ...values,
          alias_model_id: partner ?? 0,
          ...(id === undefined ? {} : { alias_defaults: `{'color': ${id}}` }),
        }
      }
    },
)
interface Team extends RecordsOf<typeof Team> {}
declare module '#core' {
  interface Models {
    'x.team': { fields: TeamFields; records: Team }
  }
}

const layers: AddonLayers[] = [
  { addon: 'mail', models },
  { addon: 'x', models: [Team] },
]

for (const dialect of DIALECTS) {
  t.test(`${dialect}: a record with an address has an alias that knows it, and takes it along`, async (t) => {
    const runtime = await baseRuntime(t, dialect, layers)
    const call = <T>(work: (env: Env) => Promise<T>): Promise<T> => runtime.call({ uid: 1, su: true }, 'write', work)
    await call(async (env) => {
      await env['ir.model']._reflect([...env.registry.models()] as never)
      await env['mail.alias.domain'].create([{ name: 'own.test' }])
      const team = await env['x.team'].create([{ name: 'Sales', alias_name: 'Sales' }])
      const [id] = team.ids
      const read = () =>
        team.load([
          'alias_name',
          'alias_full_name',
          'alias_id.alias_defaults',
          'alias_id.alias_model_id.model',
          'alias_id.alias_parent_thread_id',
        ])
      t.match(await read(), [
        {
          alias_name: 'sales',
          alias_full_name: 'sales@own.test',
          alias_id: {
            alias_defaults: `{'color': ${id}}`,
            alias_model_id: { model: 'res.partner' },
            alias_parent_thread_id: id,
          },
        },
      ])
      await team.write({ name: 'Sellers', alias_name: 'sellers' })
      t.match(await read(), [{ alias_full_name: 'sellers@own.test' }])
      await team.unlink()
      t.equal(await env['mail.alias'].search_count([]), 0)
    })
  })
}
