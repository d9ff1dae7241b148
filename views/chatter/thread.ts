/** A person behind a message, a follower or an activity. */
export interface Person {
  readonly id: number
  readonly name: string
}

/** A file that hangs on a message or on the record. */
export interface ThreadFile {
  readonly id: number
  readonly name: string
  readonly mimetype: string | null | false
  /** Bytes. */
  readonly file_size: number
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
  readonly message_type: string | null | false
  /** Whether whoever looks wrote it. */
  readonly is_author: boolean
  readonly reactions: readonly {
    readonly content: string
    readonly count: number
    readonly partners: readonly Person[]
  }[]
  readonly attachments: readonly ThreadFile[]
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
  readonly followers: readonly {
    readonly id: number
    readonly partner: Person
    readonly subtype_ids: readonly number[]
  }[]
  readonly isFollower: boolean
  readonly activities: readonly ThreadActivity[]
  readonly attachments: readonly ThreadFile[]
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
  readonly activityTypes: readonly Person[] | null
  /** Who may be charged with an activity. */
  readonly users: readonly Person[]
  readonly user: number
  /** Kinds of messages that followers of the model choose among. */
  readonly subtypes: readonly Person[]
  /** What was searched for in the messages. */
  readonly search: string
}
