/** A domain in prefix notation, as it stands on the wire. */
export type Domain = readonly unknown[]

/** All of the domains must hold. */
export function allOf(domains: readonly Domain[]): Domain {
  return joined('&', domains)
}

/** One of the domains must hold; without any, everything does. */
export function anyOf(domains: readonly Domain[]): Domain {
  return domains.some(({ length }) => length === 0) ? [] : joined('|', domains)
}

function joined(operator: '&' | '|', domains: readonly Domain[]): Domain {
  const filled = domains.filter(({ length }) => length > 0).map(explicit)
  return [...filled.slice(1).map(() => operator), ...filled.flat()]
}

/** The same domain with the `&` that may be left out between its terms. */
function explicit(domain: Domain): Domain {
  let wanted = 1
  for (const part of domain) wanted += part === '&' || part === '|' ? 1 : part === '!' ? 0 : -1
  return [...Array.from({ length: Math.max(0, -wanted) }, () => '&'), ...domain]
}
