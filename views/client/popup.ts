/**
 * Shows a box under (or over) what it belongs to, above everything and cut off by nothing. Inside a dialog only what
 * the dialog holds can be reached, so it goes there.
 */
export function showBeside(box: HTMLElement, anchor: HTMLElement, side: 'left' | 'right' = 'left'): void {
  ;(anchor.closest('dialog') ?? document.body).append(box)
  placeBeside(box, anchor, side)
}

/** Puts a box where its anchor is now. */
export function placeBeside(box: HTMLElement, anchor: HTMLElement, side: 'left' | 'right' = 'left'): void {
  const at = anchor.getBoundingClientRect()
  if (side === 'left') box.style.minWidth = `${at.width}px`
  const { width, height } = box.getBoundingClientRect()
  const below = at.bottom + height < innerHeight || at.top < innerHeight - at.bottom
  box.style.top = `${below ? at.bottom + 2 : Math.max(4, at.top - height - 2)}px`
  const left = side === 'left' ? at.left : at.right - width
  box.style.left = `${Math.max(4, Math.min(left, innerWidth - width - 4))}px`
}
