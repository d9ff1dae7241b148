/* What the elements of a board stand for. */

export const here = (): string => location.pathname + location.search
export const keyOf = (column: HTMLElement): string => column.dataset['key'] ?? ''
export const idOf = (card: HTMLElement): number => Number(card.dataset['id'])
export const cardOf = (inside: HTMLElement): HTMLElement | null => inside.closest<HTMLElement>('.o_card')
export const listOf = (column: HTMLElement): HTMLElement | null => column.querySelector<HTMLElement>('.o_cards')
export const labelOf = (card: HTMLElement): string =>
  card.querySelector('.o_card_link')?.getAttribute('aria-label') ?? ''

/** The head of a column that has no records any more. */
export function emptyHead(head: Element): void {
  const count = head.querySelector('.o_count')
  if (count) count.textContent = '0'
  head.querySelector('.o_bar')?.replaceChildren()
  head.querySelector('.o_sum')?.remove()
}

/** Whether a column shows as many cards as it counts. */
export function isComplete(column: HTMLElement): boolean {
  if (column.querySelector('.o_load_more')) return true
  const count = Number(column.querySelector('.o_count')?.textContent?.replace(/\D/g, ''))
  return count === column.querySelectorAll('.o_card').length
}
