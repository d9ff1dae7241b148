import type { FieldInfo } from '../fields/info.ts'
import type { OperatorContext } from '../fields/kind.ts'
import type { Registry } from '../orm/registry.ts'
import { type Sql, ident, sql } from '../sql/fragment.ts'

/** What SQL depends on besides the domain. */
export interface CompileContext extends OperatorContext {
  /** The language that translated fields are read in, such as `fr_FR`. */
  readonly lang: string
  /** The company whose values company-dependent fields show. */
  readonly companyId: number
  readonly registry: Registry
}

/** The language that every translated text has. */
const SOURCE = 'en_US'

/** The value of a field with a column, as its kind stores it: out of the JSON of languages or companies if need be. */
export function columnOf(field: FieldInfo, alias: string, { dialect, lang, companyId }: CompileContext): Sql {
  const column = ident(alias, field.name)
  if (field.companyDependent) return dialect.jsonValue(column, String(companyId), field.kind.column ?? 'text')
  if (!field.translate) return column
  const source = dialect.jsonText(column, SOURCE)
  return lang === SOURCE ? source : sql`COALESCE(${dialect.jsonText(column, lang)}, ${source})`
}
