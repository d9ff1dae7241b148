import type { FieldInfo } from '../fields/info.ts'
import { acceptCommands, type AnyCommand } from '../fields/command.ts'
import { FIELD_UNKNOWN } from '../fields/errors.ts'
import { checkFields } from '../security/access.ts'
import { hint } from './setup/checks.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { isMany } from './values.ts'

/** Values of one record, sorted by what has to be done with them. */
export interface SplitValues {
  /** Fields with a column. */
  readonly columns: Map<FieldInfo, unknown>
  /** Contents of attached binary fields. */
  readonly binaries: Map<FieldInfo, Uint8Array | null>
  /** Commands of stored x2many fields. */
  readonly many: Map<FieldInfo, readonly AnyCommand[]>
  /** Comodel -> values of fields that live on the delegated record. */
  readonly delegated: Map<string, Loose>
  /** Values of computed and related fields that bring them elsewhere. */
  readonly inverse: Map<FieldInfo, unknown>
}

const LOG_FIELDS = new Set(['id', 'create_uid', 'create_date', 'write_uid', 'write_date', 'parent_path'])

/**
 * Checks the values and sorts them. Log fields are kept by the system: only it may set them. A computed field that
 * brings its value nowhere is left out.
 * @throws FIELD_UNKNOWN, ACCESS_FIELD, and what the kinds throw
 */
export function splitValues(env: Env, info: ModelInfo, values: Loose): SplitValues {
  const split: SplitValues = {
    columns: new Map(),
    binaries: new Map(),
    many: new Map(),
    delegated: new Map(),
    inverse: new Map(),
  }
  const fields: FieldInfo[] = []
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    const field = Object.hasOwn(values, name) ? info.fields.get(name) : undefined
    if (!field)
      throw new FIELD_UNKNOWN(info.name, name).with({
        model: info.name,
        field: name,
        hint: hint(name, info.fields.keys()),
      })
    if (LOG_FIELDS.has(name) && (!env.su || name === 'id' || name === 'parent_path')) continue
    fields.push(field)
    sort(split, info, field, value)
  }
  checkFields(env, fields, 'write')
  return split
}

function sort(split: SplitValues, info: ModelInfo, field: FieldInfo, value: unknown): void {
  if (field.inherited && field.related) {
    const through = info.fields.get(field.related[0] as string) as FieldInfo
    const comodel = through.comodel as string
    let delegated = split.delegated.get(comodel)
    if (!delegated) split.delegated.set(comodel, (delegated = {}))
    delegated[field.related[1] as string] = value
  } else if (field.stored && isMany(field)) split.many.set(field, acceptCommands(value, field))
  else if (field.column !== null) {
    split.columns.set(field, field.kind.accept(value, field))
    if (field.inverseOf) split.inverse.set(field, field.kind.accept(value, field))
  } else if (field.stored && field.type === 'binary')
    split.binaries.set(field, field.kind.accept(value, field) as Uint8Array | null)
  else if (field.inverseOf || (field.related && !field.readonly)) {
    split.inverse.set(field, isMany(field) ? acceptCommands(value, field) : field.kind.accept(value, field))
  }
}
