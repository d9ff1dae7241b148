import { ComptoirError, groupBy, ruleDomain, sql, type Env } from '#core'

/** What may be done with an attachment. */
export type AttachmentOperation = 'read' | 'write' | 'create' | 'unlink'

/** What the right to an attachment depends on. */
export interface AttachmentFacts {
  readonly id: number
  readonly public: boolean
  readonly res_model: string | null
  readonly res_id: number | null
  readonly res_field: string | null
  readonly create_uid: { readonly id: number } | null
}

/**
 * Ids of the attachments that the user may read or change. An attachment is as open as the record that it hangs on:
 * whoever may read the record reads it, whoever may write the record changes it. One that hangs on nothing is its
 * author's; a public one is everybody's to read. Administrators have all that hang on nothing.
 */
export async function allowedAttachments(
  env: Env,
  attachments: readonly AttachmentFacts[],
  operation: AttachmentOperation,
): Promise<ReadonlySet<number>> {
  const allowed = new Set<number>()
  const hanging: AttachmentFacts[] = []
  for (const one of attachments) {
    if (operation === 'read' && one.public) allowed.add(one.id)
    else if (one.res_model !== null && one.res_id) hanging.push(one)
    else if (one.create_uid?.id === env.uid || env.user.groups.has('base.group_system')) allowed.add(one.id)
  }
  for (const [name, group] of groupBy(hanging, (one) => one.res_model ?? '')) {
    const open = await openRecords(env, name, [...new Set(group.map((one) => one.res_id ?? 0))], operation)
    for (const one of group) if (open.has(one.res_id ?? 0) && mayUseField(env, name, one.res_field)) allowed.add(one.id)
  }
  return allowed
}

/** Those of the records that the user may read, or write for any other operation on what hangs on them. */
async function openRecords(
  env: Env,
  name: string,
  ids: readonly number[],
  operation: AttachmentOperation,
): Promise<ReadonlySet<number>> {
  if (!env.registry.has(name)) return new Set()
  const needed = operation === 'read' ? 'read' : 'write'
  const records = await env.model(name, ids).exists()
  if (await mayAccess(() => records.check_access(needed))) return new Set(records.ids)
  if (records.ids.length < 2 || !(await mayAccess(() => env.model(name).check_access(needed)))) return new Set()
  const open = new Set<number>()
  for (const id of records.ids) if (await mayAccess(() => env.model(name, [id]).check_access(needed))) open.add(id)
  return open
}

/**
 * Names of the models whose records the user may read, as far as rights to whole models go; for administrators also
 * `null`, which stands for no model.
 */
async function readableModels(env: Env): Promise<readonly (string | null)[]> {
  return env.caches.get('security', `readable models ${env.uid}`, async () => {
    const user = await env.asUser(env.uid)
    const open: (string | null)[] = user.user.groups.has('base.group_system') ? [null] : []
    for (const { name } of env.registry.models()) {
      if (await mayAccess(() => user.model(name).check_access('read'))) open.push(name)
    }
    return open
  })
}

/** Whether a check lets the user pass. */
async function mayAccess(check: () => Promise<void>): Promise<boolean> {
  try {
    await check()
    return true
  } catch (error) {
    if (error instanceof ComptoirError && (error.exception === 'AccessError' || error.exception === 'MissingError'))
      return false
    throw error
  }
}

/** Whether the user may see the field that the attachment is the content of. */
function mayUseField(env: Env, name: string, fieldName: string | null): boolean {
  if (fieldName === null) return true
  const groups = env.registry.get(name).fields.get(fieldName)?.groups
  return !groups || groups.split(',').some((group) => env.user.groups.has(group.trim()))
}

/**
 * Terms of a domain that find what hangs on records the user may read: one for all models without rules for the user,
 * one for each other model, whose rules hold for the record behind.
 */
export async function hangingOnReadable(env: Env): Promise<(readonly unknown[])[]> {
  const readable = new Set(await readableModels(env))
  const used = await env.connection.rows<{ res_model: string | null }>(
    sql`SELECT DISTINCT res_model FROM ir_attachment`,
  )
  const open: (string | false)[] = []
  const terms: (readonly unknown[])[] = []
  for (const { res_model: name } of used) {
    if (!readable.has(name)) continue
    const domain = name === null ? [] : await ruleDomain(env, name, 'read')
    if (name === null || domain.length === 0) open.push(name ?? false)
    else terms.push(['res_id', 'any', { model: name, domain }])
  }
  return [['res_model', 'in', open], ...terms]
}
