import { DATA_SYNTAX } from './errors.ts'
import type { FieldStep, RecordStep, Surroundings } from './steps.ts'
import type { XmlNode } from './xml-node.ts'

const ATTRIBUTES = ['id', 'name', 'parent', 'action', 'sequence', 'groups', 'web_icon', 'active']

/** `<menuitem>`: a menu, and those inside it, each below the one around it. A menu without a name is called as its action. */
export function readMenu(node: XmlNode, surroundings: Surroundings, outer?: string): RecordStep[] {
  node.allow(ATTRIBUTES)
  const id = node.required('id')
  if (outer !== undefined && node.attribute('parent') !== null) {
    throw new DATA_SYNTAX(node.place, 'a menu inside another one has that as its parent: leave the attribute out')
  }
  const parent = outer ?? node.attribute('parent')
  const step: RecordStep = {
    kind: 'record',
    line: node.line,
    id,
    model: 'ir.ui.menu',
    forcecreate: true,
    noupdate: surroundings.noupdate,
    context: surroundings.context,
    fields: fieldsOf(node, parent),
  }
  return [step, ...node.children(['menuitem']).flatMap((child) => readMenu(child, surroundings, id))]
}

function fieldsOf(node: XmlNode, parent: string | null): FieldStep[] {
  const { line } = node
  const fields: FieldStep[] = []
  const text = (name: string, value: string | null): void =>
    void (value !== null && fields.push({ line, name, content: { form: 'text', text: value } }))
  text('name', node.attribute('name') ?? (node.attribute('action') === null ? node.required('name') : null))
  if (parent) fields.push({ line, name: 'parent_id', content: { form: 'ref', id: parent } })
  const action = node.attribute('action')
  if (action !== null) fields.push({ line, name: 'action', content: { form: 'ref', id: action } })
  text('sequence', node.attribute('sequence'))
  text('web_icon', node.attribute('web_icon'))
  if (node.attribute('active') !== null)
    fields.push({
      line,
      name: 'active',
      content: { form: 'eval', source: node.flag('active', true) ? 'True' : 'False', model: null },
    })
  const groups = (node.attribute('groups') ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
  if (groups.length > 0) fields.push({ line, name: 'groups_id', content: { form: 'refs', ids: groups } })
  return fields
}
