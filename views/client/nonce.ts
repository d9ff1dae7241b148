/**
 * The nonce of the page that the browser loaded: its policy stays in force while later pages are put in its place, each
 * with a nonce of its own in its head.
 */
export const pageNonce: string = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
