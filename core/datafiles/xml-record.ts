import { DATA_SYNTAX } from './errors.ts'
import type { DeleteStep, FieldStep, RecordStep, Surroundings } from './steps.ts'
import type { XmlNode } from './xml-node.ts'
import { readContent } from './xml-value.ts'

/** `<record id model forcecreate context>` with its fields. */
export function readRecord(node: XmlNode, { noupdate, context }: Surroundings): RecordStep {
  node.allow(['id', 'model', 'forcecreate', 'context'])
  const fields = node.children(['field']).map((field) => readField(field, { noupdate, context }))
  refuseTwice(fields, node)
  return {
    kind: 'record',
    line: node.line,
    id: node.attribute('id') || null,
    model: node.required('model'),
    forcecreate: node.flag('forcecreate', true),
    noupdate,
    context: node.attribute('context') ?? context,
    fields,
  }
}

/** `<delete model id>` or `<delete model search>`. */
export function readDelete(node: XmlNode, { noupdate }: Surroundings): DeleteStep {
  node.allow(['model', 'id', 'search']).children([])
  const [id, search] = [node.attribute('id') || null, node.attribute('search') || null]
  if ((id === null) === (search === null)) throw new DATA_SYNTAX(node.place, "<delete> needs either 'id' or 'search'")
  return { kind: 'delete', line: node.line, model: node.required('model'), noupdate, id, search }
}

function readField(node: XmlNode, surroundings: Surroundings): FieldStep {
  node.allow(['name', 'ref', 'eval', 'search', 'model', 'type', 'use', 'file'])
  const name = node.required('name')
  const isRecords = node.element.getElementsByTagName('record').length > 0 && node.attribute('type') === null
  if (!isRecords) return { line: node.line, name, content: readContent(node) }
  const records = node.children(['record']).map((record) => readRecord(record, surroundings))
  return { line: node.line, name, content: { form: 'records', records } }
}

function refuseTwice(fields: readonly FieldStep[], node: XmlNode): void {
  const seen = new Set<string>()
  for (const { name, line } of fields) {
    if (seen.has(name)) throw new DATA_SYNTAX({ ...node.place, line, field: name }, 'the record sets the field twice')
    seen.add(name)
  }
}
