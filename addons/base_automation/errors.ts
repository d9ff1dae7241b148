import { defineError } from '#core'

/** Automation rules set each other off without an end. */
export const AUTOMATION_LOOP = defineError(
  'AUTOMATION_LOOP',
  'UserError',
  (rules: readonly string[]) =>
    `Automation rules set each other off again and again: ${rules.join(' → ')}. Narrow what one of them applies to.`,
)

/** Nothing waits for calls under this address. */
export const AUTOMATION_HOOK_UNKNOWN = defineError(
  'AUTOMATION_HOOK_UNKNOWN',
  'NotFound',
  () => 'No automation rule waits for calls at this address.',
)
