/* Cookies that pages keep choices in; none of them opens anything. */

/** `dark` or `light`. */
export const THEME_COOKIE = 'color_scheme'

/** Ids of the companies that a person works in, the current one first: `1-3`. */
export const COMPANIES_COOKIE = 'cids'

/** A year, in seconds. */
export const KEPT_S = 365 * 24 * 3600
