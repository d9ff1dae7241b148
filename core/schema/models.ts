import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'

/** The part of a registry that a schema is made from. */
export type Models = Pick<Registry, 'models' | 'get'>

/** Whether records of the model are rows of a table, so that others can refer to them. */
export function hasTable(model: ModelInfo): boolean {
  return model.kind === 'model' || model.kind === 'transient'
}
