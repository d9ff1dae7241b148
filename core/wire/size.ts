const UNITS = ['bytes', 'Kb', 'Mb', 'Gb', 'Tb']

/** A number of bytes as clients show it: `11.00 bytes`, `1.50 Kb`. */
export function sizeInWords(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit++
  }
  return `${size.toFixed(2)} ${UNITS[unit]}`
}
