import { Controller } from '@hotwired/stimulus'
import Sortable from 'sortablejs'
import { notify } from '../../../client/notify.ts'
import { askPage } from '../../../client/rpc.ts'

/** Rows that are dragged by their handle to another place, which the server keeps. */
export class ListOrderController extends Controller<HTMLElement> {
  #sortable: Sortable | null = null

  override connect(): void {
    const body = this.element.querySelector('tbody')
    if (!body) return
    this.#sortable = Sortable.create(body, {
      handle: '.o_row_handle',
      draggable: '.o_row',
      animation: 100,
      onEnd: ({ oldIndex, newIndex }) => {
        if (oldIndex !== newIndex) void this.#keep(body)
      },
    })
  }

  override disconnect(): void {
    this.#sortable?.destroy()
    this.#sortable = null
  }

  async #keep(body: HTMLElement): Promise<void> {
    const ids = [...body.querySelectorAll<HTMLElement>('[data-id]')].map((row) => Number(row.dataset['id']))
    try {
      await askPage('/odoo/list/order', { path: location.pathname + location.search, ids })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }
}
