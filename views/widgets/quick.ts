import type { FieldInput } from './widget.ts'

/** What widgets that a click changes need of their place: in a list or on a card that click writes at once. */
export function stepable({ view, mode, readonly, record, place }: FieldInput): { quick: boolean } {
  const isNumber = typeof record['id'] === 'number'
  const changeable = !readonly && place.modifiers.readonly !== true && !place.description.readonly
  return { quick: mode === 'read' && view !== 'form' && changeable && (isNumber || typeof record['id'] === 'string') }
}
