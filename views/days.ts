/** So many days from today in words of a language: `yesterday`, `today`, `in 3 days`. */
export function daysText(days: number, language: string): string {
  const text = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(days, 'day')
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}
