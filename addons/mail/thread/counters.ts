import { ident, sql, type Env, type Sql } from '#core'

/** A number for each record that has one. */
type Counts = ReadonlyMap<number, number>

async function count(env: Env, statement: Sql): Promise<Counts> {
  const rows = await env.connection.rows<{ record: number; n: number }>(statement)
  return new Map(rows.map(({ record, n }) => [record, Number(n)]))
}

/** Contacts who follow each record. */
export async function followersOf(env: Env, modelName: string, ids: readonly number[]): Promise<Map<number, number[]>> {
  const followers = new Map<number, number[]>(ids.map((id) => [id, []]))
  const rows = await env.connection.rows<{ record: number; partner: number }>(sql`
    SELECT res_id AS record, partner_id AS partner FROM mail_followers
    WHERE res_model = ${modelName} AND ${env.dialect.anyOf(ident('res_id'), ids)} ORDER BY id`)
  for (const { record, partner } of rows) followers.get(record)?.push(partner)
  return followers
}

/** How many messages of each record the user has not read yet. */
export function unreadOf(env: Env, modelName: string, ids: readonly number[]): Promise<Counts> {
  return count(
    env,
    sql`
    SELECT m.res_id AS record, count(*) AS n FROM mail_notification n JOIN mail_message m ON m.id = n.mail_message_id
    WHERE n.res_partner_id = ${env.user.partnerId} AND COALESCE(n.is_read, ${false}) = ${false}
      AND m.model = ${modelName} AND ${env.dialect.anyOf(ident('m', 'res_id'), ids)} AND m.message_type <> 'user_notification'
    GROUP BY m.res_id`,
  )
}

/** How many of the user's own messages on each record did not reach somebody. */
export function failedOf(env: Env, modelName: string, ids: readonly number[]): Promise<Counts> {
  return count(
    env,
    sql`
    SELECT m.res_id AS record, count(DISTINCT m.id) AS n FROM mail_notification n JOIN mail_message m ON m.id = n.mail_message_id
    WHERE m.author_id = ${env.user.partnerId} AND n.notification_status IN ('bounce', 'exception')
      AND m.model = ${modelName} AND ${env.dialect.anyOf(ident('m', 'res_id'), ids)}
    GROUP BY m.res_id`,
  )
}

/** How many files hang on each record, contents of its fields left out. */
export function attachmentsOf(env: Env, modelName: string, ids: readonly number[]): Promise<Counts> {
  return count(
    env,
    sql`
    SELECT res_id AS record, count(*) AS n FROM ir_attachment
    WHERE res_model = ${modelName} AND ${env.dialect.anyOf(ident('res_id'), ids)} AND res_field IS NULL
    GROUP BY res_id`,
  )
}

/** How many messages each record has. */
export function messagesOf(env: Env, modelName: string, ids: readonly number[]): Promise<Counts> {
  return count(
    env,
    sql`
    SELECT res_id AS record, count(*) AS n FROM mail_message
    WHERE model = ${modelName} AND ${env.dialect.anyOf(ident('res_id'), ids)} AND message_type <> 'user_notification'
    GROUP BY res_id`,
  )
}
