import { Controller } from '@hotwired/stimulus'

/** Tabs of a notebook; which one is open is kept for the way back. */
export class NotebookController extends Controller<HTMLElement> {
  static override targets = ['tab', 'panel']
  declare readonly tabTargets: HTMLElement[]
  declare readonly panelTargets: HTMLElement[]

  override connect(): void {
    const kept = sessionStorage.getItem(this.#key())
    const tab = this.tabTargets.find(({ id, hidden }) => id === kept && !hidden)
    if (tab) this.#show(tab)
  }

  open(event: Event): void {
    const tab = event.currentTarget as HTMLElement
    this.#show(tab)
    sessionStorage.setItem(this.#key(), tab.id)
  }

  key(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (step === 0) return
    const tabs = this.tabTargets.filter(({ hidden }) => !hidden)
    const next = tabs[(tabs.indexOf(event.currentTarget as HTMLElement) + step + tabs.length) % tabs.length]
    if (next) this.#show(next)
    next?.focus()
  }

  #show(tab: HTMLElement): void {
    for (const one of this.tabTargets) {
      one.setAttribute('aria-selected', String(one === tab))
      one.tabIndex = one === tab ? 0 : -1
    }
    for (const panel of this.panelTargets) panel.toggleAttribute('data-closed', panel.id !== `${tab.id}_panel`)
  }

  /** Records of one model share the open tab. */
  #key(): string {
    return `tab ${this.element.closest<HTMLElement>('[data-model]')?.dataset['model'] ?? ''}`
  }
}
