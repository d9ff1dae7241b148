/** Whether a text is a version as manifests write them: three numbers. */
export function isVersion(text: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(text)
}

/** Negative when the first version is the earlier one; what is no version is earlier than all. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [numbers(a), numbers(b)]
  const at = first.findIndex((number, i) => number !== second[i])
  return at < 0 ? 0 : (first[at] ?? 0) - (second[at] ?? 0)
}

function numbers(version: string): readonly number[] {
  return isVersion(version) ? version.split('.').map(Number) : [-1, -1, -1]
}
