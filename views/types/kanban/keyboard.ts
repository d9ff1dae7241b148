/** The card that an arrow leads to from another one; none at the edge. */
export function cardBeside(card: HTMLElement, key: string): HTMLElement | null {
  const column = card.closest<HTMLElement>('.o_column')
  if (!column) return inGrid(card, key)
  if (key === 'ArrowDown') return nextCard(card, 1)
  if (key === 'ArrowUp') return nextCard(card, -1)
  const beside = besideColumn(column, key)
  const cards = beside ? cardsIn(beside) : []
  return cards[Math.min(cardsIn(column).indexOf(card), cards.length - 1)] ?? null
}

/** Puts a card where an arrow with Control says; answers the column that it came from, or `null` when it cannot go there. */
export function keyMove(card: HTMLElement, key: string): HTMLElement | null {
  const column = card.closest<HTMLElement>('.o_column')
  if (!column) return null
  if (key === 'ArrowDown' || key === 'ArrowUp') {
    const other = nextCard(card, key === 'ArrowDown' ? 1 : -1)
    if (!other) return null
    if (key === 'ArrowDown') other.after(card)
    else other.before(card)
    return column
  }
  const beside = besideColumn(column, key)
  if (!beside) return null
  beside.querySelector('.o_cards')?.prepend(card)
  return column
}

const cardsIn = (box: HTMLElement): HTMLElement[] => [...box.querySelectorAll<HTMLElement>('.o_card')]

function nextCard(card: HTMLElement, step: 1 | -1): HTMLElement | null {
  const next = step === 1 ? card.nextElementSibling : card.previousElementSibling
  return next instanceof HTMLElement && next.matches('.o_card') ? next : null
}

/** The next column in that direction that is open. */
function besideColumn(column: HTMLElement, key: string): HTMLElement | null {
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return null
  const columns = [...(column.parentElement?.querySelectorAll<HTMLElement>('.o_column:not(.o_folded)') ?? [])]
  return columns[columns.indexOf(column) + (key === 'ArrowRight' ? 1 : -1)] ?? null
}

/** Cards side by side: up and down go to the one that stands nearest in the row above or below. */
function inGrid(card: HTMLElement, key: string): HTMLElement | null {
  if (key === 'ArrowRight') return nextCard(card, 1)
  if (key === 'ArrowLeft') return nextCard(card, -1)
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
  const step = key === 'ArrowDown' ? 1 : -1
  const { left, top } = card.getBoundingClientRect()
  for (let next = nextCard(card, step); next; next = nextCard(next, step)) {
    const place = next.getBoundingClientRect()
    if (place.top !== top && Math.abs(place.left - left) < 2) return next
  }
  return null
}
