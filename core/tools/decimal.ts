import { ROUNDING_INVALID } from './errors.ts'

/**
 * How a value between two steps moves: `half-up` to the nearest and halves away from zero, `half-even` to the
 * nearest and halves to the even step, `up` away from zero, `down` towards zero.
 */
export type RoundingMethod = 'half-up' | 'up' | 'down' | 'half-even'

/** A number of decimals, or the size of one step (`{ rounding: 0.05 }`). */
export type Precision =
  | { readonly digits: number; readonly rounding?: undefined }
  | { readonly rounding: number; readonly digits?: undefined }

/** A step as a fraction of whole numbers, so that scaling adds as little binary noise as possible. */
interface Step {
  readonly numerator: number
  readonly denominator: number
}

const steps = new Map<number, Step>()
const decimals = new Map<number, Step>()

/** Steps come from currencies and units, so there are few; the bound guards against steps that users compute. */
const MAX_STEPS = 1000

/** From here on every number is whole, and its scaled form has no fraction to round. */
const WHOLE = 2 ** 52

/** Relative error of a decimal number that was read, scaled by a numerator and by a denominator. */
const NOISE = 2 ** -51

/**
 * Rounds to a number of decimals or to a multiple of a step, as if the decimal notation of `value` were exact.
 * Holds for 14 significant digits at that scale; values too large for a fraction there are returned as they are.
 * `-0` becomes `0`.
 *
 *     roundTo(2.675, { digits: 2 })       // 2.68
 *     roundTo(10.126, { rounding: 0.05 }) // 10.15
 */
export function roundTo(value: number, options: Precision & { readonly method?: RoundingMethod }): number {
  const step = options.rounding === undefined ? decimalStep(options.digits) : stepOf(options.rounding)
  const scaled = (Math.abs(value) * step.denominator) / step.numerator
  if (!(scaled < WHOLE)) return value
  const rounded = (wholeSteps(scaled, options.method ?? 'half-up') * step.numerator) / step.denominator
  return value < 0 && rounded !== 0 ? -rounded : rounded
}

/** Whether a value is zero at a precision; a bare number is the size of one step. */
export function isZero(value: number, precision: number | Precision): boolean {
  return roundTo(value, toPrecision(precision)) === 0
}

/** Order of two values at a precision; a bare number is the size of one step. */
export function compare(a: number, b: number, precision: number | Precision): -1 | 0 | 1 {
  const options = toPrecision(precision)
  const left = roundTo(a, options)
  const right = roundTo(b, options)
  // Steps may leave noise (3 * 0.1), so that equal multiples are compared by their distance.
  if (left === right || roundTo(left - right, options) === 0) return 0
  return left < right ? -1 : 1
}

function toPrecision(precision: number | Precision): Precision {
  return typeof precision === 'number' ? { rounding: precision } : precision
}

/** Rounds a scaled, positive value to a whole number of steps. */
function wholeSteps(scaled: number, method: RoundingMethod): number {
  const whole = Math.floor(scaled)
  const fraction = scaled - whole
  const noise = Math.min(scaled * NOISE, 0.1)
  return goesUp[method](whole, fraction, noise) ? whole + 1 : whole
}

const goesUp: Record<RoundingMethod, (whole: number, fraction: number, noise: number) => boolean> = {
  'half-up': (_whole, fraction, noise) => fraction >= 0.5 - noise,
  'half-even': (whole, fraction, noise) => (Math.abs(fraction - 0.5) <= noise ? whole % 2 === 1 : fraction > 0.5),
  up: (_whole, fraction, noise) => fraction > noise,
  down: (_whole, fraction, noise) => fraction >= 1 - noise,
}

function decimalStep(digits: number): Step {
  const known = decimals.get(digits)
  if (known) return known
  if (!Number.isInteger(digits)) throw new ROUNDING_INVALID(10 ** -digits)
  const step = digits < 0 ? { numerator: 10 ** -digits, denominator: 1 } : { numerator: 1, denominator: 10 ** digits }
  return remember(decimals, digits, step)
}

function stepOf(rounding: number): Step {
  const known = steps.get(rounding)
  if (known) return known
  if (!(rounding > 0 && Number.isFinite(rounding))) throw new ROUNDING_INVALID(rounding)
  const [mantissa = '', exponent = '0'] = String(rounding).split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  const shift = fraction.length - Number(exponent)
  const numerator = Number(whole + fraction) * (shift < 0 ? 10 ** -shift : 1)
  const denominator = shift > 0 ? 10 ** shift : 1
  const divisor = greatestCommonDivisor(numerator, denominator)
  return remember(steps, rounding, { numerator: numerator / divisor, denominator: denominator / divisor })
}

function remember(cache: Map<number, Step>, key: number, step: Step): Step {
  if (cache.size >= MAX_STEPS) cache.clear()
  cache.set(key, step)
  return step
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b]
  return a
}
