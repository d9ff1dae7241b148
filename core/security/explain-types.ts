import type { Operation } from '../orm/operations.ts'

/** What is to be explained. */
export interface AccessQuestion {
  readonly uid: number
  readonly model: string
  readonly operation: Operation
  /** Records; without any, only rights are looked at, and which rules there are. */
  readonly ids?: readonly number[]
  /** The companies that the user works in; by default all that the user may. */
  readonly companyIds?: readonly number[]
}

export interface Group {
  readonly id: number
  /** The external id, where it has one. */
  readonly xml_id: string | null
  readonly name: string
  readonly member: boolean
}

/** A line of the access rights that allows the operation. */
export interface RightLine {
  readonly id: number
  readonly name: string
  /** Everybody without a group. */
  readonly group: Group | null
  readonly grants: boolean
}

/** A record rule that speaks of the operation. */
export interface RuleLine {
  readonly id: number
  readonly xml_id: string | null
  readonly name: string
  /** The model that it is on: the one in question, or one whose fields it has too. */
  readonly model: string
  /** Global rules all have to hold; of the rules of the user's groups one is enough. */
  readonly kind: 'global' | 'group'
  readonly groups: readonly Group[]
  readonly applies: boolean
  /** As it is written. */
  readonly domain: string
  /** With the values of the user in it. */
  readonly values: readonly unknown[]
  /** Those of the records that it does not hold for. */
  readonly fails: readonly number[]
}

export interface RecordLine {
  readonly id: number
  readonly exists: boolean
  readonly allowed: boolean
  /** Ids of the rules that refuse it. */
  readonly refused_by: readonly number[]
  /** Groups of which one is enough, where rules of groups alone refuse it. */
  readonly would_grant: readonly Group[]
}

/** A field that not everybody may use. */
export interface FieldLine {
  readonly field: string
  readonly groups: string
  readonly allowed: boolean
}

/** Why a user may or may not do something. */
export interface AccessExplanation {
  readonly user: {
    readonly id: number
    readonly login: string
    readonly name: string
    readonly company_ids: readonly number[]
  }
  readonly model: string
  readonly operation: Operation
  readonly allowed: boolean
  /** One sentence, for a person. */
  readonly verdict: string
  /** The system's own user, for whom nothing is checked. */
  readonly superuser: boolean
  readonly rights: {
    readonly granted: boolean
    readonly lines: readonly RightLine[]
    readonly would_grant: readonly Group[]
  }
  readonly rules: readonly RuleLine[]
  readonly records: readonly RecordLine[]
  /** The first record that is refused. */
  readonly first_refused: number | null
  /** What the model's own code says against it, beside rights and rules. */
  readonly refused_by_code: string | null
  readonly fields: readonly FieldLine[]
}
