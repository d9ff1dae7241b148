import type { FieldInfo } from '../../fields/info.ts'
import type { ModelInfo } from '../model-info.ts'
import type { ComputeStatement } from '../statements.ts'

/** Gives `display_name` its base layer: the text of the field that names the record. */
export function addNameFields(info: ModelInfo): ModelInfo {
  const name = info.fields.get('display_name')
  if (!name || name.stored || name.related) return info
  const named = info.recName ? info.fields.get(info.recName) : undefined
  const base: ComputeStatement = named?.comodel
    ? {
        field: 'display_name',
        depends: [`${named.name}.display_name`],
        addon: 'base',
        run: (record) => textOf((record[named.name] as { display_name?: unknown } | null)?.display_name),
      }
    : named && named.name !== 'display_name'
      ? {
          field: 'display_name',
          depends: [named.name],
          addon: 'base',
          run: (record) => textOf(labelled(named, record[named.name])),
        }
      : { field: 'display_name', depends: [], addon: 'base', run: (record) => `${info.name},${record.id}` }
  const field: FieldInfo = { ...name, computes: [base, ...name.computes], searchable: true }
  return { ...info, fields: new Map([...info.fields, ['display_name', field]]) }
}

function textOf(value: unknown): string {
  return value === null || value === undefined || value === false ? '' : String(value)
}

/** A selection is named by its label. */
function labelled(field: FieldInfo, value: unknown): unknown {
  const labels = field.selection
  return labels && typeof labels !== 'function' && typeof value === 'string' ? (labels[value] ?? value) : value
}
