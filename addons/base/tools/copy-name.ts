/** The name of a duplicate; what has no name stays without one. */
export function copyName(name: unknown): unknown {
  return typeof name === 'string' && name !== '' ? `${name} (copy)` : name
}
