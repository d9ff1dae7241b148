import type { Env, Values } from '#core'
import { subtypeId } from '../models/mail_message_subtype.ts'
import { authorOf } from '../thread/author.ts'
import { createMessages } from '../thread/messages.ts'
import { notifyOf } from '../thread/notify.ts'
import { threadSet, type ThreadSet } from '../thread/thread-set.ts'
import { fieldIds, trackedFields } from './tracked-fields.ts'
import { isSame, namesOfChanges, plain, trackingValues, type Before, type Change, type Names } from './values.ts'

/**
 * Writes what a call changed to the history of records: one message for each, with a line per field. A change that
 * means more to the model (`_track_subtype`) is posted so that its followers are told; others are notes. All records of
 * a model at once.
 */
export async function writeHistory(env: Env, modelName: string, records: ReadonlyMap<number, Before>): Promise<void> {
  const changes = await changesOf(env, modelName, records)
  const ids = [...changes.keys()]
  const thread = threadSet(env, modelName, ids)
  if (!thread || ids.length === 0) return
  const subtypes = await thread._track_subtype(new Map(ids.map((id) => [id, records.get(id) as Before])))
  const messages = await post(env, thread, subtypes)
  const names = await namesOfChanges(env, [...changes.values()].flat())
  const rows: Values<'mail.tracking.value'>[] = []
  for (const [i, id] of ids.entries()) {
    for (const change of changes.get(id) ?? [])
      rows.push(await rowOf(env, modelName, messages[i] as number, change, names))
  }
  await env
    .sudo('the history is kept for all')
    ['mail.tracking.value'].create(await withCurrencies(env, modelName, ids, messages, changes, rows))
  const told = messages.filter((_, i) => subtypes.has(ids[i] as number))
  if (told.length > 0) await notifyOf(thread, told)
}

/** What differs now from what was kept, of records that are still there: record -> changes in the order of display. */
async function changesOf(
  env: Env,
  modelName: string,
  records: ReadonlyMap<number, Before>,
): Promise<Map<number, Change[]>> {
  const info = env.registry.get(modelName)
  const kept = new Set([...records.values()].flatMap((before) => [...before.keys()]))
  const fields = trackedFields(info).filter(({ name }) => kept.has(name))
  const there = await env
    .sudo('the history tells what is there')
    .model(modelName, [...records.keys()])
    .exists()
  const changes = new Map<number, Change[]>()
  for (const record of await there.load(fields.map(({ name }) => name))) {
    const before = records.get(record.id)
    const own = fields.flatMap((field): Change | [] => {
      if (!before?.has(field.name)) return []
      const change = { field, before: before.get(field.name), after: plain(record[field.name]) }
      return isSame(change.before, change.after) ? [] : change
    })
    if (own.length > 0) changes.set(record.id, own)
  }
  return changes
}

/** A message for each record of the set, in its order. */
async function post(env: Env, thread: ThreadSet, subtypes: ReadonlyMap<number, string>): Promise<readonly number[]> {
  const author = await authorOf(env, null, null)
  const note = await subtypeId(env, 'mail.mt_note')
  const known = new Map<string, number | null>()
  for (const xmlid of new Set(subtypes.values())) known.set(xmlid, await subtypeId(env, xmlid))
  const posted = await createMessages(
    env,
    thread.ids.map((res_id) => {
      const subtype = subtypes.get(res_id)
      return {
        model: thread.modelName,
        res_id,
        message_type: 'notification',
        subtype_id: (subtype === undefined ? null : known.get(subtype)) ?? note,
        is_internal: subtype === undefined,
        author_id: author.authorId,
        email_from: author.emailFrom,
      }
    }),
  )
  return posted.ids
}

async function rowOf(
  env: Env,
  modelName: string,
  mail_message_id: number,
  change: Change,
  names: Names,
): Promise<Values<'mail.tracking.value'>> {
  const { field } = change
  return {
    mail_message_id,
    field_id: (await fieldIds(env, modelName)).get(field.name) ?? null,
    field_info: {
      name: field.name,
      desc: field.label,
      type: field.type,
      sequence: Number(field.options.tracking) || 100,
    },
    ...(await trackingValues(env, change, names)),
  }
}

/** Adds the currency to the lines of amounts: that of the record now. */
async function withCurrencies(
  env: Env,
  modelName: string,
  ids: readonly number[],
  messages: readonly number[],
  changes: ReadonlyMap<number, readonly Change[]>,
  rows: readonly Values<'mail.tracking.value'>[],
): Promise<readonly Values<'mail.tracking.value'>[]> {
  const info = env.registry.get(modelName)
  const names = new Set(
    [...changes.values()]
      .flat()
      .flatMap(({ field }) =>
        field.type === 'monetary' && field.currencyField && info.fields.has(field.currencyField)
          ? field.currencyField
          : [],
      ),
  )
  const [name] = names
  if (name === undefined) return rows
  const records = await env
    .sudo('amounts are in a currency')
    .model(modelName, ids)
    .load([...names])
  const currencyOf = new Map(records.map((record, i) => [messages[i], plain(record[name])]))
  return rows.map((row) => {
    const currency = row.old_value_float === undefined ? undefined : currencyOf.get(row.mail_message_id as number)
    return typeof currency === 'number' ? { ...row, currency_id: currency } : row
  })
}
