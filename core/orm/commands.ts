import type { AnyCommand } from '../fields/command.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { Env } from './env.ts'
import type { ModelInfo } from './model-info.ts'
import type { Loose } from './operations.ts'
import { changeLinks, linkedPairs } from './links.ts'
import { ensureMany } from './relations.ts'

/** What the commands of one owner come to, in the order in which they were given. */
interface Outcome {
  readonly create: AnyCommand[]
  readonly update: (readonly [number, Loose])[]
  readonly remove: Set<number>
  readonly link: Set<number>
  readonly destroy: Set<number>
}

function outcomeOf(commands: readonly AnyCommand[], current: readonly number[]): Outcome {
  const outcome: Outcome = { create: [], update: [], remove: new Set(), link: new Set(), destroy: new Set() }
  const keepOnly = (ids: readonly number[]): void => {
    outcome.create.length = 0
    for (const id of current) outcome.remove.add(id)
    outcome.link.clear()
    for (const id of ids) {
      outcome.link.add(id)
      outcome.remove.delete(id)
    }
  }
  for (const command of commands) {
    if ('create' in command) outcome.create.push(command)
    else if ('update' in command) outcome.update.push(command.update as readonly [number, Loose])
    else if ('delete' in command) outcome.destroy.add(command.delete)
    else if ('unlink' in command) {
      outcome.remove.add(command.unlink)
      outcome.link.delete(command.unlink)
    } else if ('link' in command) {
      outcome.link.add(command.link)
      outcome.remove.delete(command.link)
    } else keepOnly('set' in command ? command.set : [])
  }
  return outcome
}

/** Carries out the commands of a one2many or many2many field; what they have in common is done at once for all owners. */
export async function applyCommands(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  commands: ReadonlyMap<number, readonly AnyCommand[]>,
): Promise<void> {
  const given = new Map([...commands].filter(([, list]) => list.length > 0))
  if (given.size === 0) return
  if (field.type === 'one2many') await applyToLines(env, info, field, given)
  else await applyToLinks(env, field, given)
}

async function applyToLines(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  commands: ReadonlyMap<number, readonly AnyCommand[]>,
): Promise<void> {
  const comodel = env.registry.get(field.comodel as string)
  const inverse = comodel.fields.get(field.inverse as string) as FieldInfo
  const current = await linesOf(env, info, field, commands)
  const outcomes = new Map([...commands].map(([id, list]) => [id, outcomeOf(list, current.get(id) ?? [])]))
  const all = [...outcomes.values()]
  const gone = [...new Set(all.flatMap((outcome) => [...outcome.remove]))]
  const destroyed = new Set(all.flatMap((outcome) => [...outcome.destroy]))
  // a line that cannot be without its owner goes with the link
  if (inverse.required || inverse.ondelete === 'cascade') for (const id of gone) destroyed.add(id)
  else if (gone.length > 0) await env.model(comodel.name, gone).write({ [inverse.name]: null })
  if (destroyed.size > 0) await env.model(comodel.name, [...destroyed]).unlink()
  const modelField = inverse.type === 'many2one_reference' ? { [inverse.options.modelField as string]: info.name } : {}
  for (const [id, { link }] of outcomes)
    if (link.size > 0) await env.model(comodel.name, [...link]).write({ [inverse.name]: id, ...modelField })
  await updateAll(env, comodel.name, all)
  const created = [...outcomes].flatMap(([id, { create }]) =>
    create.map((command) => ({ ...(command as { create: Loose }).create, [inverse.name]: id, ...modelField })),
  )
  if (created.length > 0) await env.model(comodel.name).create(created)
}

/** The lines that are there, only where a command asks to replace them. */
async function linesOf(
  env: Env,
  info: ModelInfo,
  field: FieldInfo,
  commands: ReadonlyMap<number, readonly AnyCommand[]>,
): Promise<Map<number, readonly number[]>> {
  const replaced = [...commands]
    .filter(([, list]) => list.some((command) => 'clear' in command || 'set' in command))
    .map(([id]) => id)
  const everything = env.with({ context: { active_test: false } }).sudo('archived lines are replaced too')
  await ensureMany(everything, info, replaced, [field])
  return new Map(replaced.map((id) => [id, env.transaction.cache.record(info.name, id)[`${field.name}*`] as number[]]))
}

async function updateAll(env: Env, model: string, outcomes: readonly Outcome[]): Promise<void> {
  for (const { update } of outcomes) for (const [id, values] of update) await env.model(model, [id]).write(values)
}

async function applyToLinks(
  env: Env,
  field: FieldInfo,
  commands: ReadonlyMap<number, readonly AnyCommand[]>,
): Promise<void> {
  const comodel = field.comodel as string
  const before = await linkedPairs(env, field, [...commands.keys()])
  const outcomes = new Map([...commands].map(([id, list]) => [id, outcomeOf(list, [...(before.get(id) ?? [])])]))
  const all = [...outcomes.values()]
  // one command that was given to several records makes one record that they share
  const wanted = [...new Set(all.flatMap((outcome) => outcome.create))]
  const made =
    wanted.length > 0
      ? (await env.model(comodel).create(wanted.map((command) => (command as { create: Loose }).create))).ids
      : []
  const idOf = new Map(wanted.map((command, i) => [command, made[i] as number]))
  const added: [number, number][] = []
  const removed: [number, number][] = []
  for (const [owner, outcome] of outcomes) {
    const had = before.get(owner) ?? new Set()
    for (const id of [...outcome.link, ...outcome.create.map((command) => idOf.get(command) as number)])
      if (!had.has(id)) added.push([owner, id])
    for (const id of outcome.remove) if (had.has(id)) removed.push([owner, id])
  }
  await changeLinks(env, field, added, removed)
  await updateAll(env, comodel, all)
  const destroyed = [...new Set(all.flatMap((outcome) => [...outcome.destroy]))]
  if (destroyed.length > 0) await env.model(comodel, destroyed).unlink()
}
