import { EXPR_NAME } from './errors.ts'
import { suggest } from './suggest.ts'
import type { ExprObject, Value } from './values.ts'

/** Wire form of each command of an x2many field, from the arguments of its function. */
const COMMANDS: Readonly<Record<string, (args: Value[]) => Value>> = {
  create: ([values = null]) => [0, 0, values],
  update: ([id = null, values = null]) => [1, id, values],
  delete: ([id = null]) => [2, id, 0],
  unlink: ([id = null]) => [3, id, 0],
  link: ([id = null]) => [4, id, 0],
  clear: () => [5, 0, 0],
  set: ([ids = null]) => [6, 0, ids],
}

/** `Command` of data files: `Command.link(ref('base.main_company'))` is `[4, id, 0]`. */
export const commandModule: ExprObject = {
  exprGet: () => undefined,
  exprCall(name, args) {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
    if (!command) throw new EXPR_NAME(`Command.${name}`, suggest(name, Object.keys(COMMANDS)))
    return command(args)
  },
}
