import { Controller } from '@hotwired/stimulus'
import { notify } from '../client/notify.ts'
import { openExport } from './dialog.ts'
import { downloadExport, type ExportRequest, seenColumns } from './download.ts'

/** Entries of menus that export: what is seen at once, or what one chooses in a dialog. */
export class ExportController extends Controller<HTMLElement> {
  static override values = { request: Object, words: Object }
  declare readonly requestValue: ExportRequest
  declare readonly wordsValue: { readonly done: string }

  open(): void {
    this.#closeMenu()
    openExport(this.requestValue)
  }

  /** All records of the list with the columns that can be seen, as a spreadsheet. */
  async all(): Promise<void> {
    this.#closeMenu()
    const box = document.createElement('div')
    box.className = 'o_notification alert alert-info'
    box.setAttribute('role', 'status')
    document.getElementById('notifications')?.append(box)
    try {
      await downloadExport(
        this.requestValue,
        { columns: seenColumns(), format: 'xlsx', isCompatible: false },
        (done, total) => {
          box.textContent = this.wordsValue.done.replace('%s', String(done)).replace('%s', String(total))
        },
      )
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    } finally {
      box.remove()
    }
  }

  #closeMenu(): void {
    this.element.closest('details')?.removeAttribute('open')
  }
}
