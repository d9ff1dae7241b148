import { DATA_SYNTAX } from './errors.ts'
import type { FunctionStep, Surroundings } from './steps.ts'
import type { XmlNode } from './xml-node.ts'
import { readValue } from './xml-value.ts'

/** `<function model name eval>`, or with a `<value>` for each argument. */
export function readFunction(node: XmlNode, { noupdate, context }: Surroundings): FunctionStep {
  node.allow(['model', 'name', 'eval', 'context'])
  const args = node.children(['value']).map(readValue)
  const source = node.attribute('eval')
  if (source !== null && args.length > 0) {
    throw new DATA_SYNTAX(node.place, "<function> takes its arguments from 'eval' or from <value>, not from both")
  }
  return {
    kind: 'function',
    line: node.line,
    model: node.required('model'),
    name: node.required('name'),
    noupdate,
    context: node.attribute('context') ?? context,
    eval: source,
    args,
  }
}
