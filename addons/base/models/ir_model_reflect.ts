import { chunk, groupBy, type Env, type RecordsOf, type Values } from '#core'
import { IrModel } from './ir_model.ts'

/** What is told of a field that code declares. */
export interface ReflectedField {
  readonly name: string
  readonly type: Values<'ir.model.fields'>['ttype'] & string
  readonly label: string
  readonly help: string | null
  readonly addons: readonly string[]
  readonly stored: boolean
  readonly required: boolean
  readonly readonly: boolean
  readonly copy: boolean
  readonly index: unknown
  readonly translate: boolean
  readonly companyDependent: boolean
  readonly manual: boolean
  readonly searchable: boolean
  readonly comodel: string | null
  readonly inverse: string | null
  readonly relation: { readonly table: string; readonly column1: string; readonly column2: string } | null
  readonly ondelete: 'cascade' | 'set null' | 'restrict'
  /** Values and labels; a function where they are known only at run time, and then they are not recorded. */
  readonly selection: Readonly<Record<string, string>> | ((env: Env) => unknown) | null
  readonly currencyField: string | null
  readonly related: readonly string[] | null
  readonly computes: readonly { readonly depends: readonly string[] }[]
  readonly options: { readonly size?: number; readonly tracking?: boolean | number; readonly domain?: string }
}

/** What is told of a model that code declares. A registry's models fit. */
export interface ReflectedModel {
  readonly name: string
  readonly description: string
  readonly kind: 'model' | 'abstract' | 'transient' | 'view'
  readonly order: readonly { readonly field: string; readonly descending: boolean }[]
  readonly addons: readonly string[]
  readonly manual: boolean
  readonly fields: ReadonlyMap<string, ReflectedField>
}

type Row = Record<string, unknown>
/** A row that should be there: what identifies it, what it holds, and the external ids that it should have. */
interface Wanted {
  readonly key: string
  readonly row: Row
  readonly xmlIds: readonly string[]
}

/** Rows that are created in one go. */
const BATCH = 1000

export const IrModelReflect = IrModel.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * Records the models that code declares in `ir.model`, `ir.model.fields` and `ir.model.fields.selection`, with the
       * external ids `module.model_…` and `module.field_…`. What is right already is left alone; fields of these models
       * that code declares no longer are deleted. Models and fields that people made are passed over.
       */
      async _reflect(models: readonly ReflectedModel[]): Promise<void> {
        const env = this.env
          .sudo('what code declares is recorded for all')
          .with({ context: { lang: null, active_test: false } })
        const declared = models.filter((one) => !one.manual)
        const modelIds = await reflectModels(env, declared)
        const fieldIds = await reflectFields(env, declared, modelIds)
        await reflectSelections(env, declared, fieldIds)
      }

      /** Deletes the records of models that code declared and declares no longer, with all that hangs on them. */
      async _forget(names: readonly string[]): Promise<void> {
        const env = this.env.sudo('what code declares is recorded for all')
        await (
          await env['ir.model'].search([
            ['model', 'in', names],
            ['state', '=', 'base'],
          ])
        ).unlink()
      }
    },
)

async function reflectModels(env: Env, models: readonly ReflectedModel[]): Promise<ReadonlyMap<string, number>> {
  const wanted = models.map((one): Wanted => ({
    key: one.name,
    row: {
      model: one.name,
      name: one.description,
      order: one.order.map(({ field, descending }) => (descending ? `${field} desc` : field)).join(', '),
      state: 'base',
      transient: one.kind === 'transient',
    },
    xmlIds: one.addons.map((addon) => `${addon}.model_${one.name.replaceAll('.', '_')}`),
  }))
  const found = await env.model('ir.model').search([['model', 'in', models.map((one) => one.name)]])
  const known = await found.load(['model', 'name', 'order', 'state', 'transient'])
  return settle(env, 'ir.model', wanted, new Map(known.map((one) => [String(one['model']), one])))
}

async function reflectFields(
  env: Env,
  models: readonly ReflectedModel[],
  modelIds: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, number>> {
  const wanted = models.flatMap((model) =>
    [...model.fields.values()]
      .filter((one) => !one.manual)
      .map((one): Wanted => ({
        key: `${model.name} ${one.name}`,
        row: { model: model.name, model_id: modelIds.get(model.name), ...fieldRow(one) },
        xmlIds: [...new Set(one.addons)].map(
          (addon) => `${addon}.field_${model.name.replaceAll('.', '_')}__${one.name}`,
        ),
      })),
  )
  const found = await env.model('ir.model.fields').search([
    ['model', 'in', models.map((one) => one.name)],
    ['state', '=', 'base'],
  ])
  const known = await found.load([
    'name',
    'model',
    'model_id',
    'field_description',
    'help',
    'ttype',
    'relation',
    'relation_field',
    'relation_table',
    'column1',
    'column2',
    'related',
    'depends',
    'required',
    'readonly',
    'index',
    'translate',
    'company_dependent',
    'size',
    'copied',
    'store',
    'selectable',
    'tracking',
    'on_delete',
    'domain',
    'currency_field',
    'state',
  ])
  const byKey = new Map(known.map((one) => [`${String(one['model'])} ${String(one['name'])}`, one]))
  const names = new Set(wanted.map((one) => one.key))
  const gone = [...byKey].filter(([key]) => !names.has(key)).map(([, one]) => one.id)
  if (gone.length > 0) await env.browse('ir.model.fields', gone).unlink()
  return settle(env, 'ir.model.fields', wanted, byKey)
}

function fieldRow(one: ReflectedField): Row {
  return {
    name: one.name,
    field_description: one.label,
    help: one.help,
    ttype: one.type,
    relation: one.comodel,
    relation_field: one.inverse,
    relation_table: one.relation?.table ?? null,
    column1: one.relation?.column1 ?? null,
    column2: one.relation?.column2 ?? null,
    related: one.related?.join('.') ?? null,
    depends: [...new Set(one.computes.flatMap((compute) => compute.depends))].join(', ') || null,
    required: one.required,
    readonly: one.readonly,
    index: Boolean(one.index),
    translate: one.translate,
    company_dependent: one.companyDependent,
    size: one.options.size ?? 0,
    copied: one.copy,
    store: one.stored,
    selectable: one.searchable,
    tracking: Number(one.options.tracking ?? 0),
    on_delete: one.type === 'many2one' ? one.ondelete : null,
    domain: typeof one.options.domain === 'string' ? one.options.domain : '[]',
    currency_field: one.currencyField,
    state: 'base',
  }
}

async function reflectSelections(
  env: Env,
  models: readonly ReflectedModel[],
  fieldIds: ReadonlyMap<string, number>,
): Promise<void> {
  const wanted = models.flatMap((model) =>
    [...model.fields.values()].flatMap((one) => {
      const fieldId = fieldIds.get(`${model.name} ${one.name}`)
      if (one.manual || one.selection === null || typeof one.selection === 'function' || fieldId === undefined)
        return []
      return Object.entries(one.selection).map(([value, label], sequence): Wanted => ({
        key: `${fieldId} ${value}`,
        row: { field_id: fieldId, value, name: label, sequence },
        xmlIds: [],
      }))
    }),
  )
  const ids = [...new Set(wanted.map((one) => Number(one.row['field_id'])))]
  const found = await env.model('ir.model.fields.selection').search([['field_id', 'in', ids]])
  const known = await found.load(['field_id', 'value', 'name', 'sequence'])
  const byKey = new Map(known.map((one) => [`${String(idOf(one['field_id']))} ${String(one['value'])}`, one]))
  const keys = new Set(wanted.map((one) => one.key))
  const gone = [...byKey].filter(([key]) => !keys.has(key)).map(([, one]) => one.id)
  if (gone.length > 0) await env.browse('ir.model.fields.selection', gone).unlink()
  await settle(env, 'ir.model.fields.selection', wanted, byKey)
}

/** Creates the rows that are missing, writes those that differ, and gives the id of each by its key. */
async function settle(
  env: Env,
  model: string,
  wanted: readonly Wanted[],
  known: ReadonlyMap<string, Row & { readonly id: number }>,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>()
  const missing: Wanted[] = []
  for (const one of wanted) {
    const there = known.get(one.key)
    if (!there) {
      missing.push(one)
      continue
    }
    ids.set(one.key, there.id)
    const changes = Object.entries(one.row).filter(([name, value]) => !same(there[name], value))
    if (changes.length > 0) await env.model(model, [there.id]).write(Object.fromEntries(changes))
  }
  for (const batch of chunk(missing, BATCH)) {
    const created = await env.model(model).create(batch.map((one) => one.row))
    for (const [i, one] of batch.entries()) ids.set(one.key, created.ids[i] ?? 0)
  }
  await nameRecords(env, model, wanted, ids)
  return ids
}

const same = (there: unknown, wanted: unknown): boolean => (idOf(there) ?? null) === (wanted ?? null)

/** The id of a record, anything else as it is. */
function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : value
}

/** Gives the records the external ids that they lack. */
async function nameRecords(
  env: Env,
  model: string,
  wanted: readonly Wanted[],
  ids: ReadonlyMap<string, number>,
): Promise<void> {
  const modules = [...new Set(wanted.flatMap((one) => one.xmlIds.map((name) => name.slice(0, name.indexOf('.')))))]
  if (modules.length === 0) return
  const known = await (
    await env['ir.model.data'].search([
      ['model', '=', model],
      ['module', 'in', modules],
    ])
  ).load(['module', 'name', 'res_id'])
  const there = new Map(known.map((one) => [`${one.module}.${one.name}`, one]))
  const missing = wanted
    .flatMap((one) => one.xmlIds.map((xmlId) => ({ xmlId, id: ids.get(one.key) ?? 0 })))
    .filter(({ xmlId, id }) => there.get(xmlId)?.res_id !== id)
  const [moved, fresh] = [
    missing.filter(({ xmlId }) => there.has(xmlId)),
    missing.filter(({ xmlId }) => !there.has(xmlId)),
  ]
  for (const [id, group] of groupBy(moved, (one) => one.id)) {
    await env
      .browse(
        'ir.model.data',
        group.flatMap(({ xmlId }) => there.get(xmlId)?.id ?? []),
      )
      .write({ res_id: id })
  }
  for (const batch of chunk(fresh, BATCH)) {
    await env['ir.model.data'].create(
      batch.map(({ xmlId, id }) => {
        const dot = xmlId.indexOf('.')
        return { module: xmlId.slice(0, dot), name: xmlId.slice(dot + 1), model, res_id: id }
      }),
    )
  }
}

declare module './ir_model.ts' {
  interface IrModel extends RecordsOf<typeof IrModelReflect> {}
}
