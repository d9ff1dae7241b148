/**
 * The domains joined by and, each as one term; empty ones are left out.
 *
 *     conjoin([[['a', '=', 1], ['b', '=', 2]], [['c', '=', 3]]])
 *     // ['&', '&', ['a', '=', 1], ['b', '=', 2], ['c', '=', 3]]
 */
export function conjoin(domains: readonly (readonly unknown[])[]): unknown[] {
  const terms = domains.filter((domain) => domain.length > 0).map(asOneTerm)
  return [...terms.slice(1).map(() => '&'), ...terms.flat()]
}

/** The domain with the connectives that may be left out between its terms. */
function asOneTerm(domain: readonly unknown[]): readonly unknown[] {
  const arity = (term: unknown): number => (term === '&' || term === '|' ? -1 : term === '!' ? 0 : 1)
  const terms = domain.reduce<number>((sum, term) => sum + arity(term), 0)
  return [...Array.from({ length: Math.max(terms - 1, 0) }, () => '&'), ...domain]
}
