import { randomUUID } from 'node:crypto'
import { callIn, type Env } from '#core'

/** What of a server action says which events it sends. */
interface EventSource {
  readonly id: number
  readonly name: string
  readonly webhook_field_ids: readonly { readonly name: string }[]
}

/** The records that events are about. */
interface EventSubject {
  readonly model: string
  readonly ids: readonly number[]
}

/**
 * Puts an event per record into the outbox: in the transaction of the change, so that either both stay or none. It
 * holds the values of this moment.
 */
export async function queueEvents(env: Env, action: EventSource, { model, ids }: EventSubject): Promise<void> {
  if (ids.length === 0) return
  const system = env.sudo('an event holds what its server action says, whoever causes it')
  const names = action.webhook_field_ids.map(({ name }) => name)
  const rows = (await callIn(system, {
    model,
    method: 'read',
    args: [[...ids], ['id', ...names]],
    kwargs: { load: null },
  })) as readonly Record<string, unknown>[]
  await system['ir.webhook.delivery'].create(
    rows.map((row) => ({
      name: `msg_${randomUUID().replaceAll('-', '')}`,
      action_id: action.id,
      res_model: model,
      res_id: Number(row['id']),
      payload: JSON.stringify({
        _action: `${action.name}(#${action.id})`,
        _id: row['id'],
        _model: model,
        ...(names.length > 0 && row),
      }),
    })),
  )
}
