/** A person behind a message, a follower or an activity. */
export interface Person {
  readonly id: number
  readonly name: string
}

interface TrackedValue {
  readonly value: unknown
  readonly currencyId: number | null | false
}

/** A message as `mail_thread_data` gives it; empty values may be `false`. */
export interface ThreadMessage {
  readonly id: number
  readonly body: string | null | false
  readonly subject: string | null | false
  readonly date: Date | string | null | false
  readonly subtype_description: string | null | false
  readonly is_note: boolean
  readonly author: Person | null | false
  readonly email_from: string | null | false
  readonly attachments: readonly { readonly id: number; readonly name: string }[]
  readonly trackings: readonly {
    readonly changedField: string
    readonly fieldType: string
    readonly oldValue: TrackedValue
    readonly newValue: TrackedValue
  }[]
}

/** An activity that is planned on the record. */
export interface ThreadActivity {
  readonly id: number
  readonly activity_type_id: readonly [id: number, name: string] | null | false
  readonly summary: string | null | false
  readonly note: string | null | false
  readonly date_deadline: string
  readonly state: string
  readonly user: Person
  readonly can_write: boolean
}

/** What a record's model tells of its thread: the answer of `mail_thread_data`. */
export interface ThreadData {
  readonly id: number
  readonly model: string
  readonly hasWriteAccess: boolean
  readonly canPostOnReadonly: boolean
  /** The newest first. */
  readonly messages: readonly ThreadMessage[]
  readonly hasMoreMessages: boolean
  readonly followers: readonly { readonly id: number; readonly partner: Person }[]
  readonly isFollower: boolean
  readonly activities: readonly ThreadActivity[]
  readonly attachments: readonly { readonly id: number; readonly name: string }[]
  readonly suggestedRecipients: readonly {
    readonly partner_id: number | null | false
    readonly name: string
    readonly email: string | null | false
  }[]
}

/** What the chatter offers beside the thread itself. */
export interface ThreadChoices {
  /** The contact of whoever looks. */
  readonly partner: number | null
  /** Kinds of activities that may be planned on the record; `null` when its model has none. */
  readonly activityTypes: readonly { readonly id: number; readonly name: string }[] | null
}
