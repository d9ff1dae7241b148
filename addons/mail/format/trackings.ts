import { formatDate, groupBy, mayUseField, textIn, type Env } from '#core'
import { placeOf } from '../tracking/tracked-fields.ts'

/** A value before or after a change. */
export interface ShownValue {
  readonly value: string | number | boolean | Date | null
  readonly currencyId: number | null
}

/** A line of a record's history. */
export interface ShownTracking {
  readonly id: number
  /** The label of the field, in the language of the user. */
  readonly changedField: string
  readonly fieldName: string
  readonly fieldType: string
  readonly oldValue: ShownValue
  readonly newValue: ShownValue
}

/**
 * The changes that messages tell of, as the user may see them: those of fields of other groups are left out; in the
 * order that the fields ask for. One query for all messages.
 * @param models message -> model of its record
 */
export async function trackingsOf(
  env: Env,
  models: ReadonlyMap<number, string | null>,
): Promise<ReadonlyMap<number, ShownTracking[]>> {
  const trackings = env.sudo('the groups of the fields are held against the user below')['mail.tracking.value']
  const all = await (
    await trackings.search([['mail_message_id', 'in', [...models.keys()]]], { order: 'id' })
  ).load(['*'])
  const shown = new Map<number, ShownTracking[]>()
  for (const [messageId, rows] of groupBy(all, (one) => one.mail_message_id.id)) {
    const model = models.get(messageId)
    const info = model && env.registry.has(model) ? env.registry.get(model) : undefined
    const lines = rows.flatMap((row) => {
      const {
        name = '',
        desc = '',
        type = '',
      } = (row.field_info ?? {}) as { name?: string; desc?: string; type?: string }
      const field = info?.fields.get(name)
      if (field && !mayUseField(env, field)) return []
      const label = textIn(env, field?.addons[0] ?? 'base', field?.label ?? desc)
      const line: ShownTracking = {
        id: row.id,
        changedField: label,
        fieldName: name,
        fieldType: type,
        oldValue: valueOf(
          {
            integer: row.old_value_integer,
            float: row.old_value_float,
            char: row.old_value_char,
            text: row.old_value_text,
            datetime: row.old_value_datetime,
            currency: row.currency_id?.id ?? null,
          },
          type,
        ),
        newValue: valueOf(
          {
            integer: row.new_value_integer,
            float: row.new_value_float,
            char: row.new_value_char,
            text: row.new_value_text,
            datetime: row.new_value_datetime,
            currency: row.currency_id?.id ?? null,
          },
          type,
        ),
      }
      return { place: field ? placeOf(field) : 100, line }
    })
    shown.set(
      messageId,
      lines.toSorted((a, b) => a.place - b.place || a.line.id - b.line.id).map(({ line }) => line),
    )
  }
  return shown
}

/** What a line holds of the value on one side of the change, by kind. */
interface Side {
  readonly integer: number
  readonly float: number
  readonly char: string | null
  readonly text: string | null
  readonly datetime: Date | null
  readonly currency: number | null
}

function valueOf({ integer, float, char, text, datetime, currency }: Side, type: string): ShownValue {
  switch (type) {
    case 'integer':
      return { value: integer, currencyId: null }
    case 'boolean':
      return { value: integer !== 0, currencyId: null }
    case 'float':
    case 'monetary':
      return { value: float, currencyId: currency }
    case 'date':
      return { value: datetime && formatDate(datetime), currencyId: null }
    case 'datetime':
      return { value: datetime, currencyId: null }
    case 'text':
    case 'html':
      return { value: text, currencyId: null }
    default:
      return { value: char, currencyId: null }
  }
}
