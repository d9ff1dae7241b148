import { MODIFIERS, type Modifiers } from './modifiers.ts'
import { attr, type XmlElement } from './node.ts'

const CONSTANTS: Readonly<Record<string, boolean>> = {
  '1': true,
  True: true,
  true: true,
  '0': false,
  False: false,
  false: false,
  '': false,
}

/** The modifiers that a node states. */
export function modifiersOf(node: XmlElement): Modifiers {
  const modifiers: Modifiers = {}
  for (const name of MODIFIERS) {
    const text = attr(node, name)
    if (text !== null) modifiers[name] = CONSTANTS[text.trim()] ?? text
  }
  return modifiers
}
