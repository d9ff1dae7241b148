import * as fc from 'fast-check'
import t from 'tap'
import { formatCsv, parseCsv } from '../../../core/tools/csv.ts'

t.test('parseCsv', async (t) => {
  t.test('gives cells with the line on which their record starts', async (t) => {
    t.same(parseCsv('\uFEFFid,name\n1,"Smith,\r\nJohn"\n\n2,"say ""hi"""\n').rows, [
      { line: 1, cells: ['id', 'name'] },
      { line: 2, cells: ['1', 'Smith,\r\nJohn'] },
      { line: 5, cells: ['2', 'say "hi"'] },
    ])
  })

  t.test('accepts rows of different length and Windows line ends', async (t) => {
    t.same(parseCsv('a,b\r\nc\r\n').rows, [
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['c'] },
    ])
  })

  t.test('names the line of a broken quote', async (t) => {
    t.throws(() => parseCsv('a\nb,"x"y\n'), { code: 'CSV_MALFORMED', message: /^CSV:2: / })
    t.throws(() => parseCsv('a\n"b\n'), { code: 'CSV_MALFORMED' })
  })
})

t.test('formatCsv', async (t) => {
  t.test('quotes where it must', async (t) => {
    t.equal(
      formatCsv([
        ['a,b', 'say "x"', null],
        [1, true, 'two\nlines'],
      ]),
      '"a,b","say ""x""",\n1,true,"two\nlines"\n',
    )
  })

  t.test('writes what parseCsv reads back', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', 'é', ';') })
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 })
    fc.assert(
      fc.property(rows, (written) => {
        t.same(
          parseCsv(formatCsv(written)).rows.map((row) => row.cells),
          written,
        )
      }),
      { numRuns: 50 },
    )
  })
})
