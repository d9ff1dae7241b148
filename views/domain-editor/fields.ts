import { callMethod } from '../client/rpc.ts'

/** What the editor knows of a field. */
export interface EditedField {
  readonly string: string
  readonly type: string
  readonly relation?: string
  readonly selection?: readonly (readonly [key: string, label: string])[]
  readonly searchable?: boolean
}

export type EditedFields = Readonly<Record<string, EditedField>>

const known = new Map<string, Promise<EditedFields>>()

/** The fields of a model that can be searched, by label; asked for once. */
export function fieldsOf(model: string): Promise<EditedFields> {
  let fields = known.get(model)
  if (!fields) {
    fields = callMethod<EditedFields>(model, 'fields_get', [], {
      attributes: ['string', 'type', 'relation', 'selection', 'searchable'],
    }).then((all) =>
      Object.fromEntries(
        Object.entries(all)
          .filter(([, { searchable, type }]) => searchable !== false && !['properties', 'json'].includes(type))
          .toSorted(([, a], [, b]) => a.string.localeCompare(b.string)),
      ),
    )
    known.set(model, fields)
    fields.catch(() => known.delete(model))
  }
  return fields
}

/** The field at the end of a path and the models on the way, as far as they are known. */
export async function follow(
  model: string,
  path: string,
): Promise<{
  readonly steps: readonly { readonly name: string; readonly fields: EditedFields }[]
  readonly field: EditedField | undefined
}> {
  const steps: { name: string; fields: EditedFields }[] = []
  let at: string | undefined = model
  let field: EditedField | undefined
  for (const name of path.split('.')) {
    if (!at) return { steps, field: undefined }
    const fields: EditedFields = await fieldsOf(at)
    steps.push({ name, fields })
    field = fields[name]
    at = field?.relation
  }
  return { steps, field }
}
