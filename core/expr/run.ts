import { EXPR_LIMIT } from './errors.ts'

/** Nodes that one evaluation may visit. */
const MAX_STEPS = 200_000

/** Items and characters that one evaluation may make, compare or copy, in all. */
const MAX_SIZE = 2_000_000

/** What time it is for an expression. */
export interface Clock {
  /** The instant that counts as now. */
  readonly now?: Date
  /** The time zone of `context_today()`, `datetime.now()` and `to_utc()`; UTC unless told. */
  readonly zone?: string
}

/** One evaluation: its clock, and what it has used of its limits. */
export class Run {
  readonly now: Date
  readonly zone: string
  #steps = 0
  #size = 0

  constructor({ now = new Date(), zone = 'UTC' }: Clock) {
    this.now = now
    this.zone = zone
  }

  /** Counts a visited node. */
  step(): void {
    this.#steps += 1
    if (this.#steps > MAX_STEPS) throw new EXPR_LIMIT(`The expression takes more than ${MAX_STEPS} steps`)
  }

  /** Counts items or characters, before they are made. */
  take(size: number): void {
    this.#size += size
    if (!(this.#size <= MAX_SIZE))
      throw new EXPR_LIMIT(`The expression makes more than ${MAX_SIZE} items or characters`)
  }
}
