import type { FieldInfo } from '../fields/info.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { mayUseField } from '../security/access.ts'
import { labelIn } from './labels.ts'

/** Describes fields for clients: name -> attributes. Fields that the user may not see are left out. */
export async function fieldsGet(
  env: Env,
  info: ModelInfo,
  names: readonly string[] | undefined,
  attributes: readonly string[] | undefined,
): Promise<Record<string, Record<string, unknown>>> {
  const described: Record<string, Record<string, unknown>> = {}
  for (const name of names ?? info.fields.keys()) {
    const field = info.fields.get(name)
    if (!field || !mayUseField(env, field)) continue
    const all = await describe(env, field)
    described[name] = attributes
      ? Object.fromEntries(Object.entries(all).filter(([key]) => attributes.includes(key)))
      : all
  }
  return described
}

async function describe(env: Env, field: FieldInfo): Promise<Record<string, unknown>> {
  const { options } = field
  const described: Record<string, unknown> = {
    name: field.name,
    type: field.type,
    string: labelIn(env, field, field.label),
    required: field.required,
    readonly: field.readonly,
    store: field.stored,
    searchable: field.searchable,
    sortable: field.sortable || isSortedThrough(env, field),
    groupable: field.groupable,
    manual: field.manual,
    company_dependent: field.companyDependent,
    exportable: options.exportable ?? true,
    depends: field.computes.flatMap((statement) => statement.depends),
    default_export_compatible: false,
  }
  if (field.help) described['help'] = labelIn(env, field, field.help)
  if (field.related) described['related'] = field.related.join('.')
  if (field.groups) described['groups'] = field.groups
  if (field.aggregator) described['aggregator'] = field.aggregator
  if (field.kind.text)
    Object.assign(described, {
      translate: field.translate,
      trim: options.trim ?? true,
      ...(options.size ? { size: options.size } : {}),
    })
  if (field.type === 'float') described['digits'] = field.digits === null ? false : [16, field.digits]
  if (field.currencyField) described['currency_field'] = field.currencyField
  if (field.type === 'html') Object.assign(described, { sanitize: options.sanitize ?? true })
  if (field.comodel) {
    Object.assign(described, { relation: field.comodel, domain: options.domain ?? [], context: options.context ?? {} })
    if (field.inverse) described['relation_field'] = field.inverse
  }
  if (field.type === 'many2one_reference') described['model_field'] = options.modelField
  if (field.type === 'properties') described['definition_record'] = options.definition?.split('.')[0]
  if (field.type === 'selection' || (field.type === 'reference' && field.selection))
    described['selection'] = await selectionOf(env, field)
  return described
}

function isSortedThrough(env: Env, field: FieldInfo): boolean {
  if (!field.inherited || !field.related) return false
  const through = env.registry.get(field.model).fields.get(field.related[0] as string)
  return env.registry.get(through?.comodel as string).fields.get(field.related[1] as string)?.sortable ?? false
}

/** The values of a selection with their labels in the user's language. */
export async function selectionOf(env: Env, field: FieldInfo): Promise<[string, string][]> {
  const labels = typeof field.selection === 'function' ? await field.selection(env) : (field.selection ?? {})
  return Object.entries(labels).map(([value, label]) => [value, labelIn(env, field, label)])
}
