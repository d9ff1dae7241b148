/**
 * The domain as one term, with the connectives that may be left out between its terms; an empty one stays empty.
 *
 *     asOneTerm([['a', '=', 1], ['b', '=', 2]]) // ['&', ['a', '=', 1], ['b', '=', 2]]
 */
export function asOneTerm(domain: readonly unknown[]): readonly unknown[] {
  const arity = (term: unknown): number => (term === '&' || term === '|' ? -1 : term === '!' ? 0 : 1)
  const terms = domain.reduce<number>((sum, term) => sum + arity(term), 0)
  return [...Array.from({ length: Math.max(terms - 1, 0) }, () => '&'), ...domain]
}

/** Domains that are one term each, joined by and; empty ones are left out. */
export function allOfTerms(domains: readonly (readonly unknown[])[]): unknown[] {
  const terms = domains.filter((domain) => domain.length > 0)
  const joined: unknown[] = []
  for (let i = 1; i < terms.length; i++) joined.push('&')
  for (const term of terms) for (const part of term) joined.push(part)
  return joined
}
