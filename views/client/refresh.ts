import { morphChildren } from '@hotwired/turbo'

/** Parts of a page that show records. */
const PARTS = ['#content', '.o_pager', '.o_breadcrumb'] as const

/**
 * Draws the records of the page as they are now, over those that are shown: focus, selection, scroll position, open
 * menus and texts that somebody began stay as they are. `false` when the server did not answer with such a page.
 */
export async function refreshPage(): Promise<boolean> {
  const address = location.href
  const response = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null)
  if (!response?.ok || response.redirected) return false
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  // somebody may have gone elsewhere, or begun to type, while the answer was on its way
  if (location.href !== address || document.querySelector('#content .o_dirty')) return false
  const selected = new Set(
    [...document.querySelectorAll<HTMLInputElement>('#content .o_select input:checked')].map(({ value }) => value),
  )
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)]
    if (old && now) morphQuietly(old, now)
  }
  for (const box of document.querySelectorAll<HTMLInputElement>('#content .o_select input'))
    if (selected.has(box.value)) box.checked = true
  document.dispatchEvent(new CustomEvent('turbo:morph'))
  return true
}

function morphQuietly(old: Element, now: Element): void {
  const keepsOpen = (event: Event): void => {
    const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail
    if (attributeName === 'open') event.preventDefault()
  }
  const keepsTyped = (event: Event): void => {
    const element = event.target
    const isTyped = element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement
    if (isTyped && element.closest('.o_chatter') && element.value !== element.defaultValue) event.preventDefault()
  }
  old.addEventListener('turbo:before-morph-attribute', keepsOpen)
  old.addEventListener('turbo:before-morph-element', keepsTyped)
  try {
    morphChildren(old, now)
  } finally {
    old.removeEventListener('turbo:before-morph-attribute', keepsOpen)
    old.removeEventListener('turbo:before-morph-element', keepsTyped)
  }
}
