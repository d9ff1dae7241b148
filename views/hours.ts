/** Hours as a clock has them: `1.5` is `01:30`, with seconds `01:30:00`. */
export function hoursText(hours: number, seconds = false): string {
  const unit = seconds ? 3600 : 60
  const whole = Math.round(Math.abs(hours) * unit)
  const parts = seconds
    ? [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
    : [Math.floor(whole / 60), whole % 60]
  const text = parts.map((part) => String(part).padStart(2, '0')).join(':')
  return hours < 0 && whole > 0 ? `-${text}` : text
}

/** Hours from `1:30`, `1h30`, `1:30:15` or what `number` reads, such as `1.5`; `undefined` when it is none. */
export function parseHours(text: string, number: (text: string) => number | undefined): number | undefined {
  const clock = /^\s*([+-]?)(\d*)\s*[:hH]\s*(\d{0,2})(?::(\d{1,2}))?\s*$/.exec(text)
  if (!clock) return number(text)
  const [, sign, hours = '', minutes = '', seconds = ''] = clock
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const value = Number(hours) + Number(minutes) / 60 + Number(seconds) / 3600
  return sign === '-' ? -value : value
}
