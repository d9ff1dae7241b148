import type { Kind } from './kind.ts'
import { toMany } from './many2many.ts'

/** The records of another model whose many2one points here. */
export const one2many: Kind = { ...toMany, type: 'one2many', groupable: false }
