/** A number as a person writes it in a language, or a sum after `=`; `undefined` when it is none, 0 when empty. */
export function parseNumber(text: string, language: string, digits?: number): number | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return 0
  const parts = new Intl.NumberFormat(language).formatToParts(12345.6)
  const group = parts.find(({ type }) => type === 'group')?.value ?? ','
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const plain = (one: string): string =>
    one
      .replaceAll(group, '')
      .replace(/[\s\u00a0\u202f]/g, '')
      .replace(decimal, '.')
  const value = trimmed.startsWith('=')
    ? sum(plain(trimmed.slice(1)))
    : Number(/^[+-]?\d*\.?\d*$/.test(plain(trimmed)) ? plain(trimmed) : NaN)
  if (value === undefined || !Number.isFinite(value)) return undefined
  return digits === 0 ? Math.round(value) : value
}

/** `3*7+1` by the usual precedence. */
function sum(text: string): number | undefined {
  if (!/^[\d.+\-*/()]+$/.test(text)) return undefined
  let at = 0
  const factor = (): number => {
    if (text[at] === '-') {
      at += 1
      return -factor()
    }
    if (text[at] === '(') {
      at += 1
      const inner = terms()
      at += 1
      return inner
    }
    const number = /^[\d.]+/.exec(text.slice(at))?.[0] ?? ''
    at += number.length
    return number === '' ? NaN : Number(number)
  }
  const product = (): number => {
    let value = factor()
    while (text[at] === '*' || text[at] === '/') value = text[at++] === '*' ? value * factor() : value / factor()
    return value
  }
  const terms = (): number => {
    let value = product()
    while (text[at] === '+' || text[at] === '-') value = text[at++] === '+' ? value + product() : value - product()
    return value
  }
  const value = terms()
  return at === text.length ? value : undefined
}
