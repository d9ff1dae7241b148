import { addTo } from '../../../core/tools/dates.ts'
import type { FieldDescription, PageContext, Values } from '../../page.ts'
import { currencyFieldOf } from './totals.ts'
import type { ListArch } from './arch.ts'

const ROWS = 10

/** Records that nobody made, for an empty list that shows what it is for: the same ones every time. */
export function sampleRecords(arch: ListArch, page: PageContext): Values[] {
  const [currency] = page.format.currencies.keys()
  return Array.from({ length: ROWS }, (_, i) => {
    const record: Record<string, unknown> = { id: `sample_${i}` }
    for (const place of arch.columns) {
      record[place.name] = sampleValue(place.description, i, page)
      const currencyField = currencyFieldOf(place)
      if (currencyField !== null) record[currencyField] = currency === undefined ? false : { id: currency }
    }
    return record
  })
}

function sampleValue({ type, string, selection }: FieldDescription, i: number, { today }: PageContext): unknown {
  const name = `${string} ${i + 1}`
  switch (type) {
    case 'integer':
      return ((i * 7) % 10) + 1
    case 'float':
    case 'monetary':
      return (((i * 7) % 10) + 1) * 125
    case 'boolean':
      return i % 2 === 0
    case 'date':
      return addTo(today, i * 3 - 12, 'day')
    case 'datetime':
      return `${addTo(today, i * 3 - 12, 'day')} ${String(8 + i).padStart(2, '0')}:00:00`
    case 'selection':
      return selection?.[i % selection.length]?.[0] ?? false
    case 'many2one':
      return { id: i + 1, display_name: name }
    case 'many2many':
    case 'one2many':
      return [{ id: i + 1, display_name: name, color: i }]
    case 'char':
    case 'text':
      return name
    default:
      return false
  }
}
