/** The address of a report's document for records: it opens in a tab of its own. */
export function reportUrl(report: { readonly id: number }, ids: readonly number[]): string {
  return `/report/pdf/${report.id}/${ids.join(',')}`
}
