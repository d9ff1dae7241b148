import { Controller } from '@hotwired/stimulus'
import { confirmed } from '../../../client/confirm.ts'
import { follow, type Next } from '../../../client/follow.ts'
import { notify } from '../../../client/notify.ts'
import { askPage } from '../../../client/rpc.ts'
import { openExport } from '../../../export/dialog.ts'
import type { ExportRequest } from '../../../export/download.ts'
import { hear, tell, type Selected, type SelectionEvents } from '../../../client/selection-events.ts'

/** What takes the place of the search box while records are selected: how many, and what can be done with them. */
export class SelectionController extends Controller<HTMLElement> {
  static override targets = ['count', 'all']
  static override values = { words: Object }
  declare readonly countTarget: HTMLElement
  declare readonly allTarget: HTMLButtonElement
  declare readonly wordsValue: { readonly selected: string; readonly all: string; readonly everything: string }
  #selected: Selected = []
  #deafen: () => void = () => undefined

  override connect(): void {
    this.#deafen = hear('list:selected', (detail) => this.#show(detail))
  }

  override disconnect(): void {
    this.#deafen()
  }

  all(): void {
    tell('selection:change', 'all')
  }

  clear(): void {
    tell('selection:change', 'none')
  }

  /** An entry of a menu. */
  async act(event: Event): Promise<void> {
    const button = event.currentTarget as HTMLElement
    const { act = '', confirm } = button.dataset
    button.closest('details')?.removeAttribute('open')
    if (confirm && !(await confirmed(`${confirm} ${this.countTarget.textContent ?? ''}.`, button.textContent))) return
    await this.#ask('/odoo/selection/act', { act: /^\d+$/.test(act) ? Number(act) : act })
  }

  /** The dialog in which one chooses what of the selected records goes into a file. */
  export(event: Event): void {
    const button = event.currentTarget as HTMLElement
    button.closest('details')?.removeAttribute('open')
    const request = JSON.parse(button.dataset['request'] ?? '{}') as ExportRequest
    openExport(this.#selected === 'all' ? request : { ...request, ids: this.#selected })
  }

  /** A button of the arch's header. */
  async press(event: Event): Promise<void> {
    const call = JSON.parse((event.currentTarget as HTMLElement).dataset['call'] ?? '{}') as {
      readonly confirm?: string | null
      readonly confirmLabel?: string | null
    }
    if (call.confirm && !(await confirmed(call.confirm, call.confirmLabel))) return
    await this.#ask('/odoo/selection/press', { call })
  }

  async #ask(path: string, question: object): Promise<void> {
    try {
      const page = location.pathname + location.search
      follow(await askPage<Next>(path, { ...question, selected: this.#selected, path: page }))
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  #show({ selected, count, more }: SelectionEvents['list:selected']): void {
    const { words } = { words: this.wordsValue }
    const isAll = selected === 'all'
    this.#selected = selected
    this.element.hidden = !isAll && selected.length === 0
    this.countTarget.textContent = (isAll ? words.everything : words.selected).replace('%s', String(count))
    this.allTarget.hidden = more === null
    this.allTarget.textContent = more === null ? '' : words.all.replace('%s', String(more))
  }
}
