import { field, model, type Env, type RecordsOf } from '#core'
import type { Context } from '#core/orm/models.ts'
import { IrModelData } from '#addons/base/models/ir_model_data.ts'
import { ResLang } from '#addons/base/models/res_lang.ts'
import { type DialectName, layersEnv } from '#test/env.ts'
import { library } from '#test/models/library.ts'

/** What a file may hold beside the library's books: texts by language, and names that are found in a way of their own. */
export class PrizeFields {
  name = field.char({ required: true, translate: true })
  code = field.char()
  note = field.html({ translate: true })
  amount = field.integer()
  facts = field.json()
  winner = field.reference()
  book_id = field.many2one('lib.book')
}

export const Prize = model(
  'lib.prize',
  PrizeFields,
  { description: 'Prize', order: 'name, id' },
  (Base) =>
    class extends Base {
      override async _name_domain(operator: string, text: unknown): Promise<readonly unknown[]> {
        return ['|', ['name', operator, text], ['code', operator, text]]
      }
    },
)

export class ShelfFields {
  name = field.char({ required: true })
  prize_id = field.many2one('lib.prize')
  prize_name = field.char({ readonly: false })
}

export const Shelf = model('lib.shelf', ShelfFields, { description: 'Shelf' }, (Base) => class extends Base {})

Shelf.related('prize_name', 'prize_id.name')

const base = { addon: 'base', models: [IrModelData, ResLang] as never }
const prizes = { addon: 'prizes', models: [Prize, Shelf] as never }

/** An environment on the library, with external ids and the languages English and French. */
export async function libraryEnv(
  t: { teardown(work: () => unknown): unknown },
  dialect: DialectName,
  context: Context = {},
): Promise<Env> {
  const env = await layersEnv(t, [base, library, prizes], dialect)
  await env['res.lang'].create([
    { name: 'English', code: 'en_US', active: true },
    { name: 'French', code: 'fr_FR', active: true },
    { name: 'German', code: 'de_DE', active: false },
  ])
  env.registry.caches.clear(['lang'])
  return env.with({ context })
}

/** Gives a record an external id `test.<name>`. */
export async function named(env: Env, name: string, modelName: string, id: number, noupdate = false): Promise<void> {
  await env['ir.model.data'].create([{ module: 'test', name, model: modelName, res_id: id, noupdate }])
}

export interface Prize extends RecordsOf<typeof Prize> {}
export interface Shelf extends RecordsOf<typeof Shelf> {}
declare module '#core' {
  interface Models {
    'lib.prize': { fields: PrizeFields; records: Prize }
    'lib.shelf': { fields: ShelfFields; records: Shelf }
  }
}
