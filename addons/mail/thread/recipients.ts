import { ident, sql, type Env } from '#core'

/** Somebody who is to be told of a message. */
export interface Recipient {
  readonly partnerId: number
  /** The user behind the contact, if there is one who can log in. */
  readonly userId: number | null
  /** Whether the contact is nobody of the company itself. */
  readonly isShared: boolean
  readonly email: string | null
  readonly lang: string | null
  readonly name: string
  readonly by: 'inbox' | 'email'
}

/** What of a message decides who is told. */
export interface Addressed {
  readonly id: number
  readonly model: string | null
  readonly resId: number | null
  readonly subtypeId: number | null
  readonly partnerIds: readonly number[]
  /** Contacts who are not told: authors. */
  readonly except: readonly number[]
  /** Whether followers are told, or the named recipients alone. */
  readonly toFollowers: boolean
}

/** Followers of the records in the messages' subtypes, and the named recipients: message -> people. Two queries for all. */
export async function recipientsOf(env: Env, messages: readonly Addressed[]): Promise<Map<number, Recipient[]>> {
  const partnersOf = new Map(messages.map((one) => [one.id, new Set(one.partnerIds)]))
  await addFollowing(
    env,
    messages.filter((one) => one.toFollowers && one.model !== null && one.subtypeId !== null),
    partnersOf,
  )
  for (const { id, except } of messages) for (const partner of except) partnersOf.get(id)?.delete(partner)
  const people = await peopleOf(env, [...new Set([...partnersOf.values()].flatMap((partners) => [...partners]))])
  return new Map(
    [...partnersOf].map(([id, partners]) => [id, [...partners].flatMap((partner) => people.get(partner) ?? [])]),
  )
}

async function addFollowing(
  env: Env,
  messages: readonly Addressed[],
  partnersOf: ReadonlyMap<number, Set<number>>,
): Promise<void> {
  if (messages.length === 0) return
  const { connection, dialect } = env
  const rows = await connection.rows<{ message: number; partner: number }>(sql`
    SELECT m.id AS message, f.partner_id AS partner
    FROM mail_message m
    JOIN mail_followers f ON f.res_model = m.model AND f.res_id = m.res_id
    JOIN mail_followers_mail_message_subtype_rel r ON r.mail_followers_id = f.id AND r.mail_message_subtype_id = m.subtype_id
    JOIN mail_message_subtype s ON s.id = m.subtype_id
    JOIN res_partner p ON p.id = f.partner_id
    WHERE ${dialect.anyOf(
      ident('m', 'id'),
      messages.map(({ id }) => id),
    )}
      AND p.active = ${true} AND (COALESCE(s.internal, ${false}) = ${false} OR COALESCE(p.partner_share, ${false}) = ${false})`)
  for (const { message, partner } of rows) partnersOf.get(message)?.add(partner)
}

async function peopleOf(env: Env, partnerIds: readonly number[]): Promise<ReadonlyMap<number, Recipient>> {
  if (partnerIds.length === 0) return new Map()
  const partners = await env
    .sudo('who is told of a message is told whoever posts it')
    ['res.partner'].browse(partnerIds)
    .load(['name', 'email', 'lang', 'partner_share', 'user_ids.notification_type', 'user_ids.share'])
  return new Map(
    partners.map((partner) => {
      // somebody who works for the company comes before a portal account of the same person
      const user = partner.user_ids.find(({ share }) => !share) ?? partner.user_ids[0]
      return [
        partner.id,
        {
          partnerId: partner.id,
          userId: user?.id ?? null,
          isShared: partner.partner_share,
          email: partner.email,
          lang: partner.lang,
          name: partner.name ?? '',
          by: user && !user.share && user.notification_type === 'inbox' ? 'inbox' : 'email',
        },
      ] as const
    }),
  )
}
