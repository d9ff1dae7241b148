import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { counterOf, type CountingModel } from './ir_sequence_counter.ts'
import { formatMistake } from './ir_sequence_format.ts'

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

export interface IrSequence extends RecordsOf<typeof IrSequence> {}
declare module '#core' {
  interface Models {
    'ir.sequence': { fields: IrSequenceFields; records: IrSequence }
  }
}
