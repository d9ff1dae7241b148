import { children, type Node } from '../expr/nodes.ts'
import { names } from '../expr/names.ts'
import { parse, type Expression } from '../expr/parse.ts'
import type { XmlElement } from '../tools/xml.ts'

/** What expressions of views may use that is no field of the record. */
const KNOWN: ReadonlySet<string> = new Set([
  'True',
  'False',
  'None',
  'true',
  'false',
  'null',
  'uid',
  'context',
  'parent',
  'active_id',
  'active_ids',
  'active_model',
  'allowed_company_ids',
  'current_company_id',
  'companies',
  'current_date',
  'today',
  'now',
  'time',
  'datetime',
  'relativedelta',
  'context_today',
  'id',
  'self',
  'bool',
  'set',
  'str',
  'int',
  'float',
  'len',
  'list',
  'tuple',
  'dict',
  'abs',
  'min',
  'max',
  'round',
  'sorted',
  'any',
  'all',
  'sum',
  'ref',
  'user',
  'record',
  'value',
])

/** Attributes that hold expressions over the record. */
export const isModifier = (name: string): boolean =>
  ['invisible', 'readonly', 'required', 'column_invisible'].includes(name) || name.startsWith('decoration-')

/** The attributes of a node that are expressions over the fields of its record, with their texts. */
export function expressionsOf(node: XmlElement): [name: string, source: string][] {
  const found: [string, string][] = []
  for (const { name, value } of Array.from(node.attributes)) {
    if (value.trim() === '') continue
    if (isModifier(name)) found.push([name, value])
    else if (node.nodeName === 'field' && (name === 'domain' || name === 'context')) found.push([name, value])
    else if (node.nodeName === 'button' && name === 'context') found.push([name, value])
  }
  return found
}

/** Fields of the record, and of the record around it (`parent.…`), that an expression names. */
export interface NamedFields {
  readonly own: ReadonlySet<string>
  readonly parent: ReadonlySet<string>
}

/** @throws EXPR_SYNTAX */
export function namedFields(source: string): NamedFields {
  const expression = parse(source)
  return { own: new Set([...names(expression)].filter((name) => !KNOWN.has(name))), parent: parentFields(expression) }
}

function parentFields({ root }: Expression): Set<string> {
  const found = new Set<string>()
  const look = (node: Node): void => {
    if (node.kind === 'attribute' && node.of.kind === 'name' && node.of.name === 'parent') found.add(node.name)
    for (const child of children(node)) look(child)
  }
  look(root)
  return found
}
