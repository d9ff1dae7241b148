import t from 'tap'
import { likePattern, matchesPattern, patternOperator } from '#core/domain/pattern.ts'

t.test('patternOperator takes the like family apart', (t) => {
  t.strictSame(patternOperator('not =ilike'), { negated: true, whole: true, folded: true })
  t.strictSame(patternOperator('like'), { negated: false, whole: false, folded: false })
  t.equal(patternOperator('='), undefined)
  t.equal(patternOperator('unlike'), undefined)
  t.end()
})

t.test('likePattern leaves no backslash that would escape the closing %', (t) => {
  t.equal(likePattern('a\\', false), '%a\\\\%')
  t.equal(likePattern('a\\\\', false), '%a\\\\%')
  t.equal(likePattern('a', true), 'a')
  t.end()
})

t.test('matchesPattern', (t) => {
  const yes = [
    ['Lyon', 'Ly%'],
    ['Lyon', '%on'],
    ['Lyon', '_yon'],
    ['Lyon', '%y%n%'],
    ['', '%'],
    ['', ''],
    ['100%', '100\\%'],
    ['a_b', 'a\\_b'],
    ['a\\b', 'a\\\\b'],
    ['😀x', '_x'],
    ['abab', '%ab'],
    ['line\nbreak', 'line%break'],
  ]
  const no = [
    ['Lyon', 'ly%'],
    ['Lyon', 'yon'],
    ['', '_'],
    ['1000', '100\\%'],
    ['aXb', 'a\\_b'],
    ['ab', '_'],
    ['Lyon', ''],
  ]
  for (const [text = '', pattern = ''] of yes) t.ok(matchesPattern(text, pattern), `${text} is like ${pattern}`)
  for (const [text = '', pattern = ''] of no) t.notOk(matchesPattern(text, pattern), `${text} is not like ${pattern}`)
  t.test('takes no more than quadratic time', (t) => {
    const start = performance.now()
    t.notOk(matchesPattern('a'.repeat(5_000), `${'%a'.repeat(500)}b`))
    t.ok(performance.now() - start < 1_000)
    t.end()
  })
  t.end()
})
