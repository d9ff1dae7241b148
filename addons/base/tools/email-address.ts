/** A person as the head of a mail writes it; either part may be missing. */
export interface EmailAddress {
  readonly name: string | null
  readonly email: string | null
}

const NAMED = /^\s*(?<name>.*?)\s*<\s*(?<email>[^<>\s]+@[^<>\s]+)\s*>\s*$/s
const BARE = /^[^<>\s@]+@[^<>\s@]+$/

/**
 * Splits what a person typed: `"Ann Lee" <ann@x.test>` has both parts, `ann@x.test` an address alone, and any other
 * text is a name. Addresses come in lower case.
 */
export function parseEmailAddress(text: string): EmailAddress {
  const { name = '', email } = NAMED.exec(text)?.groups ?? {}
  if (email !== undefined) return { name: unquoted(name) || null, email: email.toLowerCase() }
  const trimmed = text.trim()
  if (BARE.test(trimmed)) return { name: null, email: trimmed.toLowerCase() }
  return { name: trimmed || null, email: null }
}

/** The addresses of a text that holds several, separated by commas or semicolons, in lower case. */
export function emailsIn(text: string): string[] {
  return text.split(/[,;]/).flatMap((part) => parseEmailAddress(part).email ?? [])
}

/** `"Ann Lee" <ann@x.test>`: the name quoted, several addresses separated by commas. */
export function formatEmailAddress(name: string, emails: readonly string[]): string {
  return `"${name.replaceAll(/["\\]/g, '\\$&')}" <${emails.join(',')}>`
}

function unquoted(name: string): string {
  const quoted = /^"(?<text>.*)"$/s.exec(name)?.groups?.['text']
  return quoted === undefined ? name : quoted.replaceAll(/\\(?<character>.)/gs, '$<character>')
}
