/** The external id of a country: its code in lower case, but `uk` for the United Kingdom, as scripts expect. */
export function countryId(code: string): string {
  return code === 'GB' ? 'uk' : code.toLowerCase()
}
