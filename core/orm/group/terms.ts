import type { FieldInfo } from '../../fields/info.ts'
import { isDatePart } from '../../domain/date-part.ts'
import { isDated } from '../../domain/field-facts.ts'
import { FIELD_UNKNOWN } from '../../fields/errors.ts'
import type { DatePart, Granularity } from '../../sql/dialect.ts'
import type { ModelInfo } from '../model-info.ts'
import type { Registry } from '../registry.ts'
import { GROUP_FIELD_UNABLE, GROUP_GRANULARITY_WRONG, GROUP_TERM_WRONG } from './errors.ts'
import { type Source, sourceOf } from './source.ts'

/** One thing that records are grouped by. */
export interface Term {
  /** What was written, such as `date_order:month`: the key under which groups show it. */
  readonly spec: string
  readonly field: FieldInfo
  readonly source: Source
  /** How dates are grouped: by periods, by a number such as `month_number`, or `null` for what is no date. */
  readonly by: Granularity | DatePart | null
}

const SPEC = /^(\w+)(?:\.(\w+))?(?::(\w+))?$/
const PERIODS: readonly Granularity[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']
const PARTS: readonly DatePart[] = [
  'year_number',
  'quarter_number',
  'month_number',
  'iso_week_number',
  'day_of_year',
  'day_of_month',
  'day_of_week',
  'hour_number',
  'minute_number',
  'second_number',
]

/** Whether dates are grouped by periods, which have a begin and an end. */
export function isPeriod(by: Term['by']): by is Granularity {
  return by !== null && !isDatePart(by)
}

/**
 * Reads `field` or `field:granularity`; dates are grouped by month unless told otherwise.
 *
 *     parseTerm('date_order:week', order, registry)
 *
 * @throws GROUP_TERM_WRONG, FIELD_UNKNOWN, GROUP_FIELD_UNABLE, GROUP_GRANULARITY_WRONG
 */
export function parseTerm(spec: unknown, info: ModelInfo, registry: Registry): Term {
  const match = typeof spec === 'string' ? SPEC.exec(spec) : null
  if (!match) throw new GROUP_TERM_WRONG(info.name, spec)
  const [written, name = '', property, by] = match
  const field = info.fields.get(name)
  if (!field) throw new FIELD_UNKNOWN(info.name, name).with({ model: info.name, field: name })
  if (property !== undefined) throw new GROUP_FIELD_UNABLE(info.name, `${name}.${property}`, 'it is a property')
  const source = sourceOf(field, info, registry)
  if (!source) throw new GROUP_FIELD_UNABLE(info.name, name, 'it is not stored')
  if (field.type === 'binary' || field.kind.column === 'json') {
    throw new GROUP_FIELD_UNABLE(info.name, name, `groups of ${field.type} values have no meaning`)
  }
  return { spec: written, field, source, by: granularityOf(field, by) }
}

function granularityOf(field: FieldInfo, by: string | undefined): Term['by'] {
  if (!isDated(field)) {
    if (by === undefined) return null
    throw new GROUP_GRANULARITY_WRONG(field.model, field.name, by, [])
  }
  const periods = field.type === 'date' ? PERIODS.filter((one) => one !== 'hour') : PERIODS
  const known = [...periods, ...PARTS].find((one) => one === (by ?? 'month'))
  if (known) return known
  throw new GROUP_GRANULARITY_WRONG(field.model, field.name, by ?? '', [...periods, ...PARTS])
}
