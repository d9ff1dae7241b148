import { Decimal } from 'decimal.js'
import * as fc from 'fast-check'
import t from 'tap'
import { compare, isZero, roundTo, type RoundingMethod } from '../../../core/tools/decimal.ts'

const MODES: [RoundingMethod, Decimal.Rounding][] = [
  ['half-up', Decimal.ROUND_HALF_UP],
  ['half-even', Decimal.ROUND_HALF_EVEN],
  ['up', Decimal.ROUND_UP],
  ['down', Decimal.ROUND_DOWN],
]

t.test('roundTo', async (t) => {
  t.test('takes halves away from zero although their binary form lies below the half', async (t) => {
    t.equal(roundTo(2.675, { digits: 2 }), 2.68)
    t.equal(roundTo(1.005, { digits: 2 }), 1.01)
    t.equal(roundTo(-2.675, { digits: 2 }), -2.68)
    t.equal(roundTo(0.285, { digits: 2 }), 0.29)
  })

  t.test('rounds to multiples of a step', async (t) => {
    t.equal(roundTo(10.126, { rounding: 0.05 }), 10.15)
    t.equal(roundTo(-10.126, { rounding: 0.05 }), -10.15)
    t.equal(roundTo(7.3, { rounding: 5 }), 5)
    t.equal(roundTo(0.1, { rounding: 0.03 }), 0.09)
    t.equal(roundTo(1e-7, { rounding: 1e-7 }), 1e-7)
    t.equal(roundTo(1250, { digits: -2 }), 1300)
  })

  t.test('ignores binary noise when it rounds up or down', async (t) => {
    t.equal(roundTo(0.1 + 0.2, { digits: 1, method: 'up' }), 0.3)
    t.equal(roundTo(8.7 * 100, { digits: 0, method: 'down' }), 870)
    t.equal(roundTo(1.1 * 3, { digits: 2, method: 'up' }), 3.3)
    t.equal(roundTo(2.341, { digits: 2, method: 'up' }), 2.35)
    t.equal(roundTo(-2.349, { digits: 2, method: 'down' }), -2.34)
  })

  t.test('never gives negative zero', async (t) => {
    for (const value of [-0.001, -0, 0]) t.ok(Object.is(roundTo(value, { digits: 2 }), 0), String(value))
  })

  t.test('leaves very large and non-finite values as they are', async (t) => {
    for (const value of [1e15 + 0.5, 12345678901234.6, 2 ** 60, 1e300, -1e300, Infinity]) {
      t.equal(roundTo(value, { digits: 2 }), value)
    }
    t.ok(Number.isNaN(roundTo(NaN, { digits: 2 })))
    t.equal(roundTo(1e15 + 0.5, { digits: 0 }), 1e15 + 1)
    t.equal(roundTo(4.5e15 + 1, { digits: 0, method: 'up' }), 4.5e15 + 1)
  })

  t.test('agrees with exact decimal arithmetic for each method', async () => {
    for (const [method, mode] of MODES) {
      fc.assert(
        fc.property(
          fc.integer({ min: -1e12, max: 1e12 }),
          fc.integer({ min: 0, max: 6 }),
          fc.integer({ min: 0, max: 6 }),
          (units, decimals, digits) => {
            const value = units / 10 ** decimals
            fc.pre(Math.abs(value) * 10 ** digits < 1e14)
            const exact = new Decimal(String(value)).toDecimalPlaces(digits, mode).toNumber()
            return roundTo(value, { digits, method }) === (exact === 0 ? 0 : exact)
          },
        ),
        { numRuns: 2000 },
      )
    }
  })

  t.test('agrees with exact decimal arithmetic for steps of any size', async () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.constantFrom(0.05, 0.01, 0.25, 0.5, 5, 0.03, 12, 0.001, 0.1),
        (units, rounding) => {
          const value = units / 1000
          const exact = new Decimal(String(value)).toNearest(rounding, Decimal.ROUND_HALF_UP).toNumber()
          return roundTo(value, { rounding }) === (exact === 0 ? 0 : exact)
        },
      ),
      { numRuns: 3000 },
    )
  })

  t.test('refuses a step that is not positive', async (t) => {
    for (const rounding of [0, -1, NaN, Infinity]) {
      t.throws(() => roundTo(1, { rounding }), { code: 'ROUNDING_INVALID', exception: 'ValueError' })
    }
    t.throws(() => roundTo(1, { digits: 1.5 }), { code: 'ROUNDING_INVALID' })
  })
})

t.test('isZero tells whether a value vanishes at a precision', async (t) => {
  t.equal(isZero(0.004, 0.01), true)
  t.equal(isZero(0.005, 0.01), false)
  t.equal(isZero(-0.0004, { digits: 3 }), true)
  t.equal(isZero(0.1 + 0.2 - 0.3, 0.000001), true)
})

t.test('compare orders values at a precision', async (t) => {
  t.equal(compare(1.432, 1.431, 0.01), 0)
  t.equal(compare(1.44, 1.43, 0.01), 1)
  t.equal(compare(-2, 1, { digits: 2 }), -1)
  t.equal(compare(0.1 + 0.2, 0.3, { digits: 6 }), 0)
})
