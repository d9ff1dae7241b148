import type { Env } from '#core'
import { openRuntime } from '#core/open.ts'
import type { Runtime } from '#core/runtime.ts'
import { installedDatabase, type DialectName } from '#test/env.ts'
import type {} from '../index.ts'

/** A served database with `base` and `mail` installed. */
export async function mailRuntime(t: Parameters<typeof installedDatabase>[0], dialect: DialectName): Promise<Runtime> {
  const runtime = await openRuntime({ url: await installedDatabase(t, dialect, ['mail']) })
  t.teardown(() => runtime.close())
  return runtime
}

/** A user and the contact behind. */
export interface Person {
  readonly user: number
  readonly partner: number
}

/** Calls on a served database, and people to make them. */
export interface Served {
  /** One call, by default of the system: what it changes is kept. */
  call<T>(work: (env: Env) => Promise<T>, who?: Person, context?: Env['context']): Promise<T>
  /** Ann (internal, inbox), Bob (outside, no user), Joe (internal, mails) and the contact Azure that they talk about. */
  people(): Promise<{ readonly ann: Person; readonly bob: Person; readonly joe: Person; readonly record: number }>
}

export function served(runtime: Runtime): Served {
  const call: Served['call'] = (work, who, context = {}) =>
    runtime.call(who ? { uid: who.user, context } : { uid: 1, su: true, context }, 'write', work)
  return {
    call,
    people: () =>
      call(async (env) => {
        const users = await env['res.users'].create([
          { name: 'Ann', login: 'ann', email: 'ann@x.test', notification_type: 'inbox' },
          { name: 'Joe', login: 'joe', email: 'joe@x.test', notification_type: 'email' },
        ])
        const [ann, joe] = (await users.load(['partner_id'])).map((one) => ({
          user: one.id,
          partner: one.partner_id.id,
        }))
        const [bob, record] = (
          await env['res.partner'].create([{ name: 'Bob', email: 'bob@y.test' }, { name: 'Azure' }])
        ).ids
        return { ann: ann!, joe: joe!, bob: { user: 0, partner: bob! }, record: record! }
      }),
  }
}
