import type { Env, Transaction } from '#core'
import { applyRule, idle, matching } from './apply.ts'
import { rulesOf, rulesUsed, type Rule } from './known.ts'
import { isWriting } from './triggers.ts'

/** A rule that a write may set off, with the records that it looks at and what they held before. */
interface Watch {
  readonly rule: Rule
  readonly ids: readonly number[]
}

type Held = ReadonlyMap<number, ReadonlyMap<string, string>>

/** What is kept of a model before a write. */
export interface Before {
  readonly watches: readonly Watch[]
  readonly held: Held
}

/** What rules have to know before records are written; undefined when none looks at it. */
export async function beforeWrite(
  env: Env,
  model: string,
  ids: readonly number[],
  names: readonly string[],
): Promise<Before | undefined> {
  const rules = (await rulesOf(env, model)).filter((rule) => isWriting(rule.trigger))
  if (rules.length === 0 || ids.length === 0) return undefined
  const watches: Watch[] = []
  for (const rule of rules) {
    const free = idle(env, rule, ids)
    if (free.length > 0) watches.push({ rule, ids: await matching(env, model, free, rule.preDomain) })
  }
  const fields = new Set(watches.flatMap(({ rule }) => rule.fields.filter((name) => names.includes(name))))
  return watches.length === 0 ? undefined : { watches, held: await holding(env, model, ids, [...fields]) }
}

/** Applies the rules that the write set off. */
export async function afterWrite(env: Env, model: string, { watches, held }: Before): Promise<void> {
  const fields = [...new Set([...held.values()].flatMap((values) => [...values.keys()]))]
  const now = await holding(env, model, [...held.keys()], fields)
  for (const { rule, ids } of watches) {
    const touched =
      rule.fields.length === 0
        ? ids
        : ids.filter((id) => rule.fields.some((name) => held.get(id)?.get(name) !== now.get(id)?.get(name)))
    await applyRule(env, rule, await matching(env, model, touched, rule.domain, rule.condition))
  }
}

/** What records hold in fields, as texts that can be compared: one query per relation, whatever the number of records. */
async function holding(env: Env, model: string, ids: readonly number[], fields: readonly string[]): Promise<Held> {
  if (fields.length === 0) return new Map()
  const there = await env.sudo('rules look at every record').model(model, ids).exists()
  return new Map(
    (await there.load(fields)).map((record) => [
      record.id,
      new Map(fields.map((name) => [name, comparable(record[name])])),
    ]),
  )
}

/** A value as a text by which it can be compared. */
export function comparable(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'ids' in value) return JSON.stringify(value.ids)
  return JSON.stringify(value ?? null)
}

/** Stored values that were recomputed in a call: rule -> record -> what each field held before. */
type Recomputed = Map<Rule, Map<number, Map<string, string>>>

const pending = new WeakMap<Transaction, Recomputed>()

/** Is told of recomputed values: rules that look at these fields are applied at the end of the call. */
export function noteRecomputed(env: Env, model: string, field: string, before: ReadonlyMap<number, unknown>): void {
  for (const rule of rulesUsed(env, model)) {
    if (!isWriting(rule.trigger) || !rule.fields.includes(field)) continue
    let all = pending.get(env.transaction)
    if (!all) {
      pending.set(env.transaction, (all = new Map()))
      env.transaction.beforeCommit(() => applyRecomputed(env))
    }
    const records = all.get(rule) ?? new Map<number, Map<string, string>>()
    all.set(rule, records)
    for (const [id, value] of before) {
      const values = records.get(id) ?? new Map<string, string>()
      if (!values.has(field)) values.set(field, comparable(value))
      records.set(id, values)
    }
  }
}

async function applyRecomputed(env: Env): Promise<void> {
  const all = pending.get(env.transaction) ?? new Map<never, never>()
  pending.delete(env.transaction)
  for (const [rule, records] of all as Recomputed) {
    const fields = [...new Set([...records.values()].flatMap((values) => [...values.keys()]))]
    const now = await holding(env, rule.model, [...records.keys()], fields)
    const changed = [...now.keys()].filter((id) =>
      [...(records.get(id) ?? [])].some(([name, value]) => now.get(id)?.get(name) !== value),
    )
    await applyRule(env, rule, await matching(env, rule.model, changed, rule.domain, rule.condition))
  }
}
