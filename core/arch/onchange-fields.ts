import type { ModelInfo } from '../orm/model-info.ts'

const known = new WeakMap<ModelInfo, ReadonlySet<string>>()

/** The fields of a model whose change may bring others along: a form asks the server only about these. */
export function onchangeFields(info: ModelInfo): ReadonlySet<string> {
  let fields = known.get(info)
  if (!fields) {
    const found = new Set(info.onchanges.flatMap((statement) => statement.fields))
    for (const field of info.fields.values()) {
      for (const { depends } of field.computes) for (const path of depends) found.add(path.split('.')[0] ?? path)
      if (field.related?.[0] !== undefined) found.add(field.related[0])
    }
    fields = found
    known.set(info, fields)
  }
  return fields
}
