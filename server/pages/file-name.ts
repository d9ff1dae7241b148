/** The header that names a file for browsers: what is not ASCII in a form that all of them know. */
export function contentDisposition(name: string, kind: 'inline' | 'attachment'): string {
  const clean = name.replace(/[\p{Cc}/\\]/gu, ' ').trim()
  const ascii = clean
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/["%;]/g, '_')
  const encoded = encodeURIComponent(clean).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
