/** What can be asked of a field, as people read it. */
export interface Comparison {
  /** Unique among those of a kind of field. */
  readonly key: string
  readonly text: string
  readonly operator: string
  /** The value, where the question itself says it. */
  readonly fixed?: unknown
}

const ask = (key: string, text: string, operator = key): Comparison => ({ key, text, operator })
const SET: readonly Comparison[] = [
  { key: 'set', text: 'is set', operator: '!=', fixed: false },
  { key: 'not_set', text: 'is not set', operator: '=', fixed: false },
]
const SAME: readonly Comparison[] = [ask('=', 'is'), ask('!=', 'is not')]
const ORDER: readonly Comparison[] = [
  ask('>', 'is more than'),
  ask('>=', 'is at least'),
  ask('<', 'is less than'),
  ask('<=', 'is at most'),
]
const TEXT: readonly Comparison[] = [ask('ilike', 'contains'), ask('not ilike', 'does not contain'), ...SAME]
const DAYS: readonly Comparison[] = [
  ask('>', 'is after'),
  ask('>=', 'is on or after'),
  ask('<', 'is before'),
  ask('<=', 'is on or before'),
]
const ANY: readonly Comparison[] = [ask('in', 'is in'), ask('not in', 'is not in')]

const BY_TYPE: Readonly<Record<string, readonly Comparison[]>> = {
  boolean: [
    { key: 'yes', text: 'is yes', operator: '=', fixed: true },
    { key: 'no', text: 'is no', operator: '=', fixed: false },
  ],
  integer: [...SAME, ...ORDER, ...ANY],
  float: [...SAME, ...ORDER],
  monetary: [...SAME, ...ORDER],
  date: [...SAME, ...DAYS, ...SET],
  datetime: [...SAME, ...DAYS, ...SET],
  selection: [...SAME, ...ANY, ...SET],
  many2one: [...SAME, ...ANY, ask('ilike', 'contains'), ask('not ilike', 'does not contain'), ...SET],
  one2many: [...ANY, ask('ilike', 'contains'), ask('not ilike', 'does not contain'), ...SET],
  many2many: [...ANY, ask('ilike', 'contains'), ask('not ilike', 'does not contain'), ...SET],
  binary: SET,
}

/** Comparisons of a kind of field, the usual one first. */
export const comparisonsOf = (type: string): readonly Comparison[] => BY_TYPE[type] ?? [...TEXT, ...ANY, ...SET]

/** The comparison that a condition makes, `undefined` for one that only its text can say. */
export function comparisonOf(type: string, operator: string, value: unknown): Comparison | undefined {
  const all = comparisonsOf(type)
  return (
    all.find((one) => 'fixed' in one && one.operator === operator && one.fixed === value) ??
    all.find((one) => !('fixed' in one) && one.operator === operator)
  )
}
