import { childElements, type XmlElement } from '../tools/xml.ts'

/** What may stand directly in a node, where not everything may. */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  list: ['field', 'button', 'control', 'groupby', 'widget', 'header'],
  graph: ['field'],
  pivot: ['field'],
  search: ['field', 'filter', 'separator', 'group', 'searchpanel', 'label', 'newline'],
}

const SPECIAL = ['cancel', 'save', 'add'] as const

/** What is wrong with a node where it stands, whatever its model. */
export function misplaced(node: XmlElement): string[] {
  const found: string[] = []
  const allowed = CONTENT[node.nodeName]
  if (allowed) {
    for (const { nodeName } of childElements(node))
      if (!allowed.includes(nodeName)) found.push(`<${nodeName}> cannot stand in it, only ${allowed.join(', ')} can`)
  }
  if (node.nodeName === 'page' && node.parentNode?.nodeName !== 'notebook')
    found.push('it must stand directly in a <notebook>')
  if (node.nodeName === 'search' && childElements(node).filter(({ nodeName }) => nodeName === 'searchpanel').length > 1)
    found.push('it can have one <searchpanel> only')
  if (node.nodeName === 'calendar' && !node.getAttribute('date_start'))
    found.push('it must say by which field with date_start')
  const special = node.nodeName === 'button' ? node.getAttribute('special') : null
  if (special && !(SPECIAL as readonly string[]).includes(special))
    found.push(`there is no special '${special}', only ${SPECIAL.join(', ')}`)
  return found
}

/** The XPath of a node: by name where it has one, else by its place among those of its tag. */
export function pathOf(node: XmlElement): string {
  const steps: string[] = []
  for (
    let current: XmlElement | null = node;
    current;
    current = current.parentNode?.nodeType === 1 ? (current.parentNode as XmlElement) : null
  )
    steps.unshift(stepOf(current))
  return `/${steps.join('/')}`
}

function stepOf(node: XmlElement): string {
  if (node.parentNode?.nodeType !== 1) return node.nodeName
  const alike = childElements(node.parentNode).filter(({ nodeName }) => nodeName === node.nodeName)
  if (alike.length === 1) return node.nodeName
  const name = node.getAttribute('name')
  if (name && !name.includes("'") && alike.filter((one) => one.getAttribute('name') === name).length === 1)
    return `${node.nodeName}[@name='${name}']`
  return `${node.nodeName}[${alike.indexOf(node) + 1}]`
}

/** The names and ids of a view, which its labels may be for; views inside it have their own. */
export function namesIn(root: XmlElement, isNested: (node: XmlElement) => boolean): Set<string> {
  const found = new Set<string>()
  const collect = (node: XmlElement): void => {
    for (const attribute of ['name', 'id']) {
      const value = node.getAttribute(attribute)
      if (value) found.add(value)
    }
    for (const child of childElements(node)) if (!isNested(child)) collect(child)
  }
  collect(root)
  return found
}
