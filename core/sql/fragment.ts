/** A piece of SQL: text with `?` where the parameters go, in order. Immutable. */
export interface Sql {
  readonly text: string
  readonly params: readonly unknown[]
}

const NOTHING: readonly unknown[] = []

/** Text that is SQL already: key words, quoted names. Never pass what a person typed. */
export function raw(text: string): Sql {
  return { text, params: NOTHING }
}

/** A quoted table, column or constraint name; `ident('t', 'name')` is `"t"."name"`. */
export function ident(...names: readonly string[]): Sql {
  return raw(names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'))
}

/** One value, as a parameter. */
export function param(value: unknown): Sql {
  return { text: '?', params: [value] }
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'text' in value && 'params' in value
}

/** `sql\`SELECT ${ident('name')} FROM t WHERE id = ${7}\``: fragments are spliced in, all else becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  let text = strings[0] ?? ''
  const params: unknown[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (isSql(value)) {
      text += value.text
      for (const p of value.params) params.push(p)
    } else {
      text += '?'
      params.push(value)
    }
    text += strings[i + 1]
  }
  return { text, params }
}

/** Joins fragments with a separator that is SQL text. */
export function join(parts: readonly Sql[], separator: string): Sql {
  if (parts.length === 1) return parts[0] as Sql
  const params: unknown[] = []
  for (const part of parts) for (const p of part.params) params.push(p)
  return { text: parts.map((part) => part.text).join(separator), params }
}

/** A parenthesised list of parameters. */
export function values(list: readonly unknown[]): Sql {
  return { text: `(${list.map(() => '?').join(', ')})`, params: list }
}

export const TRUE: Sql = raw('1 = 1')
export const FALSE: Sql = raw('1 = 0')

/** All of the conditions; with none, always true. */
export function and(parts: readonly Sql[]): Sql {
  const kept = parts.filter((part) => part !== TRUE)
  if (kept.length === 0) return TRUE
  if (kept.includes(FALSE)) return FALSE
  return kept.length === 1 ? (kept[0] as Sql) : sql`(${join(kept, ' AND ')})`
}

/** Any of the conditions; with none, always false. */
export function or(parts: readonly Sql[]): Sql {
  const kept = parts.filter((part) => part !== FALSE)
  if (kept.length === 0) return FALSE
  if (kept.includes(TRUE)) return TRUE
  return kept.length === 1 ? (kept[0] as Sql) : sql`(${join(kept, ' OR ')})`
}

/** The opposite of a condition that is never NULL. */
export function not(part: Sql): Sql {
  if (part === TRUE) return FALSE
  if (part === FALSE) return TRUE
  return sql`NOT ${part}`
}
