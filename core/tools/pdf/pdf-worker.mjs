/* Lays a document out, in a thread of its own: nothing here reads files but fonts, nor any address. */
import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'

const require = createRequire(import.meta.url)
const pdfmake = require('pdfmake')
const fonts = require('pdfmake/fonts/Roboto.js')

const PAGE_MARK = '\u{f0001}'
const PAGES_MARK = '\u{f0002}'
const LINE = '#d9dde1'

pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path.includes('Roboto'))
pdfmake.setFonts(fonts)
pdfmake.addTableLayouts({
  table: {
    hLineWidth: (i, node) => (i === 0 ? 0 : i === node.table.headerRows && i > 0 ? 1 : 0.5),
    vLineWidth: () => 0,
    hLineColor: (i, node) => (i === node.table.headerRows && i > 0 ? '#5c656d' : LINE),
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
  'table-bordered': { hLineWidth: () => 0.5, vLineWidth: () => 0.5, hLineColor: () => LINE, vLineColor: () => LINE },
  'table-borderless': {
    hLineWidth: () => 0,
    vLineWidth: () => 0,
    paddingLeft: (i) => (i === 0 ? 0 : 4),
    paddingRight: (i, node) => (i === node.table.widths.length - 1 ? 0 : 4),
    paddingTop: () => 1,
    paddingBottom: () => 1,
  },
  rule: {
    hLineWidth: (i) => (i === 0 ? 0.5 : 0),
    vLineWidth: () => 0,
    hLineColor: () => LINE,
    paddingTop: () => 2,
    paddingBottom: () => 0,
  },
})

/** A copy with the numbers of the page in their places: pdfmake changes what it is given. */
function numbered(node, page, pages) {
  if (typeof node === 'string') return node.replaceAll(PAGE_MARK, String(page)).replaceAll(PAGES_MARK, String(pages))
  if (Array.isArray(node)) return node.map((one) => numbered(one, page, pages))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, numbered(value, page, pages)]))
}

/** All headers of a document are drawn before its footers, so that these know how many pages a part has. */
function section({ body, header, footer }, first) {
  let begin = 0
  let count = 0
  return {
    section: body,
    header: (page) => {
      if (count === 0) begin = page
      count = page - begin + 1
      return header && numbered(header, count, '')
    },
    footer: (page) => footer && numbered(footer, page - begin + 1, count),
    ...(first ? {} : { pageSize: 'inherit', pageOrientation: 'inherit', pageMargins: 'inherit' }),
  }
}

const { title, sections, ...page } = workerData
const document = pdfmake.createPdf({
  ...page,
  info: { title },
  content: sections.map((one, i) => section(one, i === 0)),
  defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.15 },
})
parentPort.postMessage(await document.getBuffer())
