import { addTo, field, formatDatetime, model, sql, toZone, today, type Recs, type RecordsOf, type Values } from '#core'
import { counterOf, type CountingModel } from './ir_sequence_counter.ts'
import { formatMistake, formatNumber, interpolate, type SequenceMoments } from './ir_sequence_format.ts'

const TEXT = { type: 'string' }
const DAY = { type: ['string', 'null', 'boolean'] }

export class IrSequenceFields {
  name = field.char({ required: true })
  code = field.char({ string: 'Sequence Code', index: true })
  implementation = field.selection(
    { standard: 'Standard', no_gap: 'No gap' },
    {
      required: true,
      default: 'standard',
      help:
        'Standard numbers are drawn without waiting for others, but a call that fails leaves a gap. Numbers without ' +
        'gaps make calls wait for each other.',
    },
  )
  active = field.boolean({ default: true })
  prefix = field.char({ trim: false, help: 'What stands before the number; %(year)s and the like are filled in.' })
  suffix = field.char({ trim: false, help: 'What stands after the number; %(year)s and the like are filled in.' })
  number_next = field.integer({ string: 'Next Number', required: true, default: 1 })
  number_next_actual = field.integer({ string: 'Actual Next Number', readonly: false })
  number_increment = field.integer({ string: 'Step', required: true, default: 1 })
  padding = field.integer({
    string: 'Sequence Size',
    required: true,
    default: 0,
    help: 'Digits at least, with zeros in front.',
  })
  company_id = field.many2one('res.company', { default: (env) => env.companyId })
  use_date_range = field.boolean({ string: 'Use subsequences per date_range' })
  date_range_ids = field.one2many('ir.sequence.date_range', 'sequence_id', { string: 'Subsequences' })
}

/** One place where a sequence, or a date range of it, counts. */
interface Counted {
  readonly model: CountingModel
  readonly id: number
  readonly sequenceId: number
  readonly next: number
}

export const IrSequence = model(
  'ir.sequence',
  IrSequenceFields,
  {
    description: 'Sequence',
    order: 'name, id',
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.sequence'>[]): Promise<Recs<'ir.sequence'>> {
        const sequences = await super.create(values)
        for (const one of await sequences.load(['implementation', 'number_next', 'number_increment'])) {
          await counterOf(this.env, one.implementation).begin(
            this.env,
            'ir.sequence',
            one.id,
            one.number_next,
            one.number_increment,
          )
        }
        return sequences
      }

      override async write(values: Values<'ir.sequence'>): Promise<void> {
        if (!('implementation' in values || 'number_next' in values || 'number_increment' in values))
          return super.write(values)
        const before = await this._counted()
        for (const { model, id } of before) await counterOf(this.env, 'standard').end(this.env, model, [id])
        await super.write(values)
        const kept = new Map((await this.load(['implementation', 'number_increment'])).map((one) => [one.id, one]))
        for (const { model, id, sequenceId, next } of before) {
          const one = kept.get(sequenceId)
          if (!one) continue
          const from = model === 'ir.sequence' ? (values.number_next ?? next) : next
          await counterOf(this.env, one.implementation).begin(this.env, model, id, from, one.number_increment)
        }
      }

      override async unlink(): Promise<void> {
        const counted = await this._counted()
        await super.unlink()
        for (const { model, id } of counted) await counterOf(this.env, 'standard').end(this.env, model, [id])
      }

      /**
       * The next number of the sequence with this code, that of the own company before a shared one; `null` when there is
       * no such sequence. The date decides the date range and fills placeholders; by default it is today.
       */
      async next_by_code(sequence_code: string, sequence_date: string | null = null): Promise<string | null> {
        const found = await this.search(
          [
            ['code', '=', sequence_code],
            ['company_id', 'in', [this.env.companyId, null]],
          ],
          { order: 'company_id, id', limit: 1 },
        )
        return found.length === 0 ? null : found.next_by_id(sequence_date)
      }

      /** The next number of the one sequence of the set. */
      async next_by_id(sequence_date: string | null = null): Promise<string> {
        await this.check_access('read')
        return this.sudo('whoever may read a sequence may draw its numbers')._next(sequence_date)
      }

      /** The text that a number of the one sequence of the set is written as. */
      async get_next_char(number_next: number): Promise<string> {
        const [one] = await this.load(['prefix', 'suffix', 'padding'])
        if (!one) return String(number_next)
        const moments = this._moments()
        const fill = (text: string | null): string => (text === null ? '' : interpolate(text, moments))
        return formatNumber(fill(one.prefix), number_next, one.padding, fill(one.suffix))
      }

      /** Draws a number and writes it as text. */
      async _next(sequence_date: string | null = null): Promise<string> {
        const [one] = await this.load(['implementation', 'number_increment', 'use_date_range'])
        if (!one) return ''
        if (!one.use_date_range) {
          return this._dated(sequence_date, null).get_next_char(
            await counterOf(this.env, one.implementation).draw(this.env, 'ir.sequence', one.id, one.number_increment),
          )
        }
        const day = (sequence_date ?? this.env.context.ir_sequence_date ?? today(this.env.zone)).slice(0, 10)
        const [range] = await (await this._range(day)).load(['date_from'])
        if (!range) return ''
        return this._dated(sequence_date, range.date_from).get_next_char(await range._draw())
      }

      /** The date range of the one sequence of the set that holds a day; a new one covers what is free of the day's year. */
      async _range(day: string): Promise<Recs<'ir.sequence.date_range'>> {
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
        if (found) return found
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
        return ranges.create([
          {
            sequence_id: id,
            date_from: previous ? addTo(previous, 1, 'day') : `${year}-01-01`,
            date_to: following ? addTo(following, -1, 'day') : `${year}-12-31`,
          },
        ])
      }

      /** The set with the dates in its context that placeholders are filled from. */
      _dated(date: string | null, rangeStart: string | null): Recs<'ir.sequence'> {
        return this.withContext({
          ...(date === null ? {} : { ir_sequence_date: date }),
          ...(rangeStart === null ? {} : { ir_sequence_date_range: rangeStart }),
        })
      }

      _moments(): SequenceMoments {
        const current = toZone(formatDatetime(new Date()), this.env.zone)
        const { ir_sequence_date, ir_sequence_date_range } = this.env.context
        return {
          current,
          effective: ir_sequence_date ?? current,
          range: ir_sequence_date_range ?? ir_sequence_date ?? current,
        }
      }

      /** Where the sequences of the set count, and which number comes next there. */
      async _counted(): Promise<readonly Counted[]> {
        const sequences = await this.load(['number_next_actual', 'date_range_ids.number_next_actual'])
        return sequences.flatMap((one) => [
          { model: 'ir.sequence', id: one.id, sequenceId: one.id, next: one.number_next_actual },
          ...one.date_range_ids.map(
            (range) =>
              ({
                model: 'ir.sequence.date_range',
                id: range.id,
                sequenceId: one.id,
                next: range.number_next_actual,
              }) as const,
          ),
        ])
      }
    },
)

IrSequence.computeBatch('number_next_actual', ['number_next', 'implementation'], async (sequences, env) => {
  const standard = sequences.filter((one) => one.implementation === 'standard').map((one) => one.id)
  const next = await counterOf(env, 'standard').peek(env, 'ir.sequence', standard)
  return new Map(sequences.map((one) => [one.id, next.get(one.id) ?? one.number_next]))
})
  .inverse('number_next_actual', async (values, env) => {
    for (const [id, number_next] of values) await env.browse('ir.sequence', [id]).write({ number_next })
  })
  .constrain(['number_increment'], (one) =>
    one.number_increment === 0 ? 'The step of a sequence must not be zero.' : undefined,
  )
  .constrain(['prefix'], (one) => formatMistake(one.prefix ?? ''))
  .constrain(['suffix'], (one) => formatMistake(one.suffix ?? ''))
  .callable('next_by_code', { on: 'model', params: { sequence_code: TEXT, sequence_date: DAY } })
  .callable('next_by_id', { params: { sequence_date: DAY } })
  .callable('get_next_char', { readonly: true, params: { number_next: { type: 'integer' } } })

export interface IrSequence extends RecordsOf<typeof IrSequence> {}
declare module '#core' {
  interface Models {
    'ir.sequence': { fields: IrSequenceFields; records: IrSequence }
  }
  interface Context {
    /** The day that placeholders of a sequence speak of; by default today. */
    readonly ir_sequence_date?: string
    /** The first day of the date range that a number is drawn from. */
    readonly ir_sequence_date_range?: string
  }
}
