import { NOBODY, type Env } from '#core'

/** A field made by hand, as far as rules look at it. */
export interface ManualField {
  readonly model: string
  readonly name: string
  readonly ttype: string
  readonly relation: string | null
  readonly relation_field: string | null
  readonly related: string | null
  readonly currency_field: string | null
  readonly selection_ids: readonly { readonly value: string }[]
}

/** What a path along fields has to know of one. */
interface KnownField {
  readonly ttype: string
  readonly relation: string | null
  /** Whether it holds hashes or tokens, which no other field may mirror. */
  readonly secret: boolean
}

/** Type and comodel of fields by model and name. */
export type KnownFields = ReadonlyMap<string, ReadonlyMap<string, KnownField>>

/** Type and comodel of every field by model: those that code declares, and those made by hand, in this call too. */
export async function knownFields(env: Env): Promise<KnownFields> {
  const known = new Map<string, Map<string, KnownField>>()
  for (const info of env.registry.models()) {
    known.set(
      info.name,
      new Map(
        [...info.fields.values()].map((one) => [
          one.name,
          { ttype: one.type, relation: one.comodel, secret: one.groups === NOBODY },
        ]),
      ),
    )
  }
  const system = env.sudo('fields refer to fields whoever made them')
  for (const { model } of await (await system['ir.model'].search([['state', '=', 'manual']])).load(['model'])) {
    if (!known.has(model)) known.set(model, new Map())
  }
  const manual = await system['ir.model.fields'].search([['state', '=', 'manual']])
  for (const { model, name, ttype, relation } of await manual.load(['model', 'name', 'ttype', 'relation'])) {
    const declared = known.get(model)?.get(name)
    known.get(model)?.set(name, { ttype, relation, secret: declared?.secret ?? false })
  }
  return known
}

/** The field that holds the currency of an amount which names no other. */
const DEFAULT_CURRENCY_FIELD = 'currency_id'

/** What is wrong with a field made by hand, or nothing: what it refers to must be there and fit. */
export function fieldMistake(one: ManualField, known: KnownFields): string | undefined {
  const mistake = relationMistake(one, known) ?? relatedMistake(one, known) ?? currencyMistake(one, known)
  if (mistake) return `${one.model}.${one.name} ${mistake}`
  const bare = one.ttype === 'selection' && !one.related && one.selection_ids.length === 0
  return bare ? `${one.model}.${one.name} is a selection without any options.` : undefined
}

function relationMistake(
  { model, ttype, relation, relation_field }: ManualField,
  known: KnownFields,
): string | undefined {
  if (!['many2one', 'one2many', 'many2many'].includes(ttype)) return undefined
  const target = known.get(relation ?? '')
  if (!target) return `refers to '${relation ?? ''}', which is not a model.`
  if (ttype !== 'one2many') return undefined
  const inverse = target.get(relation_field ?? '')
  if (inverse?.ttype === 'many2one' && inverse.relation === model) return undefined
  return `mirrors '${relation}.${relation_field ?? ''}', which is not a many2one to ${model}.`
}

function relatedMistake({ model, ttype, related }: ManualField, known: KnownFields): string | undefined {
  if (!related) return undefined
  let at = model
  let end: KnownField | undefined
  for (const step of related.split('.')) {
    end = known.get(at)?.get(step)
    if (!end) return `is related to '${related}', but ${at || 'a value'} has no field '${step}'.`
    if (end.secret) return `is related to '${related}', but ${at}.${step} is kept from everybody.`
    at = end.relation ?? ''
  }
  return end?.ttype === ttype ? undefined : `is a ${ttype}, but '${related}' leads to a ${end?.ttype}.`
}

function currencyMistake(
  { model, ttype, related, currency_field }: ManualField,
  known: KnownFields,
): string | undefined {
  if (ttype !== 'monetary' || related) return undefined
  const name = currency_field ?? DEFAULT_CURRENCY_FIELD
  const currency = known.get(model)?.get(name)
  if (currency?.ttype === 'many2one' && currency.relation === 'res.currency') return undefined
  return `is an amount in the currency of '${name}', which is not a many2one of ${model} to res.currency.`
}
