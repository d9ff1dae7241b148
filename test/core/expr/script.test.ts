import * as fc from 'fast-check'
import t from 'tap'
import { ComptoirError } from '../../../core/errors.ts'
import { evaluate } from '../../../core/expr/evaluate.ts'
import { parseScript, type Statement } from '../../../core/expr/script.ts'

/** The shape of a script: kinds of statements, and those inside them. */
function shape(statements: readonly Statement[]): unknown[] {
  return statements.map((one) => {
    if (one.kind === 'if') return ['if', ...one.branches.map(({ body }) => shape(body))]
    return one.kind === 'for'
      ? ['for', one.targets, shape(one.body)]
      : one.kind === 'assign'
        ? `${one.name} =`
        : one.kind
  })
}

t.test('statements are told apart by their lines, blocks by their indentation', async (t) => {
  const script = `
# what follows is done for all
total = 0
for one, other in [(1, 2),
                   (3, 4)]:
    if one > 1:
        total = total + other
    elif one == 1: pass
    else:
        raise 'never'
        break
action = {
  'type': 'x',
}
log("a = 1; b\\n")`
  t.strictSame(shape(parseScript(script)), [
    'total =',
    ['for', ['one', 'other'], [['if', ['total ='], ['pass'], ['raise', 'break']]]],
    'action =',
    'do',
  ])
})

t.test('an expression keeps its meaning wherever it stands', async (t) => {
  const [, second] = parseScript("x = 1\ny = (x + 1\n     + 2) if x else {'a': 1}")
  t.equal(second?.kind === 'assign' && evaluate(second.value, { x: 5 }), 8)
})

t.test('a mistake is named with its line and column in the whole script', async (t) => {
  const mistakes: [string, RegExp, number, number][] = [
    ['x = 1\ny = 2 +', /ends too early/, 2, 8],
    ['if x\n  y = 1', /Expected ':'/, 1, 1],
    ['if x:\ny = 1', /indented block/, 1, 1],
    ['x = 1\n  y = 1', /indented more/, 2, 3],
    ['if x:\n    y = 1\n  z = 1', /indented less|indented more/, 3, 3],
    ['\tx = 1', /not with tabs/, 1, 2],
    ['else:\n  pass', /'else' follows no 'if'/, 1, 1],
    ['record.name = 1', /Only a name/, 1, 1],
    ['import os', /no 'import'/, 1, 1],
    ['while True:\n  pass', /no 'while'/, 1, 1],
    ['for in x:\n  pass', /Expected 'for name in list:'/, 1, 1],
    ['x =', /Expected an expression/, 1, 4],
    ['x = 1; y = 2', /Unexpected character ';'/, 1, 6],
  ]
  for (const [source, message, line, column] of mistakes) {
    t.throws(() => parseScript(source), { code: 'EXPR_SYNTAX', message, details: { line, column } } as never, source)
  }
})

t.test('any text is read or refused with a place', async (t) => {
  const words = fc.constantFrom(
    'if',
    'for',
    'x',
    '=',
    'in',
    ':',
    '\n',
    '    ',
    '  ',
    '(',
    ')',
    '1',
    'else',
    "'a'",
    '.b',
    '[',
    ']',
    'raise',
    '\\\n',
    '# c\n',
    'pass',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 25 }), (parts) => {
      try {
        parseScript(parts.join(' '))
        return true
      } catch (error) {
        return error instanceof ComptoirError && error.code.startsWith('EXPR_')
      }
    }),
    { numRuns: 2000 },
  )
  t.pass('no other error came')
})
