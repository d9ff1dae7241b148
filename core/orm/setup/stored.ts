import type { AnyOptions } from '../../fields/field.ts'
import type { Connection, Row } from '../../sql/connection.ts'
import { sql } from '../../sql/fragment.ts'
import { ModelDef, type AnyModelDef } from '../model.ts'
import type { Registry } from '../registry.ts'
import { MANUAL } from './fields.ts'
import type { AddonLayers } from './layers.ts'

/** Refreshes the numbers of decimals that fields refer to by name. */
export async function readDigits(registry: Registry, connection: Connection): Promise<void> {
  if (!registry.has('decimal.precision')) return
  const rows = await connection.rows<{ name: string; digits: number }>(sql`SELECT name, digits FROM decimal_precision`)
  registry.digits.clear()
  for (const row of rows) registry.digits.set(row.name, row.digits)
}

interface ManualField extends Row {
  model: string
  name: string
  ttype: string
  label: string | null
  help: string | null
  relation: string | null
  relation_field: string | null
  relation_table: string | null
  column1: string | null
  column2: string | null
  on_delete: string | null
  required: unknown
  readonly: unknown
  index: unknown
  copied: unknown
  translate: unknown
  size: number | null
  related: string | null
  currency_field: string | null
}

const isTrue = (value: unknown): boolean => value === true || value === 1

/** Models and fields that people declared (`x_…`), as one more layer above the addons; `undefined` when there are none. */
export async function readManualLayers(registry: Registry, connection: Connection): Promise<AddonLayers | undefined> {
  if (!registry.has('ir.model')) return undefined
  const models = await connection.rows<{ model: string; name: string; order: string | null }>(sql`
    SELECT model, name ->> 'en_US' AS name, "order" FROM ir_model WHERE state = 'manual' ORDER BY id`)
  const fields = await connection.rows<ManualField>(sql`
    SELECT m.model, f.name, f.ttype, f.field_description ->> 'en_US' AS label, f.help ->> 'en_US' AS help, f.relation, f.relation_field,
      f.relation_table, f.column1, f.column2, f.on_delete, f.required, f.readonly, f."index", f.copied, f.translate, f.size, f.related,
      f.currency_field
    FROM ir_model_fields f JOIN ir_model m ON m.id = f.model_id WHERE f.state = 'manual' ORDER BY f.id`)
  if (models.length + fields.length === 0) return undefined
  const selections = await connection.rows<{ model: string; field: string; value: string; label: string }>(sql`
    SELECT f.model, f.name AS field, s.value, s.name ->> 'en_US' AS label
    FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id WHERE f.state = 'manual' ORDER BY s.sequence, s.id`)
  const labelsOf = (field: ManualField): Record<string, string> =>
    Object.fromEntries(
      selections
        .filter((one) => one.model === field.model && one.field === field.name)
        .map((one) => [one.value, one.label]),
    )
  const names = new Set([...models.map(({ model }) => model), ...fields.map(({ model }) => model)])
  const defs = [...names].map((name) => {
    const declared = models.find(({ model }) => model === name)
    return manualDef(
      name,
      declared,
      fields.filter(({ model }) => model === name),
      labelsOf,
    )
  })
  return { addon: MANUAL, models: defs }
}

function manualDef(
  name: string,
  declared: { name: string; order: string | null } | undefined,
  fields: readonly ManualField[],
  labelsOf: (field: ManualField) => Record<string, string>,
): AnyModelDef {
  class ManualFields {
    constructor() {
      for (const field of fields) Object.assign(this, { [field.name]: definition(field, labelsOf(field)) })
    }
  }
  const spec = declared ? { description: declared.name, ...(declared.order ? { order: declared.order } : {}) } : {}
  const def = new ModelDef(
    name as never,
    ManualFields,
    spec,
    ((Base: never) => Base) as never,
    declared ? 'model' : 'extension',
  )
  for (const field of fields) if (field.related) def.relateds.push({ field: field.name, path: field.related })
  return def as AnyModelDef
}

function definition(field: ManualField, labels: Record<string, string>): object {
  const options: AnyOptions = {
    ...(field.label ? { string: field.label } : {}),
    ...(field.help ? { help: field.help } : {}),
    ...(field.ttype === 'many2one' && field.on_delete ? { ondelete: field.on_delete as 'restrict' } : {}),
    ...(field.relation_table ? { relation: field.relation_table } : {}),
    ...(field.column1 ? { column1: field.column1 } : {}),
    ...(field.column2 ? { column2: field.column2 } : {}),
    ...(field.size ? { size: field.size } : {}),
    ...(field.currency_field ? { currencyField: field.currency_field } : {}),
    required: isTrue(field.required),
    readonly: isTrue(field.readonly),
    index: isTrue(field.index),
    copy: isTrue(field.copied),
    translate: isTrue(field.translate),
  }
  return {
    type: field.ttype,
    options,
    ...(field.relation ? { comodel: field.relation } : {}),
    ...(field.relation_field ? { inverse: field.relation_field } : {}),
    ...(field.ttype === 'selection' ? { labels } : {}),
  }
}
