import { sql, type Env } from '#core'

interface Bound {
  readonly id: number
  readonly type: string
  readonly binding_type: string
}

/** Actions and reports that are bound to a model and that the user may use, by where they are offered. */
export async function bindingsOf(env: Env, model: string): Promise<Record<string, Record<string, unknown>[]>> {
  const bound = await env.caches.get('actions', `bound to ${model}`, () =>
    env.connection.rows<Bound & Record<string, unknown>>(sql`
      SELECT a.id, a.type, a.binding_type FROM ir_actions a JOIN ir_model m ON m.id = a.binding_model_id
      WHERE m.model = ${model} ORDER BY a.id`),
  )
  const bindings: Record<string, Record<string, unknown>[]> = {}
  for (const type of new Set(bound.map((one) => one.type))) {
    if (!env.registry.has(type)) continue
    const ids = bound.filter((one) => one.type === type).map(({ id }) => id)
    for (const row of await describe(env, type, ids)) {
      const group = bound.find(({ id }) => id === row['id'])?.binding_type === 'report' ? 'print' : 'action'
      bindings[group] = [...(bindings[group] ?? []), row]
    }
  }
  for (const rows of Object.values(bindings))
    rows.sort((a, b) => Number(a['sequence'] ?? 0) - Number(b['sequence'] ?? 0) || Number(a['id']) - Number(b['id']))
  return bindings
}

/** What a client shows of bound actions; those for other groups are left out. */
async function describe(env: Env, type: string, ids: readonly number[]): Promise<Record<string, unknown>[]> {
  const { fields } = env.registry.get(type)
  const names = [
    'name',
    'type',
    'binding_view_types',
    ...['sequence', 'res_model', 'model_name', 'report_type', 'state'].filter((name) => fields.has(name)),
  ]
  const groups = fields.has('groups_id') ? 'groups_id' : fields.has('group_ids') ? 'group_ids' : undefined
  const system = env.sudo('what is bound to a model is checked against the groups of the user here')
  const records = await system.model(type, ids).load([...names, ...(groups ? [groups] : [])])
  return records
    .filter((record) => {
      const wanted = groups ? (record[groups] as readonly { id: number }[]) : []
      return wanted.length === 0 || wanted.some(({ id }) => env.user.groupIds.has(id))
    })
    .map((record) => Object.fromEntries([['id', record.id], ...names.map((name) => [name, record[name]])]))
}
