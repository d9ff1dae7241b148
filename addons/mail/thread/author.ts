import type { Env } from '#core'
import { parseEmailAddress } from '#addons/base/tools/email-address.ts'

/** Who a message is from. */
export interface Author {
  readonly authorId: number | null
  /** `Name <address>`, or `null` when nothing is known. */
  readonly emailFrom: string | null
}

/**
 * The author of a message: the given contact, else the contact with the address, else who is logged in. An address that
 * no contact has stands for itself.
 */
export async function authorOf(env: Env, authorId: number | null, emailFrom: string | null): Promise<Author> {
  if (authorId === null && emailFrom !== null) {
    return { authorId: await partnerByEmail(env, emailFrom), emailFrom }
  }
  const id = authorId ?? env.user.partnerId
  if (emailFrom !== null) return { authorId: id, emailFrom }
  const [partner] = await env.sudo('messages show who wrote them')['res.partner'].browse([id]).load(['email_formatted'])
  return { authorId: id, emailFrom: partner?.email_formatted || null }
}

async function partnerByEmail(env: Env, text: string): Promise<number | null> {
  const address = parseEmailAddress(text).email
  if (address === null) return null
  const partners = env.sudo('an address stands for a contact, whoever may see it')['res.partner']
  const [found] = (await partners.search([['email', '=ilike', address.replace(/[\\%_]/g, '\\$&')]], { limit: 1 })).ids
  return found ?? null
}
