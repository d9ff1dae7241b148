import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import type { RichText } from './editor.ts'

/** Rich text: shown as it is until the editor has loaded, and as its source where the editor would lose something. */
export class HtmlController extends Controller<HTMLElement> {
  static override targets = ['source', 'shown']
  static override values = { texts: Object }
  declare readonly sourceTarget: HTMLTextAreaElement
  declare readonly shownTarget: HTMLElement
  declare readonly hasShownTarget: boolean
  declare readonly textsValue: Readonly<Record<string, string>>
  #editor: RichText | null = null
  #observer: MutationObserver | null = null

  override async connect(): Promise<void> {
    const { RichText } = await import('./editor.ts')
    // gone meanwhile, or connected again and edited already
    if (!this.element.isConnected || !this.hasShownTarget) return
    this.#editor = new RichText(this.element, {
      source: this.sourceTarget,
      shown: this.shownTarget,
      texts: this.textsValue,
      changed: (html) => this.#take(html),
    })
    this.#follow()
    // whether the field may be changed can depend on others
    const field = this.element.closest('.o_field')
    this.#observer = new MutationObserver(() => this.#follow())
    if (field) this.#observer.observe(field, { attributes: true, attributeFilter: ['data-readonly'] })
  }

  override disconnect(): void {
    this.#observer?.disconnect()
    this.#editor?.destroy()
  }

  /** The source was changed. */
  written(event: Event): void {
    event.stopPropagation()
    this.#take(this.sourceTarget.value)
  }

  #follow(): void {
    this.#editor?.setEditable(!this.element.closest('[data-readonly]'))
  }

  #take(html: string): void {
    this.sourceTarget.value = html
    announce(this.element, html === '' ? false : html)
  }
}
