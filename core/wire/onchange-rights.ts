import { acceptCommands } from '../fields/command.ts'
import { checkAccess, outsideRules } from '../orm/check-access.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Loose } from '../orm/operations.ts'
import { isMany } from '../orm/values.ts'
import { checkAsked, checkModelAccess } from '../security/access.ts'
import type { Specification } from './specification.ts'

/**
 * Refuses what the user of a form may not see. The values of a form are computed with the system's rights, so that
 * what goes in and what comes out is checked here: the fields asked for, and the saved records put into lines.
 * @throws ACCESS_FIELD, ACCESS_MODEL, ACCESS_RULE
 */
export async function checkForm(env: Env, info: ModelInfo, values: Loose, specification: Specification): Promise<void> {
  checkSpecification(env, info, specification)
  await checkLines(env, info, values)
}

function checkSpecification(env: Env, info: ModelInfo, specification: Specification): void {
  const fields = Object.keys(specification).flatMap((name) => info.fields.get(name) ?? [])
  checkAsked(env, fields)
  for (const { name, comodel } of fields) {
    const nested = specification[name]?.fields
    if (comodel && nested) checkSpecification(env, env.registry.get(comodel), nested)
  }
}

async function checkLines(env: Env, info: ModelInfo, values: Loose): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    const field = info.fields.get(name)
    if (!field?.comodel || !isMany(field)) continue
    const comodel = env.registry.get(field.comodel)
    const reached = new Set<number>()
    for (const command of acceptCommands(value, field)) {
      if ('create' in command) await checkLines(env, comodel, command.create)
      else if ('update' in command) {
        reached.add(command.update[0])
        await checkLines(env, comodel, command.update[1])
      } else if ('link' in command) reached.add(command.link)
      else if ('set' in command) for (const id of command.set) reached.add(id)
    }
    const saved = [...reached].filter((id) => id > 0)
    if (saved.length > 0) await checkAccess(env, comodel.name, saved, 'read')
  }
}

/** Those of the lines of a form that its user may read, those that are not saved among them. */
export async function readableLines<T extends { readonly id: number }>(
  env: Env,
  comodel: ModelInfo,
  lines: readonly T[],
): Promise<readonly T[]> {
  const saved = lines.filter(({ id }) => id > 0).map(({ id }) => id)
  if (saved.length === 0) return lines
  await checkModelAccess(env, comodel, 'read')
  const hidden = new Set(await outsideRules(env, comodel, saved, 'read'))
  return hidden.size === 0 ? lines : lines.filter(({ id }) => !hidden.has(id))
}
