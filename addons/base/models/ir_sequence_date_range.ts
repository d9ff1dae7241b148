import { field, model, type Recs, type RecordsOf, type Values } from '#core'
import { counterOf } from './ir_sequence_counter.ts'

export class IrSequenceDateRangeFields {
  sequence_id = field.many2one('ir.sequence', {
    string: 'Main Sequence',
    required: true,
    ondelete: 'cascade',
    index: true,
  })
  date_from = field.date({ string: 'From', required: true })
  date_to = field.date({ string: 'To', required: true })
  number_next = field.integer({ string: 'Next Number', required: true, default: 1 })
  number_next_actual = field.integer({ string: 'Actual Next Number', readonly: false })
}

export const IrSequenceDateRange = model(
  'ir.sequence.date_range',
  IrSequenceDateRangeFields,
  {
    description: 'Sequence Date Range',
    order: 'date_from, id',
    recName: 'date_from',
    sqlConstraints: {
      unique_range_per_sequence: [
        'unique (sequence_id, date_from, date_to)',
        'There is a range with these dates for this sequence already.',
      ],
    },
  },
  (Base) =>
    class extends Base {
      override async create(
        values: readonly Values<'ir.sequence.date_range'>[],
      ): Promise<Recs<'ir.sequence.date_range'>> {
        const ranges = await super.create(values)
        await ranges._begin()
        return ranges
      }

      override async write(values: Values<'ir.sequence.date_range'>): Promise<void> {
        await super.write(values)
        if (values.number_next !== undefined) await this._begin()
      }

      override async unlink(): Promise<void> {
        const { env, ids } = this
        await super.unlink()
        await counterOf(env, 'standard').end(env, 'ir.sequence.date_range', ids)
      }

      /** Lets each range count from its `number_next`. */
      async _begin(): Promise<void> {
        for (const range of await this.load([
          'number_next',
          'sequence_id.implementation',
          'sequence_id.number_increment',
        ])) {
          const { implementation, number_increment } = range.sequence_id
          await counterOf(this.env, implementation).begin(
            this.env,
            'ir.sequence.date_range',
            range.id,
            range.number_next,
            number_increment,
          )
        }
      }

      /** Draws so many numbers from the one range of the set. */
      async _draw(count: number): Promise<readonly number[]> {
        const [range] = await this.load(['sequence_id.implementation', 'sequence_id.number_increment'])
        if (!range) return []
        const { implementation, number_increment } = range.sequence_id
        const counter = counterOf(this.env, implementation)
        return counter.draw(this.env, 'ir.sequence.date_range', range.id, number_increment, count)
      }
    },
)

IrSequenceDateRange.computeBatch(
  'number_next_actual',
  ['number_next', 'sequence_id.implementation'],
  async (ranges, env) => {
    const native = ranges.filter((range) => range.sequence_id.implementation === 'standard')
    const next = await counterOf(env, 'standard').peek(
      env,
      'ir.sequence.date_range',
      native.map((range) => range.id),
    )
    return new Map(ranges.map((range) => [range.id, next.get(range.id) ?? range.number_next]))
  },
)
  .inverse('number_next_actual', async (values, env) => {
    for (const [id, number_next] of values) await env.browse('ir.sequence.date_range', [id]).write({ number_next })
  })
  .constrain(['date_from', 'date_to'], (range) =>
    range.date_from > range.date_to ? 'A date range ends on or after the day on which it begins.' : undefined,
  )

export interface IrSequenceDateRange extends RecordsOf<typeof IrSequenceDateRange> {}
declare module '#core' {
  interface Models {
    'ir.sequence.date_range': { fields: IrSequenceDateRangeFields; records: IrSequenceDateRange }
  }
}
