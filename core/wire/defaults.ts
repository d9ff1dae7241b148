import type { ModelInfo } from '../orm/model-info.ts'
import type { AnyCommand } from '../fields/command.ts'
import { isMany } from '../orm/values.ts'

/** Defaults as clients read them: commands of lines as tuples. */
export function defaultsToWire(info: ModelInfo, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const wire: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = info.fields.get(name)
    if (!field) continue
    if (isMany(field)) wire[name] = Array.isArray(value) ? value.map((command: AnyCommand) => tuple(command)) : []
    else wire[name] = field.kind.toWire(field.kind.accept(value, field) ?? field.kind.empty, field)
  }
  return wire
}

function tuple(command: AnyCommand): unknown {
  if (typeof command === 'number') return [4, command, 0]
  if ('create' in command) return [0, command.virtual ?? 0, command.create]
  if ('update' in command) return [1, ...command.update]
  if ('delete' in command) return [2, command.delete, 0]
  if ('unlink' in command) return [3, command.unlink, 0]
  if ('link' in command) return [4, command.link, 0]
  return 'set' in command ? [6, 0, command.set] : [5, 0, 0]
}
