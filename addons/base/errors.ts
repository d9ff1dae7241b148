import { defineError } from '#core'

/** A contact would be above itself in the tree of contacts. */
export const PARTNER_RECURSION = defineError(
  'PARTNER_RECURSION',
  'ValidationError',
  () => 'A contact cannot be its own parent, directly or through other contacts.',
)

/** A contact is still the identity of a user who can log in. */
export const PARTNER_HAS_USER = defineError(
  'PARTNER_HAS_USER',
  'RedirectWarning',
  (logins: readonly string[]) =>
    `You cannot delete contacts linked to an active user: ${logins.join(', ')}. Archive the user first.`,
)

/** A text that should hold an e-mail address holds none. */
export const PARTNER_EMAIL_MISSING = defineError(
  'PARTNER_EMAIL_MISSING',
  'ValueError',
  (text: string) => `A contact is found by e-mail address, but '${text}' holds none.`,
)

/** A country refers to something that no address has in the layout of its addresses. */
export const ADDRESS_FORMAT_INVALID = defineError(
  'ADDRESS_FORMAT_INVALID',
  'UserError',
  (name: string, known: readonly string[]) =>
    `The layout of an address has the unknown placeholder %(${name})s. There are: ${known.join(', ')}.`,
)

/** The currency that a company keeps its books in cannot be archived. */
export const CURRENCY_IN_USE = defineError(
  'CURRENCY_IN_USE',
  'UserError',
  (names: readonly string[]) => `A company uses ${names.join(', ')} as its currency, so that it cannot be archived.`,
)

/** An operation on one currency got none or several. */
export const CURRENCY_NOT_ONE = defineError(
  'CURRENCY_NOT_ONE',
  'ValueError',
  (count: number) => `An amount is in one currency, but ${count} were given.`,
)

/** A language cannot be archived or deleted while somebody speaks it. */
export const LANG_IN_USE = defineError(
  'LANG_IN_USE',
  'UserError',
  (codes: readonly string[], by: string) =>
    `The language ${codes.join(', ')} is used by ${by}: give them another language first.`,
)

/** Texts without a translation are in English (US), so that it has to stay. */
export const LANG_BASE = defineError(
  'LANG_BASE',
  'UserError',
  () => 'The base language English (US) cannot be deleted.',
)

/** Stored translations are kept under the code of their language. */
export const LANG_CODE_FIXED = defineError(
  'LANG_CODE_FIXED',
  'UserError',
  (code: string) => `The code of the language ${code} cannot be changed.`,
)

/** A company cannot be archived while it is where somebody works. */
export const COMPANY_IN_USE = defineError(
  'COMPANY_IN_USE',
  'UserError',
  (names: readonly string[], logins: readonly string[]) =>
    `${names.join(', ')} cannot be archived: it is still the company of ${logins.join(', ')}.`,
)

/** Books of a branch are part of those of the company above it. */
export const COMPANY_PARENT_FIXED = defineError(
  'COMPANY_PARENT_FIXED',
  'UserError',
  () => 'The company above another one cannot be changed once both exist.',
)

/** A contact that belongs to one company cannot be the identity of users of another. */
export const PARTNER_COMPANY_FOREIGN = defineError(
  'PARTNER_COMPANY_FOREIGN',
  'UserError',
  (names: readonly string[]) =>
    `The company of ${names.join(', ')} has to be that of the user behind the contact, or empty.`,
)

/** A user would lock the own account. */
export const USER_ARCHIVES_SELF = defineError(
  'USER_ARCHIVES_SELF',
  'UserError',
  () => 'You cannot archive the user that you are logged in as.',
)

/** The users that the system itself needs. */
export const USER_NEEDED = defineError(
  'USER_NEEDED',
  'UserError',
  (logins: readonly string[]) => `The system needs these users, they cannot be deleted: ${logins.join(', ')}.`,
)

/** Nobody may log in with an empty password. */
export const PASSWORD_EMPTY = defineError('PASSWORD_EMPTY', 'UserError', () => 'An empty password is not allowed.')

/** The old password that a change asks for is not the one in force. */
export const PASSWORD_WRONG = defineError('PASSWORD_WRONG', 'AccessDenied', () => 'Access Denied')

/** A key is found again by its name. */
export const API_KEY_NAME = defineError(
  'API_KEY_NAME',
  'UserError',
  () => 'Give the key a name, such as the script it is for.',
)

/** A key that holds for ever, or too long, is for who manages users. */
export const API_KEY_DURATION = defineError(
  'API_KEY_DURATION',
  'UserError',
  (days: number) =>
    `A key holds for at least 1 and at most ${days} days. Ask an administrator for one that holds longer.`,
)

/** Only internal users may ask about the groups of somebody else. */
export const GROUPS_OF_OTHERS = defineError(
  'GROUPS_OF_OTHERS',
  'AccessError',
  () => 'You may ask for your own groups only.',
)

/** An operation that is meant for one user got none or several. */
export const USER_NOT_ONE = defineError(
  'USER_NOT_ONE',
  'ValueError',
  (count: number) => `This is asked of one user, but ${count} were given.`,
)

/** Keys are made by the server, so that nobody can choose a weak one. */
export const API_KEY_BY_HAND = defineError(
  'API_KEY_BY_HAND',
  'AccessError',
  () => 'An API key cannot be written by hand: ask for a new one.',
)

/** A key belongs to somebody else. */
export const API_KEY_FOREIGN = defineError(
  'API_KEY_FOREIGN',
  'AccessError',
  (names: readonly string[]) => `You may revoke your own API keys only, not: ${names.join(', ')}.`,
)

/** Rights of others are told to those who manage them. */
export const EXPLAIN_FORBIDDEN = defineError(
  'EXPLAIN_FORBIDDEN',
  'AccessError',
  () => 'Only who manages access rights may have them explained.',
)

/** A module whose models are in the database cannot be deleted from the list. */
export const MODULE_INSTALLED = defineError(
  'MODULE_INSTALLED',
  'UserError',
  (names: readonly string[]) =>
    `Installed modules cannot be deleted from the list; uninstall them first: ${names.join(', ')}.`,
)

/** What can be done with installed modules only is asked for one that is not. */
export const MODULE_ABSENT = defineError(
  'MODULE_ABSENT',
  'UserError',
  (names: readonly string[]) => `These modules are not installed, or not any more: ${names.join(', ')}.`,
)

/** A module cannot be installed, because what it needs is in none of the folders of addons. */
export const MODULE_DEPENDENCY = defineError(
  'MODULE_DEPENDENCY',
  'UserError',
  (name: string, missing: string | undefined) =>
    missing === undefined
      ? `The module '${name}' cannot be installed: its folder, or one that it needs, is not there.`
      : `The module '${name}' needs '${missing}', which is in none of the folders of addons.`,
)

/** Models are served without the folders of addons that they come from, as in some tests. */
export const MODULES_FIXED = defineError(
  'MODULES_FIXED',
  'UserError',
  () => 'This process serves a fixed set of modules, which cannot be changed here.',
)
