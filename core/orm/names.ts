import type { Env } from './env.ts'
import { ARCHIVE_UNABLE, NAME_UNABLE } from './errors.ts'

const NEGATIVE = new Set(['!=', 'not in', 'not like', 'not ilike', 'not =like', 'not =ilike', '<>'])

/** The domain that finds records by a text for their name: any of the fields that name them, or none for a negation. */
export async function nameDomain(
  env: Env,
  model: string,
  operator: string,
  text: unknown,
): Promise<readonly unknown[]> {
  const { recNamesSearch } = env.registry.get(model)
  if (recNamesSearch.length === 0) return [[0, '=', 1]]
  const leaves = recNamesSearch.map((name) => [name, operator, text])
  const joint = NEGATIVE.has(operator) ? '&' : '|'
  return [...leaves.slice(1).map(() => joint), ...leaves]
}

/** Ids and display names of records whose name matches, within a domain. */
export async function nameSearch(
  env: Env,
  model: string,
  name: string,
  domain: readonly unknown[],
  operator: string,
  limit: number,
): Promise<[number, string][]> {
  const records = env.model(model)
  const condition = name === '' && operator === 'ilike' ? [] : await records._name_domain(operator, name)
  const found = await records.search([...conjunct(domain), ...conjunct(condition)], { limit })
  return displayNames(env, model, found.ids)
}

/** A domain that can stand beside another. */
function conjunct(domain: readonly unknown[]): readonly unknown[] {
  if (domain.length < 2) return domain
  const terms: number = domain.reduce<number>(
    (open, term) => open + (term === '&' || term === '|' ? -1 : term === '!' ? 0 : 1),
    0,
  )
  return terms > 1 ? [...Array.from({ length: terms - 1 }, () => '&'), ...domain] : domain
}

export async function displayNames(env: Env, model: string, ids: readonly number[]): Promise<[number, string][]> {
  const records = await env.model(model, ids).sudo('whoever finds a record may see its name').load(['display_name'])
  return records.map((record) => [record.id, (record['display_name'] as string | null) ?? ''])
}

/** Creates a record from its name alone. @throws NAME_UNABLE */
export async function nameCreate(env: Env, model: string, name: string): Promise<[number, string]> {
  const { recName } = env.registry.get(model)
  if (!recName) throw new NAME_UNABLE(model)
  const created = await env.model(model).create([{ [recName]: name }])
  const [named] = await displayNames(env, model, created.ids)
  return named as [number, string]
}

/** Archives records or brings them back; those that are so already are left alone. */
export async function setActive(env: Env, model: string, ids: readonly number[], active: boolean): Promise<void> {
  const { activeField } = env.registry.get(model)
  if (!activeField) throw new ARCHIVE_UNABLE(model)
  await env.model(model, ids).write({ [activeField]: active })
}
