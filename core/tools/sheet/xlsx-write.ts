import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { type CellStyle, workbookParts, xmlText } from './xlsx-parts.ts'

/** What a column holds, which decides how its cells are written. */
export interface SheetColumn {
  readonly label: string
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'datetime'
  /** Decimal places that numbers are shown with; as many as there are by default. */
  readonly digits?: number
}

/** One row under the header. Dates are `2026-12-31`, moments `2026-12-31 23:59:59`; `''` and `null` leave a cell empty. */
export interface SheetRow {
  readonly cells: readonly unknown[]
  /** How deep it stands inside groups, which can be folded. */
  readonly depth?: number
  /** Whether it is the head of a group. */
  readonly isHead?: boolean
}

export interface Sheet {
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** Parts of the sheet; the widths of columns are made for the first. */
  readonly parts: AsyncIterable<readonly SheetRow[]>
  /** What stands in the place of a text that is longer than spreadsheets can hold. */
  readonly tooLong: string
}

/** Rows that a sheet can have at most, its header included. */
export const XLSX_MAX_ROWS = 1_048_576
const MAX_TEXT = 32_767
const MAX_DEPTH = 7
const WIDEST = 60
/** Formats of dates that spreadsheets write in the language of whoever looks. */
const DATE = 14
const DATETIME = 22
const DAY_MS = 86_400_000
/** Day 0 of spreadsheets, which hold 1900 for a leap year: right from March 1900 on. */
const EPOCH = Date.UTC(1899, 11, 30)
const FIRST_DAY = 61

/** An XLSX file as it is written: as much of it is in memory as one part of its rows. */
export function xlsxStream(sheet: Sheet): NodeJS.ReadableStream {
  const zip = new ZipFile()
  const writer = new SheetWriter(sheet)
  for (const [path, text] of workbookParts(sheet.name, writer.styles)) zip.addBuffer(Buffer.from(text), path)
  const content = Readable.from(writer.xml())
  content.on('error', (error) => (zip.outputStream as Readable).destroy(error))
  ;(zip.outputStream as Readable).on('close', () => content.destroy())
  zip.addReadStream(content, 'xl/worksheets/sheet1.xml')
  zip.end()
  return zip.outputStream
}

class SheetWriter {
  readonly #sheet: Sheet
  readonly #names: readonly string[]
  #row = 1

  constructor(sheet: Sheet) {
    this.#sheet = sheet
    this.#names = sheet.columns.map((_, i) => columnName(i))
  }

  /** The header, then each column plain, then each in the head of a group. */
  get styles(): readonly CellStyle[] {
    const plain = this.#sheet.columns.map((column): CellStyle => ({ format: formatOf(column) }))
    return [{}, { bold: true }, ...plain, ...plain.map((style): CellStyle => ({ ...style, bold: true }))]
  }

  async *xml(): AsyncGenerator<Buffer> {
    const { columns, parts } = this.#sheet
    const header: SheetRow = { cells: columns.map(({ label }) => label) }
    let isFirst = true
    for await (const part of parts) {
      const head = isFirst ? this.#opening(part) + this.#rowXml(header, () => 1, true) : ''
      isFirst = false
      yield Buffer.from(head + part.map((row) => this.#rowXml(row, this.#styleOf(row))).join(''))
    }
    const rest = isFirst ? this.#opening([]) + this.#rowXml(header, () => 1, true) : ''
    yield Buffer.from(`${rest}</sheetData></worksheet>`)
  }

  #opening(sample: readonly SheetRow[]): string {
    const widths = this.#sheet.columns.map(
      (column, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(column, i, sample)}" customWidth="1"/>`,
    )
    return (
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
      '<sheetPr><outlinePr summaryBelow="0"/></sheetPr>' +
      '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
      `<cols>${widths.join('')}</cols><sheetData>`
    )
  }

  #styleOf({ isHead }: SheetRow): (column: number) => number {
    const { length } = this.#sheet.columns
    return (column) => 2 + column + (isHead ? length : 0)
  }

  #rowXml({ cells, depth = 0, isHead }: SheetRow, styleOf: (column: number) => number, asText = false): string {
    const number = this.#row++
    const level = Math.min(depth, MAX_DEPTH)
    const xml = cells.map((value, i) => {
      const column = this.#sheet.columns[i]
      if (value === null || value === undefined || value === '' || !column) return ''
      const place = `r="${this.#names[i]}${number}" s="${styleOf(i)}"`
      const kind = asText || (isHead && typeof value === 'string') ? 'text' : column.kind
      return cellXml(place, kind, value, this.#sheet.tooLong)
    })
    return `<row r="${number}"${level > 0 ? ` outlineLevel="${level}"` : ''}>${xml.join('')}</row>`
  }
}

function cellXml(place: string, kind: SheetColumn['kind'], value: unknown, tooLong: string): string {
  if (kind === 'number' && Number.isFinite(Number(value))) return `<c ${place}><v>${Number(value)}</v></c>`
  if (kind === 'boolean' && typeof value === 'boolean') return `<c ${place} t="b"><v>${value ? 1 : 0}</v></c>`
  if (kind === 'date' || kind === 'datetime') {
    const serial = serialOf(String(value))
    if (serial !== undefined) return `<c ${place}><v>${serial}</v></c>`
  }
  const text = String(value)
  const kept = text.length > MAX_TEXT ? tooLong : text
  return `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`
}

/** The number of a day or moment, undefined for what spreadsheets cannot number. */
function serialOf(text: string): number | undefined {
  const serial = (Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19) || '00:00:00'}Z`) - EPOCH) / DAY_MS
  return serial >= FIRST_DAY ? serial : undefined
}

function formatOf({ kind, digits }: SheetColumn): string | number {
  if (kind === 'date') return DATE
  if (kind === 'datetime') return DATETIME
  if (kind !== 'number' || digits === undefined) return 0
  return digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`
}

const LEAST: Readonly<Record<SheetColumn['kind'], number>> = {
  text: 10,
  number: 10,
  boolean: 8,
  date: 11,
  datetime: 17,
}

function widthOf({ label, kind }: SheetColumn, index: number, sample: readonly SheetRow[]): number {
  const longest = kind === 'text' ? Math.max(0, ...sample.map(({ cells }) => lengthOf(cells[index]))) : 0
  return Math.min(WIDEST, Math.max(LEAST[kind], label.length + 2, longest + 2))
}

const lengthOf = (value: unknown): number =>
  Math.max(
    ...String(value ?? '')
      .split('\n', 3)
      .map((line) => line.length),
  )

/** `A` … `Z`, `AA` … */
function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}
