import type { XmlElement } from '../tools/xml.ts'

/** Attributes that hold conditions: parts that are added are joined by an operator. */
const CONDITIONS: ReadonlySet<string> = new Set(['invisible', 'readonly', 'required', 'column_invisible'])

const isCondition = (name: string): boolean => CONDITIONS.has(name) || name.startsWith('decoration-')

/**
 * Carries out one `<attribute>` on an element: sets it, removes it when it is empty, or with `add` and `remove` changes
 * parts of it, which `separator` (a comma by default) divides. Answers what is wrong with it, or nothing.
 */
export function changeAttribute(target: XmlElement, change: XmlElement): string | undefined {
  const name = change.getAttribute('name')
  if (!name) return '<attribute> has no name'
  const [add, remove] = [change.getAttribute('add'), change.getAttribute('remove')]
  if (!add && !remove) return set(target, name, change.textContent ?? '')
  if ((change.textContent ?? '').trim() !== '') return `<attribute name="${name}"> has both a value and add or remove`
  const before = target.getAttribute(name) ?? ''
  const separator = change.getAttribute('separator')
  if (isCondition(name))
    return changeCondition(target, name, { before, add, remove, separator: separator?.trim() ?? '' })
  const divided = separator ?? ','
  // A separator of white space divides at any white space, as classes are written.
  const parts =
    divided.trim() === ''
      ? before.split(/\s+/).filter(Boolean)
      : before
          .split(divided.trim())
          .map((part) => part.trim())
          .filter(Boolean)
  const split = (text: string | null): string[] =>
    (text ?? '')
      .split(divided.trim() === '' ? /\s+/ : divided.trim())
      .map((part) => part.trim())
      .filter(Boolean)
  const removed = new Set(split(remove))
  const kept = [...parts.filter((part) => !removed.has(part)), ...split(add)]
  return set(target, name, kept.join(divided.trim() === '' ? ' ' : divided))
}

interface ConditionChange {
  readonly before: string
  readonly add: string | null
  readonly remove: string | null
  readonly separator: string
}

/** Conditions are joined by `and` or `or`, each in brackets; the one to remove must stand there as it is written. */
function changeCondition(
  target: XmlElement,
  name: string,
  { before, add, remove, separator }: ConditionChange,
): string | undefined {
  if (separator !== 'and' && separator !== 'or')
    return `conditions of '${name}' are joined by separator="and" or separator="or", not '${separator}'`
  let value = before.trim()
  if (remove) {
    const written = remove.trim()
    const joined = [
      `(${written}) ${separator} `,
      ` ${separator} (${written})`,
      `${written} ${separator} `,
      ` ${separator} ${written}`,
    ]
    const found = joined.find((part) => value.includes(part))
    if (found !== undefined) value = value.replace(found, '')
    else if (value === written || value === `(${written})`) value = ''
    else return `'${name}' has no condition '${written}' to remove`
  }
  if (add) value = value === '' ? add.trim() : `(${value}) ${separator} (${add.trim()})`
  return set(target, name, value)
}

function set(target: XmlElement, name: string, value: string): undefined {
  if (value === '') target.removeAttribute(name)
  else target.setAttribute(name, value)
}
