import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import type { ColumnType } from '../sql/dialect.ts'

/** The part of a registry that a schema is made from. */
export type Models = Pick<Registry, 'models' | 'get'>

/** Whether records of the model are rows of a table, so that others can refer to them. */
export function hasTable(model: ModelInfo): boolean {
  return model.kind === 'model' || model.kind === 'transient'
}

/** The type of a field's column: one that keeps a value per language or company is JSON. `null` without a column. */
export function columnTypeOf(field: FieldInfo): ColumnType | null {
  return field.column !== null && (field.translate || field.companyDependent) ? 'json' : field.column
}
