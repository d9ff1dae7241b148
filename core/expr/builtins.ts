import { commandModule } from './commands.ts'
import { functions } from './functions.ts'
import { clockModules, localNow, today } from './modules.ts'
import type { Run } from './run.ts'
import { callable, type Value } from './values.ts'

/** What each name means where the scope does not define it; made only when an expression asks. */
const builtins: ReadonlyMap<string, (run: Run) => Value> = new Map<string, (run: Run) => Value>([
  ...Object.entries(functions).map(([name, run]) => [name, builtin(run)] as const),
  ...Object.entries(clockModules),
  ['Command', () => commandModule],
  ['today', (run) => today(run).text],
  ['current_date', (run) => today(run).text],
  ['now', (run) => localNow(run).text],
  ['true', () => true],
  ['false', () => false],
])

/** Names that need no scope. */
export const builtinNames: ReadonlySet<string> = new Set(builtins.keys())

/** The meaning of a builtin name; undefined for any other. */
export function builtinValue(name: string, run: Run): Value | undefined {
  return builtins.get(name)?.(run)
}

function builtin(apply: (typeof functions)[string]): (run: Run) => Value {
  return (run) =>
    callable((args, kwargs) => {
      for (const text of args) if (typeof text === 'string') run.take(text.length)
      return apply(args, run, kwargs)
    })
}
