/* Checked by the compiler alone: what a typed domain takes, and what it refuses. */
import type { Env, Recs } from '#core'
import type {} from '#addons/base/index.ts'

export async function operands(env: Env, country: Recs<'res.country'>): Promise<void> {
  const partners = env['res.partner']
  await partners.search([
    ['country_id', '=', 1],
    ['country_id', 'in', country.ids],
    ['country_id', '=', null],
    ['country_id.code', '=', 'FR'],
  ])
  // @ts-expect-error -- a record set is no operand: its ids are
  await partners.search([['country_id', '=', country]])
  // @ts-expect-error -- there is no such field
  await partners.search([['country', '=', 1]])
  // @ts-expect-error -- nor such a path
  await partners.search([['country_id.cod', '=', 'FR']])
}
