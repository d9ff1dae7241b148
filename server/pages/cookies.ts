/* Cookies that pages keep choices in; none of them opens anything. */

/** `dark` or `light`. */
export const THEME_COOKIE = 'color_scheme'

/** Ids of the companies that a person works in, the current one first: `1-3`. */
export const COMPANIES_COOKIE = 'cids'

/** The companies that a person chose among their own, the current one first; their main one where they chose none. */
export function chosenCompanies(
  cookie: string | undefined,
  user: { readonly companyIds: readonly number[]; readonly companyId: number },
): readonly number[] {
  const chosen = (cookie ?? '')
    .split('-')
    .map(Number)
    .filter((id) => user.companyIds.includes(id))
  return chosen.length > 0 ? chosen : [user.companyId]
}

/** A year, in seconds. */
export const KEPT_S = 365 * 24 * 3600
