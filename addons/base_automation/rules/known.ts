import type { Env, Transaction } from '#core'
import { fieldOfTrigger, type Trigger } from './triggers.ts'

/** A rule as it is applied. Domains are texts: they may speak of the user and of times. */
export interface Rule {
  readonly id: number
  readonly name: string
  readonly model: string
  readonly trigger: Trigger
  readonly preDomain: string
  readonly domain: string
  /** What the trigger itself asks for, beside the domain. */
  readonly condition: readonly unknown[]
  /** A change of others sets nothing off; empty for any. */
  readonly fields: readonly string[]
  readonly actions: readonly number[]
}

const NONE: readonly Rule[] = []
const KEY = 'automation rules'

type Known = ReadonlyMap<string, readonly Rule[]>

/** The rules of a model that are in force, in their order. They are read once per process until one changes. */
export async function rulesOf(env: Env, model: string): Promise<readonly Rule[]> {
  const known = env.caches.peek<Known>('actions', KEY) ?? (await env.caches.get('actions', KEY, () => readRules(env)))
  used.set(env.transaction, known)
  return known.get(model) ?? NONE
}

/** The rules that a call knows already, for who cannot wait. */
const used = new WeakMap<Transaction, Known>()

export function rulesUsed(env: Env, model: string): readonly Rule[] {
  return used.get(env.transaction)?.get(model) ?? NONE
}

async function readRules(env: Env): Promise<Known> {
  const system = env.sudo('rules are in force for everybody').with({ onlyContext: {} })
  const found = await system['base.automation'].search([['active', '=', true]], { order: 'id' })
  const rules = await found.load([
    'name',
    'model_id.model',
    'trigger',
    'filter_pre_domain',
    'filter_domain',
    'trigger_field_ids.name',
    'trg_field_ref',
    'trg_selection_field_id.value',
    'action_server_ids.sequence',
  ])
  const known = new Map<string, Rule[]>()
  for (const rule of rules) {
    const model = rule.model_id.model
    if (!env.registry.has(model)) continue
    const field = fieldOfTrigger(rule.trigger, env.registry.get(model))
    const chosen = rule.trigger_field_ids.map(({ name }) => name)
    const actions = rule.action_server_ids
      .toSorted((a, b) => a.sequence - b.sequence || a.id - b.id)
      .map(({ id }) => id)
    const condition =
      field === undefined
        ? []
        : conditionOf(rule.trigger, field, rule.trg_field_ref, rule.trg_selection_field_id?.value ?? null)
    known.set(model, [
      ...(known.get(model) ?? []),
      {
        id: rule.id,
        name: rule.name,
        model,
        trigger: rule.trigger,
        preDomain: rule.filter_pre_domain ?? '',
        domain: rule.filter_domain ?? '',
        condition,
        fields: field === undefined ? chosen : [field],
        actions,
      },
    ])
  }
  return known
}

/** What a record has to be after the change of the field that the trigger looks at. */
function conditionOf(
  trigger: Trigger,
  field: string,
  record: number | null,
  choice: string | null,
): readonly unknown[] {
  switch (trigger) {
    case 'on_archive':
      return [[field, '=', false]]
    case 'on_unarchive':
      return [[field, '=', true]]
    case 'on_stage_set':
    case 'on_tag_set':
      return record === null ? [[field, '!=', false]] : [[field, 'in', [record]]]
    case 'on_state_set':
    case 'on_priority_set':
      return choice === null ? [[field, '!=', false]] : [[field, '=', choice]]
    default:
      return [[field, '!=', false]]
  }
}
