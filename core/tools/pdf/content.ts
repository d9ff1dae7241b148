import { Text, type ChildNode, Element } from 'domhandler'
import { type Content, elementsOf, tableContent } from './table.ts'
import { lookOf, type Look, points } from './style.ts'

/** What pages are counted with: pdfmake's thread puts the numbers in their place. */
export const PAGE_MARK = '\u{f0001}'
export const PAGES_MARK = '\u{f0002}'

const INLINE = new Set(['a', 'b', 'strong', 'i', 'em', 'u', 's', 'small', 'sup', 'sub', 'span', 'code', 'br', 'label'])
const COLUMNS = 12

/** HTML as the content of a document: the elements and classes that docs/reference/reports.md lists. */
export function contentOf(nodes: readonly ChildNode[]): Content[] {
  const blocks: Content[] = []
  let line: Content[] = []
  const endLine = (): void => {
    const text = trimmed(line)
    if (text.length > 0) blocks.push({ text })
    line = []
  }
  for (const node of nodes) {
    const inline = inlineContent(node, {})
    if (inline) line.push(...inline)
    else if (node instanceof Element) {
      endLine()
      blocks.push(...blockContent(node))
    }
  }
  endLine()
  return blocks
}

/** Runs of text; `undefined` for what stands on lines of its own. */
function inlineContent(node: ChildNode, look: Look): Content[] | undefined {
  if (node instanceof Text) {
    const text = node.data.replace(/[ \t\n\r]+/g, ' ')
    return text === '' ? [] : [{ ...look, text }]
  }
  if (!(node instanceof Element)) return []
  if (!INLINE.has(node.name) || node.children.some((child) => child instanceof Element && !INLINE.has(child.name)))
    return undefined
  if (node.name === 'br') return [{ text: '\n' }]
  const classes = (node.attribs['class'] ?? '').split(/\s+/)
  const own: Look = { ...look, ...lookOf(node), ...(node.name === 'a' ? linkOf(node) : {}) }
  if (classes.includes('page')) return [{ ...own, text: PAGE_MARK }]
  if (classes.includes('topage')) return [{ ...own, text: PAGES_MARK }]
  return node.children.flatMap((child) => inlineContent(child, own) ?? [])
}

function linkOf(node: Element): Look {
  const href = node.attribs['href'] ?? ''
  return /^(https?:|mailto:|tel:)/.test(href) ? { link: href, color: '#1f6f6b' } : {}
}

/** Without the space at the ends of lines, and with one space between words of different runs. */
function trimmed(line: readonly Content[]): Content[] {
  const runs: Content[] = []
  let isOpen = true
  for (const run of line) {
    let text = String(run['text'])
    if (isOpen) text = text.replace(/^ /, '')
    if (text === '') continue
    const before = text === '\n' ? runs.pop() : undefined
    if (before) runs.push({ ...before, text: String(before['text']).replace(/ $/, '') })
    runs.push({ ...run, text })
    isOpen = /[ \n]$/.test(text)
  }
  while (runs.length > 0 && String(runs.at(-1)?.['text']).trim() === '') runs.pop()
  const last = runs.pop()
  return last ? [...runs, { ...last, text: String(last['text']).replace(/ $/, '') }] : []
}

function blockContent(node: Element): Content[] {
  const look = lookOf(node)
  const classes = (node.attribs['class'] ?? '').split(/\s+/)
  switch (node.name) {
    case 'hr':
      return [
        {
          ...look,
          table: { widths: ['*'], body: [[{ text: '', border: [false, true, false, false] }]] },
          layout: 'rule',
        },
      ]
    case 'img':
      return pictureOf(node, look)
    case 'table':
      return [{ ...look, ...tableContent(node, contentOf) }]
    case 'ul':
    case 'ol':
      return [
        {
          ...look,
          [node.name]: elementsOf(node).map((item) => ({ ...lookOf(item), stack: contentOf(item.children) })),
        },
      ]
    case 'script':
    case 'style':
    case 'head':
    case 'title':
      return []
    default:
      if (classes.includes('row')) return [{ ...look, columns: elementsOf(node).map(columnOf), columnGap: 12 }]
      return [{ ...look, stack: contentOf(node.children) }]
  }
}

/** A cell of Bootstrap's grid: `col-4` takes a third of the width, `col` what is left, `col-auto` what it needs. */
function columnOf(node: Element): Content {
  const [, size] = /\bcol-(\d+|auto)\b/.exec(node.attribs['class'] ?? '') ?? []
  const width = size === undefined ? '*' : size === 'auto' ? 'auto' : `${(Number(size) / COLUMNS) * 100}%`
  return { ...lookOf(node), width, stack: contentOf(node.children) }
}

function pictureOf(node: Element, look: Look): Content[] {
  const { src = '', width = '', height = '' } = node.attribs
  if (!/^data:image\/(png|jpeg);base64,/.test(src)) return []
  const [wide, high] = [points(width), points(height)]
  if (wide !== undefined && high !== undefined) return [{ ...look, image: src, fit: [wide, high] }]
  return [
    {
      ...look,
      image: src,
      ...(wide === undefined ? {} : { width: wide }),
      ...(high === undefined ? {} : { height: high }),
    },
  ]
}
