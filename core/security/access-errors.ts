import { defineError } from '../errors.ts'

export const USER_UNKNOWN = defineError('USER_UNKNOWN', 'AccessDenied', (uid: number) => `There is no user ${uid}.`)

export const ACCESS_MODEL = defineError(
  'ACCESS_MODEL',
  'AccessError',
  (operation: string, description: string, model: string, groups: readonly string[]) =>
    `You are not allowed to ${operation} '${description}' (${model}) records.\n\n${
      groups.length > 0
        ? `This operation is allowed for the groups:\n${groups.map((group) => `- ${group}`).join('\n')}`
        : 'No group allows this operation.'
    }`,
)

export const ACCESS_RULE = defineError(
  'ACCESS_RULE',
  'AccessError',
  (operation: string, description: string, model: string, ids: readonly number[], rules: readonly string[]) =>
    `You are not allowed to ${operation} these records of '${description}' (${model}): ${ids.slice(0, 5).join(', ')}.${
      rules.length > 0 ? `\n\nRules that say so:\n${rules.map((rule) => `- ${rule}`).join('\n')}` : ''
    }`,
)

export const ACCESS_FIELD = defineError(
  'ACCESS_FIELD',
  'AccessError',
  (operation: string, model: string, fields: readonly string[], groups: string) =>
    `You are not allowed to ${operation} ${fields.map((field) => `'${field}'`).join(', ')} of ${model}: only members of ${groups} are.`,
)

export const ACCESS_COMPANY = defineError(
  'ACCESS_COMPANY',
  'AccessError',
  (ids: readonly number[]) => `You may not work in the companies ${ids.join(', ')}.`,
)
