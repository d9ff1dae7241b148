import Handlebars from 'handlebars'

/** Elements that a template may write; others become blocks. */
const TAGS: ReadonlySet<string> = new Set(
  'a aside b blockquote br code dd div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img li meter ol p pre progress s section small span strong sub sup table tbody td tfoot th thead time tr u ul'.split(
    ' ',
  ),
)
const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img'])
/** Attributes that mean nothing but themselves. Styles are left out: the policy of pages refuses them. */
const ATTRIBUTES: ReadonlySet<string> = new Set(
  'class title role lang dir alt width height colspan rowspan datetime value min max href src target name'.split(' '),
)

/** Text as it stands in HTML. */
export const escape = (text: string): string => Handlebars.escapeExpression(text)

export const isEmpty = (tag: string): boolean => EMPTY.has(tag)

/** The element that is written for one of a template. */
export function safeTag(name: string): string {
  const tag = name.toLowerCase()
  return TAGS.has(tag) ? tag : 'div'
}

/** An opening tag with those of the attributes that a template may set. */
export function openTag(tag: string, attributes: ReadonlyMap<string, string | true>): string {
  let html = `<${tag}`
  for (const [name, value] of attributes) {
    const safe = safeAttribute(name, value)
    if (safe === undefined) continue
    html += safe[1] === true ? ` ${safe[0]}` : ` ${safe[0]}="${escape(safe[1])}"`
  }
  return `${html}>`
}

/** An attribute as it is written; `undefined` for one that could do something, or refer to something outside. */
function safeAttribute(name: string, value: string | true): readonly [string, string | true] | undefined {
  const lower = name.toLowerCase()
  if (lower === 'data-tooltip') return ['title', value]
  if (lower.startsWith('aria-') && /^[a-z-]+$/.test(lower)) return [lower, value]
  if (!ATTRIBUTES.has(lower)) return undefined
  if (lower === 'href') return isLink(String(value)) ? [lower, value] : undefined
  if (lower === 'src') return isImage(String(value)) ? [lower, value] : undefined
  if (lower === 'name') return undefined
  return [lower, value]
}

/** Whether an address may be linked to: a page, a mail, a number; nothing that runs. */
export function isLink(address: string): boolean {
  return /^(https?:\/\/|mailto:|tel:|#|\/(?!\/))/i.test(visible(address))
}

/** Whether an image comes from here. */
function isImage(address: string): boolean {
  return /^(\/(?!\/)|data:image\/(png|jpeg|gif|webp);base64,)/i.test(visible(address))
}

/** Browsers leave out blanks and controls in addresses, and take a backslash for a slash. */
const visible = (address: string): string =>
  Array.from(address)
    .filter((letter) => letter > ' ' && letter !== '\u007f')
    .join('')
    .replaceAll('\\', '/')
