import type { Kind } from './kind.ts'
import { acceptCommands } from './command.ts'

/** What one2many and many2many share: no column, a list of ids, changed by commands. */
export const toMany = {
  column: null,
  empty: [] as readonly number[],
  accept: acceptCommands,
  toColumn: () => null,
  fromColumn: () => [],
  toWire: (value: unknown) => value ?? [],
} satisfies Partial<Kind>

/** Records of another model, linked through a relation table. */
export const many2many: Kind = { ...toMany, type: 'many2many', groupable: true }
