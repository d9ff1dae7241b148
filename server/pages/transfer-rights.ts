import { hasModelAccess } from '../../core/security/access.ts'
import type { PageCalls } from './page-call.ts'

/** Whether files may be made of records; what a user may not read is never in them. */
export function mayExport({ env }: PageCalls): boolean {
  return ['base.group_allow_export', 'base.group_erp_manager'].some((group) => env.user.groups.has(group))
}

/** Whether records of a model may come from files: whoever may create them may import them. */
export async function mayImport({ env }: PageCalls, model: string): Promise<boolean> {
  return env.registry.has('base_import.import') && (await hasModelAccess(env, env.registry.get(model), 'create'))
}
