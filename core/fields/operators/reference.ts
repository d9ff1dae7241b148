import type { Operators } from '../kind.ts'
import { textOperators } from './text.ts'

/** References compare as they are stored: `model,id`. */
export const referenceOperators: Operators = textOperators
