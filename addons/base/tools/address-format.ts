/** What the layout of an address may refer to, as `%(name)s`. */
export const ADDRESS_PLACEHOLDERS = [
  'street',
  'street2',
  'zip',
  'city',
  'state_code',
  'state_name',
  'country_code',
  'country_name',
  'company_name',
] as const

export type AddressPart = (typeof ADDRESS_PLACEHOLDERS)[number]

/** The layout of countries that state none. */
export const DEFAULT_ADDRESS_FORMAT = '%(street)s\n%(street2)s\n%(city)s %(state_code)s %(zip)s\n%(country_name)s'

const PLACEHOLDER = /%\((?<name>\w+)\)s/g

/** The first placeholder of a layout that no address has, if any. */
export function unknownPlaceholder(format: string): string | undefined {
  const known: readonly string[] = ADDRESS_PLACEHOLDERS
  return [...format.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '').find((name) => !known.includes(name))
}

/** An address laid out as a country writes it: lines that nothing fills are left out. */
export function formatAddress(format: string, parts: Readonly<Partial<Record<AddressPart, string | null>>>): string {
  const values: Readonly<Record<string, string | null | undefined>> = parts
  const filled = format.replaceAll(PLACEHOLDER, (_, name: string) => values[name] ?? '')
  return filled
    .split('\n')
    .map((line) => line.trim().replaceAll(/ {2,}/g, ' '))
    .filter(Boolean)
    .join('\n')
}
