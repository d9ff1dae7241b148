import type { FieldInfo } from '../../../core/fields/info.ts'
import type { Env } from '../../../core/orm/env.ts'
import { mayUseField } from '../../../core/security/access.ts'
import { labelIn } from '../../../core/wire/labels.ts'
import { translator } from '../../../views/translate.ts'

/** One line of the tree of fields that can be exported, as clients of `/web/export/get_fields` know it. */
export interface ExportField {
  /** The path that names it among all. */
  readonly id: string
  /** The labels along the path. */
  readonly string: string
  /** The column that is exported when it is chosen. */
  readonly value: string
  /** Whether it leads to fields of another model. */
  readonly children: boolean
  readonly field_type: string
  readonly required: boolean
  readonly relation_field: string | false
  readonly default_export: boolean
  /** What to ask with for its children. */
  readonly params?: {
    readonly model: string
    readonly prefix: string
    readonly name: string
    readonly parent_field: { readonly type: string; readonly name: string; readonly relation_field?: string }
  }
}

/** Whose fields are asked for. */
export interface FieldQuestion {
  readonly model: string
  readonly prefix?: string
  readonly parent_name?: string
  readonly import_compat?: boolean
  readonly parent_field_type?: string | null
  readonly parent_field?: { readonly type?: string; readonly relation_field?: string } | null
  readonly exclude?: readonly string[] | null
}

/** Relations are followed to here. */
const DEEPEST = 3
const FOUND = 60
const UNREADABLE = new Set(['binary', 'properties', 'properties_definition', 'json'])

/** Fields of a model that the user may export, by their labels. */
export function exportFields(env: Env, asked: FieldQuestion): ExportField[] {
  const { model, prefix = '', parent_name: parentName = '', import_compat: isCompatible = true } = asked
  const parentType = asked.parent_field_type ?? asked.parent_field?.type ?? null
  const info = env.registry.get(model)
  const { id: _id, ...own } = Object.fromEntries(info.fields)
  const named = isCompatible && (parentType === 'many2one' || parentType === 'many2many')
  const hidden = new Set([...(asked.exclude ?? []), asked.parent_field?.relation_field ?? ''])
  const fields = named
    ? []
    : Object.values(own).filter((field) => isOffered(env, field, isCompatible) && !hidden.has(field.name))
  const labelled = fields
    .map((field) => ({ field, label: labelIn(env, field, field.label) }))
    .toSorted((a, b) => a.label.localeCompare(b.label, env.lang.replace('_', '-')))
  const under = (label: string): string => (parentName ? `${parentName}/${label}` : label)
  const at = (name: string): string => (prefix ? `${prefix}/${name}` : name)
  const externalId: ExportField = {
    id: at('id'),
    string: under(translator(env.lang)('External ID')),
    value: at('id'),
    children: false,
    field_type: 'char',
    required: false,
    relation_field: false,
    default_export: isCompatible && prefix === '',
  }
  return [externalId, ...labelled.map(({ field, label }) => line(field, at(field.name), under(label), isCompatible))]
}

function isOffered(env: Env, field: FieldInfo, isCompatible: boolean): boolean {
  if (field.options.exportable === false || UNREADABLE.has(field.type) || !mayUseField(env, field)) return false
  if (field.comodel && !env.registry.has(field.comodel)) return false
  // what cannot be written would be refused, or lost, when the file is imported
  return (
    !isCompatible || (!field.readonly && (field.computes.length === 0 || field.editable || field.inverseOf !== null))
  )
}

function line(field: FieldInfo, id: string, string: string, isCompatible: boolean): ExportField {
  const children = field.comodel !== null && id.split('/').length < DEEPEST
  const isNamed = isCompatible && (field.type === 'many2one' || field.type === 'many2many')
  return {
    id,
    string,
    value: isNamed ? `${id}/id` : id,
    children,
    field_type: field.type,
    required: field.required,
    relation_field: field.inverse ?? false,
    default_export: isCompatible && field.required && field.default === undefined,
    ...(children
      ? {
          params: {
            model: field.comodel as string,
            prefix: id,
            name: string,
            parent_field: {
              type: field.type,
              name: field.name,
              ...(field.inverse ? { relation_field: field.inverse } : {}),
            },
          },
        }
      : {}),
  }
}

/** Fields in whose label or name a text occurs, through relations; those with the shortest way first. */
export function searchExportFields(env: Env, model: string, text: string, isCompatible: boolean): ExportField[] {
  const wanted = text.trim().toLowerCase()
  const found: ExportField[] = []
  let level: readonly FieldQuestion[] = [{ model, import_compat: isCompatible }]
  while (level.length > 0 && found.length < FOUND) {
    const lines = level.flatMap((question) => exportFields(env, question))
    found.push(
      ...lines.filter(({ id, string }) =>
        [string, id].some((one) => one.split('/').at(-1)?.toLowerCase().includes(wanted)),
      ),
    )
    level = lines.flatMap(({ params }) =>
      params
        ? {
            model: params.model,
            prefix: params.prefix,
            parent_name: params.name,
            parent_field: params.parent_field,
            import_compat: isCompatible,
          }
        : [],
    )
  }
  return found.slice(0, FOUND)
}

/** The labels of columns, for whoever has only their paths; those that are no more are left out. */
export function columnLabels(env: Env, model: string, paths: readonly string[]): { name: string; label: string }[] {
  return paths.flatMap((path) => {
    const labels: string[] = []
    let info = env.registry.get(model)
    for (const [i, name] of path.split('/').entries()) {
      if (name === 'id' || name === '.id')
        labels.push(translator(env.lang)(name === 'id' ? 'External ID' : 'Database ID'))
      else {
        const field = info.fields.get(name)
        if (!field || !mayUseField(env, field)) return []
        labels.push(labelIn(env, field, field.label))
        const isLast = i === path.split('/').length - 1
        if (!isLast && !field.comodel) return []
        if (field.comodel) info = env.registry.get(field.comodel)
      }
    }
    return [{ name: path, label: labels.join('/') }]
  })
}
