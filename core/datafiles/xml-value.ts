import { suggest } from '../expr/suggest.ts'
import { DATA_SYNTAX } from './errors.ts'
import type { Content } from './steps.ts'
import type { XmlNode } from './xml-node.ts'

const TYPES = ['char', 'int', 'float', 'list', 'tuple', 'html', 'xml', 'base64', 'file']

/**
 * How a `<field>` or `<value>` states its value: by `ref`, `eval`, `search`, `file`, a `type`, or as plain text.
 * @throws DATA_SYNTAX when it states two at once, or a type that does not exist
 */
export function readContent(node: XmlNode): Content {
  const sources = ['ref', 'eval', 'search', 'file'].filter((name) => node.attribute(name) !== null)
  const [source, other] = sources
  if (other !== undefined) throw new DATA_SYNTAX(node.place, `'${source}' and '${other}' contradict each other`)
  if (source === undefined) return readTyped(node)
  node.children([])
  const model = node.attribute('model')
  if (source === 'ref') return { form: 'ref', id: node.required('ref') }
  if (source === 'eval') return { form: 'eval', source: node.required('eval'), model }
  if (source === 'search') {
    return { form: 'search', domain: node.required('search'), model, use: node.attribute('use') ?? 'id' }
  }
  return { form: 'content', file: node.required('file'), base64: node.attribute('type') === 'base64' }
}

function readTyped(node: XmlNode): Content {
  const type = node.attribute('type')
  switch (type) {
    case null:
      return { form: 'text', text: node.text() }
    case 'char':
    case 'int':
    case 'float':
    case 'file':
      return { form: 'typed', type, text: node.text() }
    case 'base64':
      return { form: 'text', text: node.text().trim() }
    case 'xml':
    case 'html':
      return { form: 'markup', text: node.markup(type === 'html'), line: node.firstLine }
    case 'list':
    case 'tuple':
      return { form: 'list', items: node.children(['value']).map(readValue) }
    default:
      throw new DATA_SYNTAX(node.place, `there is no type '${type}'`, suggest(type, TYPES))
  }
}

/** A `<value>`: an item of a list, or an argument of a function. */
export function readValue(node: XmlNode): Content {
  return readContent(node.allow(['ref', 'eval', 'search', 'model', 'type', 'use', 'file']))
}
