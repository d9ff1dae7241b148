import type { Env } from '../../../core/orm/env.ts'
import { columnField, isDatabaseIdColumn } from '../../../core/orm/transfer/column-field.ts'
import type { FieldInfo } from '../../../core/fields/info.ts'
import type { SheetColumn } from '../../../core/tools/sheet/xlsx-write.ts'
import type { ExportRequest } from './request.ts'

const MONEY_DIGITS = 2

/** The columns of a file with what they hold. */
export function sheetColumns(env: Env, { model, columns }: ExportRequest): SheetColumn[] {
  return columns.map(({ path, label }) => {
    if (isDatabaseIdColumn(path)) return { label, kind: 'number' }
    const field = columnField(env, model, path)
    return { label, ...(field ? holding(field) : { kind: 'text' }) }
  })
}

function holding(field: FieldInfo): Omit<SheetColumn, 'label'> {
  switch (field.type) {
    case 'integer':
      return { kind: 'number' }
    case 'float':
      return field.digits === null ? { kind: 'number' } : { kind: 'number', digits: field.digits }
    case 'monetary':
      return { kind: 'number', digits: MONEY_DIGITS }
    case 'boolean':
    case 'date':
    case 'datetime':
      return { kind: field.type }
    default:
      return { kind: 'text' }
  }
}
