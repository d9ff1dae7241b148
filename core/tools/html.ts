import sanitize from 'sanitize-html'

/** What `sanitizeHtml` may be told; everything defaults to false. */
export interface SanitizeOptions {
  /** Drop `style` attributes. */
  readonly stripStyle?: boolean
  /** Drop `class` attributes. */
  readonly stripClasses?: boolean
}

const TAGS = sanitize.defaults.allowedTags.concat(
  words('img font center del ins strike picture source details summary label video'),
)

/** Not `id`, which could shadow a script's names, nor `data-*` in general, which could attach behaviour to a page. */
const GLOBAL_ATTRIBUTES = words('title dir lang role align valign width height aria-* data-oe-* data-o-*')

const ATTRIBUTES: Record<string, string[]> = {
  a: words('href name target rel'),
  img: words('src srcset alt loading'),
  source: words('src srcset type media'),
  video: words('src controls poster'),
  font: words('color face size'),
  table: words('border cellpadding cellspacing bgcolor'),
  td: words('colspan rowspan bgcolor'),
  th: words('colspan rowspan scope bgcolor'),
  tr: words('bgcolor'),
  col: words('span'),
  colgroup: words('span'),
  ol: words('start type reversed'),
  li: words('value'),
  time: words('datetime'),
  details: words('open'),
}

/** Plain values and colours; any other function, `url()` above all, could load something. */
const SAFE_VALUE = /^(?:[^\\<>{}();:]|\b(?:rgba?|hsla?|calc)\([^()\\]*\))*$/i

const STYLE_NAMES = words(`
  color background background-color opacity display float clear vertical-align
  font font-family font-size font-style font-weight font-variant line-height
  text-align text-decoration text-indent text-transform letter-spacing white-space word-break overflow-wrap
  list-style list-style-type direction width height min-width min-height max-width max-height box-sizing
  border-color border-style border-width border-radius border-collapse border-spacing
  table-layout caption-side page-break-before page-break-after page-break-inside
`).concat(sides('margin'), sides('padding'), sides('border'))

const STYLES = Object.fromEntries(STYLE_NAMES.map((property) => [property, [SAFE_VALUE]]))

/** Raster images only: a picture in SVG may carry scripts. */
const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp|bmp|x-icon);base64,/i

const STARTS_WITH_TAG = /^\s*<[a-z!]/i
const HAS_TAG = /<\/?[a-z!][^>]*>/i
const HAS_BLOCK = /<(?:p|div|table|ul|ol|h[1-6]|blockquote|pre|hr|section|article)\b/i

/**
 * Rich text without anything that runs or loads code: no scripts, event handlers or `javascript:` addresses.
 * Usual markup, classes, tables, safe styles and images remain. A text without any tag becomes one escaped
 * paragraph, a text that only begins without one is wrapped whole.
 *
 *     sanitizeHtml('<p onclick="go()">Hi</p><script>alert(1)</script>') // '<p>Hi</p>'
 *     sanitizeHtml('1 < 2')                                            // '<p>1 &lt; 2</p>'
 */
export function sanitizeHtml(text: string, options: SanitizeOptions = {}): string {
  // many records in a row often hold the same text, such as notes that they were created
  const key = `${options.stripStyle === true} ${options.stripClasses === true} ${text}`
  if (last.key !== key) last = { key, clean: sanitized(text, options) }
  return last.clean
}

let last = { key: '', clean: '' }

function sanitized(text: string, options: SanitizeOptions): string {
  if (text.trim() === '') return ''
  if (!HAS_TAG.test(text)) return `<p>${text.replace(/[&<>]/g, escapeHtml)}</p>`
  const clean = sanitize(text, options.stripStyle || options.stripClasses ? settings(options) : DEFAULT_SETTINGS)
  if (STARTS_WITH_TAG.test(clean) || clean.trim() === '') return clean.trim()
  return HAS_BLOCK.test(clean) ? `<div>${clean}</div>` : `<p>${clean}</p>`
}

/** Text in which `& < > " '` are written so that they mean themselves, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character)
}

/** What a person reads in an HTML text: no markup, a line for each block, entities as characters. */
export function htmlToText(html: string): string {
  const lines = html
    .replace(/\s+/g, ' ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(?:p|div|li|tr|table|ul|ol|h[1-6]|blockquote|pre|section|article)\s*>/gi, '\n')
    .replace(/<\/t[dh]\s*>/gi, ' ')
  return unescapeText(sanitize(lines, { allowedTags: [], allowedAttributes: {} }))
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00A0' }

const DEFAULT_SETTINGS = settings({})

/** Only the entities that sanitize-html writes are left in its output. */
function unescapeText(text: string): string {
  return text.replace(/&(\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity)
}

function settings({ stripStyle = false, stripClasses = false }: SanitizeOptions): sanitize.IOptions {
  const shared = [...GLOBAL_ATTRIBUTES, ...(stripStyle ? [] : ['style']), ...(stripClasses ? [] : ['class'])]
  return {
    allowedTags: TAGS,
    allowedAttributes: { '*': shared, ...ATTRIBUTES },
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'cid', 'data'], source: ['http', 'https'], video: ['http', 'https'] },
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && isUnsafeData(attribs['src']),
  }
}

function isUnsafeData(source: string | undefined): boolean {
  return source !== undefined && /^\s*data:/i.test(source) && !DATA_IMAGE.test(source)
}

function sides(property: string): string[] {
  return [property, ...['top', 'right', 'bottom', 'left'].map((side) => `${property}-${side}`)]
}

function words(text: string): string[] {
  return text.trim().split(/\s+/)
}
