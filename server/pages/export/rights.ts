import type { PageCalls } from '../page-call.ts'

/** Whether files may be made of records; what a user may not read is never in them. */
export function mayExport({ env }: PageCalls): boolean {
  return ['base.group_allow_export', 'base.group_erp_manager'].some((group) => env.user.groups.has(group))
}
