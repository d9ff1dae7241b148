import { parseXml } from '../tools/xml.ts'
import { DATA_ELEMENT } from './errors.ts'
import type { Step, Surroundings } from './steps.ts'
import { readMenu } from './xml-menu.ts'
import { readFunction } from './xml-function.ts'
import { XmlNode } from './xml-node.ts'
import { readDelete, readRecord } from './xml-record.ts'

const STEPS = ['record', 'function', 'delete', 'menuitem'] as const

/**
 * The steps of an XML data file, in order: `<odoo>` with `<record>`, `<function>`, `<delete>` and
 * `<menuitem>`, which may stand in
 * `<data noupdate="1">`. `noupdate` is what holds where the file says nothing.
 * @throws XML_MALFORMED, DATA_ELEMENT, DATA_SYNTAX naming file and line
 */
export function readXmlFile(text: string, file: string, noupdate = false): Step[] {
  const element = parseXml(text, file).documentElement
  if (element?.tagName !== 'odoo') {
    throw new DATA_ELEMENT({ file, line: 1 }, element?.tagName ?? 'nothing', 'odoo')
  }
  return readGroup(new XmlNode(element, file), { noupdate, context: null })
}

function readGroup(group: XmlNode, outer: Surroundings): Step[] {
  group.allow(['noupdate', 'context'])
  const inner = {
    noupdate: group.flag('noupdate', outer.noupdate),
    context: group.attribute('context') ?? outer.context,
  }
  const names = group.name === 'odoo' ? ['data', ...STEPS] : STEPS
  return group
    .children(names)
    .flatMap((node) => (node.name === 'data' ? readGroup(node, inner) : readStep(node, inner)))
}

function readStep(node: XmlNode, surroundings: Surroundings): Step[] {
  if (node.name === 'record') return [readRecord(node, surroundings)]
  if (node.name === 'menuitem') return readMenu(node, surroundings)
  return [node.name === 'delete' ? readDelete(node, surroundings) : readFunction(node, surroundings)]
}
