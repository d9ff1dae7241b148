import type { FieldInfo } from '../fields/info.ts'
import type {
  CallableStatement,
  ConstraintStatement,
  OnchangeStatement,
  OndeleteStatement,
  RecomputedStatement,
  SqlConstraint,
} from './statements.ts'
import type { AnyRecordSet } from './record-set.ts'

/** One key of `order`. */
export interface OrderKey {
  readonly field: string
  readonly descending: boolean
  readonly nulls?: 'first' | 'last'
}

/** One model of one database: all of its layers merged. Built by the registry, then never changed. */
export interface ModelInfo {
  readonly name: string
  readonly description: string
  /** The table, or the view for a model over SQL. */
  readonly table: string
  /** Names of the model in earlier versions, and of its table. */
  readonly formerNames: readonly string[]
  readonly formerTables: readonly string[]
  readonly kind: 'model' | 'abstract' | 'transient' | 'view'
  /** The query of a model over an SQL view, per dialect name. */
  readonly viewSql: ((dialect: 'sqlite' | 'postgres') => string) | null
  readonly order: readonly OrderKey[]
  readonly recName: string | null
  /** Fields that `name_search` and conditions on `display_name` look at. */
  readonly recNamesSearch: readonly string[]
  readonly parentName: string
  /** Whether `parent_path` is kept. */
  readonly parentStore: boolean
  /** `'active'` or `'x_active'` when the model can archive. */
  readonly activeField: string | null
  /** Whether `create_date`, `create_uid`, `write_date` and `write_uid` are kept. */
  readonly logAccess: boolean
  /** Comodel -> many2one of the models whose fields this one has too (`_inherits`). */
  readonly delegates: ReadonlyMap<string, string>
  /** The model that its ids come from; `null` when they are its own. */
  readonly idFrom: string | null
  /** Abstract models that it inherits. */
  readonly inherits: readonly string[]
  readonly fields: ReadonlyMap<string, FieldInfo>
  /** Fields with a column, in order of declaration; `id` first. */
  readonly columns: readonly FieldInfo[]
  readonly constraints: readonly ConstraintStatement[]
  readonly sqlConstraints: readonly SqlConstraint[]
  readonly indexes: readonly { readonly name: string; readonly definition: string }[]
  readonly onchanges: readonly OnchangeStatement[]
  readonly ondeletes: readonly OndeleteStatement[]
  readonly recomputeds: readonly RecomputedStatement[]
  readonly callables: ReadonlyMap<string, CallableStatement>
  readonly addons: readonly string[]
  readonly manual: boolean
  /** Whether company consistency is checked on relations marked `checkCompany`. */
  readonly RecordSet: new (env: never, model: string, ids: readonly number[]) => AnyRecordSet
}
