import { Controller } from '@hotwired/stimulus'

/** Letters that press, open or focus whatever of the page says so in `data-hotkey`: with Alt, as on the reference. */
export class HotkeysController extends Controller<HTMLElement> {
  override connect(): void {
    document.addEventListener('keydown', this.#down)
    document.addEventListener('keyup', this.#up)
    window.addEventListener('blur', this.#hide)
  }

  override disconnect(): void {
    document.removeEventListener('keydown', this.#down)
    document.removeEventListener('keyup', this.#up)
    window.removeEventListener('blur', this.#hide)
  }

  /** Shows which keys there are. */
  overview(): void {
    const template = document.getElementById('hotkeys-dialog') as HTMLTemplateElement
    const dialog = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLDialogElement
    document.body.append(dialog)
    dialog.addEventListener('close', () => dialog.remove())
    dialog.showModal()
  }

  readonly #down = (event: KeyboardEvent): void => {
    if (event.key === 'Alt') return this.element.toggleAttribute('data-hotkeys-shown', true) as never
    if (event.key === '?' && !isTyping(event.target)) return this.overview()
    if (!event.altKey || event.ctrlKey || event.metaKey) return
    // The letter of the key itself: with Alt some layouts write another one.
    const letter = /^(Key|Digit)(.)$/.exec(event.code)?.[2]?.toLowerCase()
    if (letter === undefined) return
    const wanted = event.shiftKey ? `shift+${letter}` : letter
    const element = [...document.querySelectorAll<HTMLElement>(`[data-hotkey="${wanted}"]`)].findLast(isShown)
    if (!element) return
    event.preventDefault()
    this.#hide()
    if (element.matches('input, select, textarea')) return element.focus()
    // What is being typed counts first: leaving the input tells its change.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    element.click()
  }

  readonly #up = (event: KeyboardEvent): void => {
    if (event.key === 'Alt') this.#hide()
  }

  readonly #hide = (): void => {
    this.element.removeAttribute('data-hotkeys-shown')
  }
}

const isShown = (element: HTMLElement): boolean => element.checkVisibility() && !element.closest('[inert]')

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, select, textarea'))
