import { addTo, formatDatetime, groupBy, parseDatetime, sql, toZone, today, type Recs, type RecordsOf } from '#core'
import { SEQUENCE_DATE } from './ir_errors.ts'
import { counterOf } from './ir_sequence_counter.ts'
import { formatNumber, interpolate } from './ir_sequence_format.ts'
import { IrSequence } from './ir_sequence.ts'

/** The day of a document, `YYYY-MM-DD`, or a moment of it; nothing for today. */
type SequenceDate = string | false | null

/** How numbers of a sequence are written. */
interface Written {
  readonly prefix: string | null
  readonly suffix: string | null
  readonly padding: number
}

/** The one date range that holds a day. */
interface DayRange {
  readonly records: Recs<'ir.sequence.date_range'>
  readonly date_from: string
}

const TEXT = { type: 'string' }
const DAY = { type: ['string', 'null', 'boolean'], default: null }

/** Drawing numbers. */
export const IrSequenceDraw = IrSequence.extend(
  Object,
  (Base) =>
    class extends Base {
      /**
       * The next number of the sequence with this code, that of the own company before a shared one; `null` when there is
       * no such sequence. The date decides the date range and fills placeholders; by default it is today.
       */
      async next_by_code(sequence_code: string, sequence_date: string | false | null = null): Promise<string | null> {
        const numbers = await this._next_by_code(sequence_code, [sequence_date])
        return numbers?.[0] ?? null
      }

      /** The same for several documents at once, with as many queries as for one: a number for each of the dates. */
      async _next_by_code(code: string, dates: readonly SequenceDate[]): Promise<readonly string[] | null> {
        const found = await this.search(
          [
            ['code', '=', code],
            ['company_id', 'in', [this.env.companyId, null]],
          ],
          { order: 'company_id, id', limit: 1 },
        )
        if (found.length === 0) return null
        return found.sudo('whoever may read a sequence may draw its numbers')._next(dates)
      }

      /** The next number of the one sequence of the set. */
      async next_by_id(sequence_date: string | false | null = null): Promise<string> {
        await this.check_access('read')
        const system = this.sudo('whoever may read a sequence may draw its numbers')
        const [number = ''] = await system._next([sequence_date])
        return number
      }

      /** The text that a number of the one sequence of the set is written as. */
      async get_next_char(number_next: number): Promise<string> {
        const [one] = await this.load(['prefix', 'suffix', 'padding'])
        return one ? this._written(one, number_next, null, null) : String(number_next)
      }

      /** Draws a number of the one sequence of the set for each of the dates. */
      async _next(dates: readonly SequenceDate[]): Promise<readonly string[]> {
        const [one] = await this.load([
          'implementation',
          'number_increment',
          'use_date_range',
          'prefix',
          'suffix',
          'padding',
        ])
        if (!one) return []
        if (!one.use_date_range) {
          const counter = counterOf(this.env, one.implementation)
          const drawn = await counter.draw(this.env, 'ir.sequence', one.id, one.number_increment, dates.length)
          return drawn.map((number, i) => this._written(one, number, dateText(dates[i]), null))
        }
        const days = dates.map((date) => (dateText(date) ?? this._today()).slice(0, 10))
        const ranges = new Map<string, DayRange>()
        for (const day of new Set(days)) ranges.set(day, await this._range(day))
        const drawn = new Map<number, number[]>()
        for (const [range, group] of groupBy([...ranges.values()], ({ records }) => records.ids[0] ?? 0)) {
          const count = days.filter((day) => group.some((one) => ranges.get(day) === one)).length
          drawn.set(range, [...((await group[0]?.records._draw(count)) ?? [])])
        }
        return dates.map((date, i) => {
          const range = ranges.get(days[i] ?? '')
          const number = drawn.get(range?.records.ids[0] ?? 0)?.shift() ?? 0
          return this._written(one, number, dateText(date), range?.date_from ?? null)
        })
      }

      /** The date range of the one sequence of the set that holds a day; a new one covers what is free of the day's year. */
      async _range(day: string): Promise<DayRange> {
        const ranges = this.env['ir.sequence.date_range']
        const [id = 0] = this.ids
        const year = day.slice(0, 4)
        const known = await (
          await ranges.search([
            ['sequence_id', '=', id],
            ['date_to', '>=', `${year}-01-01`],
            ['date_from', '<=', `${year}-12-31`],
          ])
        ).load(['date_from', 'date_to'])
        const found = known.find((range) => range.date_from <= day && day <= range.date_to)
        if (found) return { records: found, date_from: found.date_from }
        // Writing the sequence itself makes others that need the same new range wait, and then start over and find it.
        await this.env.connection.run(sql`UPDATE ir_sequence SET active = active WHERE id = ${id}`)
        const ends = known
          .map((range) => range.date_to)
          .filter((end) => end < day)
          .sort()
        const begins = known
          .map((range) => range.date_from)
          .filter((begin) => begin > day)
          .sort()
        const [previous, following] = [ends.at(-1), begins[0]]
        const date_from = previous ? addTo(previous, 1, 'day') : `${year}-01-01`
        const date_to = following ? addTo(following, -1, 'day') : `${year}-12-31`
        return { records: await ranges.create([{ sequence_id: id, date_from, date_to }]), date_from }
      }

      /** The day, or the moment, that numbers are drawn for unless told otherwise. */
      _today(): string {
        return dateText(this.env.context.ir_sequence_date) ?? today(this.env.zone)
      }

      /** A number with its prefix and suffix, as of a date (or that of the context, or now) and a date range. */
      _written(one: Written, number: number, date: string | null, rangeStart: string | null): string {
        const { context, zone } = this.env
        const current = toZone(formatDatetime(new Date()), zone)
        const effective = date ?? dateText(context.ir_sequence_date) ?? current
        const range = rangeStart ?? dateText(context.ir_sequence_date_range) ?? effective
        const fill = (text: string | null): string => (text ? interpolate(text, { current, effective, range }) : '')
        return formatNumber(fill(one.prefix), number, one.padding, fill(one.suffix))
      }
    },
)

IrSequenceDraw.callable('next_by_code', { on: 'model', params: { sequence_code: TEXT, sequence_date: DAY } })
  .callable('next_by_id', { params: { sequence_date: DAY } })
  .callable('get_next_char', { readonly: true, params: { number_next: { type: 'integer' } } })

/**
 * A date that a caller or the context gave, or nothing.
 * @throws SEQUENCE_DATE
 */
function dateText(date: unknown): string | null {
  if (date === undefined || date === null || date === false || date === '') return null
  if (typeof date !== 'string' || !parseDatetime(date)) throw new SEQUENCE_DATE(String(date))
  return date
}

declare module './ir_sequence.ts' {
  interface IrSequence extends RecordsOf<typeof IrSequenceDraw> {}
}
declare module '#core' {
  interface Context {
    /** The day that placeholders of a sequence speak of; by default today. */
    readonly ir_sequence_date?: string
    /** The first day of the date range that a number is drawn from. */
    readonly ir_sequence_date_range?: string
  }
}
