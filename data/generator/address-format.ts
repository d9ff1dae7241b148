import type { AddressRule } from './sources.ts'

// What the source leaves out or garbles: countries whose rule has no line for the city because it is part of the street
// (Japan) or the country (Singapore), a missing separator, or a street in the middle of a line.
const CORRECTIONS: Readonly<Record<string, string>> = {
  BY: '%A%n%Z, %C%n%S',
  CI: '%A%n%C',
  GN: '%A%n%Z %C',
  GT: '%A%n%Z-%C',
  JP: '%A%n%C, %S %Z',
  KR: '%A%n%C%n%S %Z',
  MZ: '%A%n%Z %C %S',
  NA: '%A%n%C%n%Z',
  SG: '%A%n%C %Z',
}

/**
 * The address format of a country with placeholders (`%(zip)s %(city)s`), empty where the source has no rule.
 *
 * Names of people and companies, city districts and sorting codes are left out because a partner keeps them elsewhere;
 * so are prefixes like `CH-`, which the postal services no longer want. `withState` says whether the country's addresses
 * have a state that a partner can choose.
 */
export function addressFormat(country: string, rule: AddressRule, withState: boolean): string {
  const pattern = CORRECTIONS[country] ?? rule.lfmt ?? rule.fmt
  if (pattern === undefined) return ''
  const lines = (withState ? pattern : pattern.replace('%S', '')).split('%n').map(keepParts).filter(Boolean)
  if (!lines.some((line) => line.includes('%C'))) lines.splice(lines.indexOf('%A') + 1, 0, '%C')
  const state = statesAreCodes(rule) ? '%(state_code)s' : '%(state_name)s'
  return [...lines, '%(country_name)s']
    .join('\n')
    .replace('%A', '%(street)s\n%(street2)s')
    .replace('%C', '%(city)s')
    .replace('%S', state)
    .replace('%Z', '%(zip)s')
}

/** One line of a pattern without the parts that are left out and without separators at its ends. */
function keepParts(line: string): string {
  return line
    .replaceAll(/%[NODX]|(?<!%)\p{Lu}+-?/gu, '')
    .replaceAll(/ {2,}/g, ' ')
    .replaceAll(/^[ ,/-]+|[ ,/-]+$/g, '')
}

/** Whether addresses carry the code of a state (`CA`) and not its name. */
function statesAreCodes({ sub_keys }: AddressRule): boolean {
  return sub_keys !== undefined && sub_keys.split('~').every((key) => /^[A-Z]{2,3}$/.test(key))
}
