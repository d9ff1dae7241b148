/** Where a form leads on to: within this site alone. */
export function safeRedirect(redirect: string | undefined): string {
  return redirect && /^\/(?![/\\])/.test(redirect) ? redirect : '/odoo'
}
