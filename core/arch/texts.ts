import { childElements, type XmlElement } from '../tools/xml.ts'

/** Attributes that people read. */
const TEXTS: readonly string[] = [
  'string',
  'placeholder',
  'help',
  'confirm',
  'confirm-title',
  'confirm-label',
  'cancel-label',
  'title',
  'alt',
  'aria-label',
  'data-tooltip',
  'sum',
  'avg',
  'text',
]

/** Puts another text in place of each that people read on the node itself: in attributes and between its tags. */
export function replaceTexts(node: XmlElement, replacement: (text: string) => string): void {
  for (const name of TEXTS) {
    const text = node.getAttribute(name)
    if (text) node.setAttribute(name, replacement(text))
  }
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.nodeType !== child.TEXT_NODE) continue
    const text = child.nodeValue ?? ''
    const trimmed = text.trim()
    if (trimmed) child.nodeValue = text.replace(trimmed, () => replacement(trimmed))
  }
}

/** The texts that people read in an arch, or in the changes that an extension makes to one. */
export function textsIn(root: XmlElement): string[] {
  const found: string[] = []
  const collect = (node: XmlElement): void => {
    const isSetting = node.nodeName === 'attribute'
    // what `<attribute name="invisible">` holds is no text
    if (!isSetting || TEXTS.includes(node.getAttribute('name') ?? ''))
      replaceTexts(node, (text) => {
        found.push(text)
        return text
      })
    for (const child of childElements(node)) collect(child)
  }
  collect(root)
  return found
}
