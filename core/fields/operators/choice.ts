import type { Operators } from '../kind.ts'
import { textOperators } from './text.ts'

/** Selections: their keys compare as text. A key that the selection does not have is found nowhere. */
export const choiceOperators: Operators = textOperators
