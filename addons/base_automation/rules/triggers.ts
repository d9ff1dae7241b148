import type { ModelInfo } from '#core'

/** What sets a rule off, by its name on the wire. */
export const TRIGGERS = {
  on_stage_set: 'Stage is set to',
  on_user_set: 'User is set',
  on_tag_set: 'Tag is added',
  on_state_set: 'State is set to',
  on_priority_set: 'Priority is set to',
  on_archive: 'On archived',
  on_unarchive: 'On unarchived',
  on_create_or_write: 'On create and edit',
  on_create: 'On create',
  on_write: 'On update',
  on_unlink: 'On deletion',
  on_time: 'Based on date field',
  on_time_created: 'After creation',
  on_time_updated: 'After last update',
  on_message_received: 'On incoming message',
  on_message_sent: 'On outgoing message',
  on_webhook: 'On webhook',
} as const

export type Trigger = keyof typeof TRIGGERS

/** Triggers that are a change of one field: the names that the field may have. */
const FIELD_OF: Partial<Record<Trigger, readonly string[]>> = {
  on_stage_set: ['stage_id', 'x_stage_id'],
  on_user_set: ['user_id', 'user_ids', 'x_user_id'],
  on_tag_set: ['tag_ids', 'category_id', 'x_tag_ids'],
  on_state_set: ['state', 'x_state'],
  on_priority_set: ['priority', 'x_priority'],
  on_archive: ['active', 'x_active'],
  on_unarchive: ['active', 'x_active'],
}

/** Whether a trigger is a change of one field. */
export const isOfField = (trigger: Trigger): boolean => trigger in FIELD_OF

/** The field that a trigger of one field looks at; undefined when the model has none. */
export function fieldOfTrigger(trigger: Trigger, model: ModelInfo): string | undefined {
  return FIELD_OF[trigger]?.find((name) => model.fields.has(name))
}

const CREATING = new Set<Trigger>([
  'on_create',
  'on_create_or_write',
  'on_stage_set',
  'on_user_set',
  'on_tag_set',
  'on_state_set',
  'on_priority_set',
])
const WRITING = new Set<Trigger>([...CREATING, 'on_write', 'on_archive', 'on_unarchive'])
WRITING.delete('on_create')

export const isCreating = (trigger: Trigger): boolean => CREATING.has(trigger)
export const isWriting = (trigger: Trigger): boolean => WRITING.has(trigger)
export const isTimed = (trigger: Trigger): boolean => trigger.startsWith('on_time')
