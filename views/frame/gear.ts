import { Controller } from '@hotwired/stimulus'
import { confirmed } from '../client/confirm.ts'
import { follow, type Next } from '../client/follow.ts'
import { savedForm } from '../client/form.ts'
import { notify } from '../client/notify.ts'
import { askPage } from '../client/rpc.ts'

/** The gear menu: what can be done with the record of a form. */
export class GearController extends Controller<HTMLDetailsElement> {
  /** Does what an entry says, after what is unsaved is saved: nobody means an older record than the one they see. */
  async act(event: Event): Promise<void> {
    const { act = '', record = '{}', confirm } = (event.currentTarget as HTMLElement).dataset
    this.element.open = false
    if (confirm && !(await confirmed(confirm))) return
    try {
      if (act !== 'delete' && !(await savedForm(this.application))) return
      const { model, id, context } = JSON.parse(record) as object & Record<string, unknown>
      const path = location.pathname + location.search
      follow(
        await askPage<Next>('/odoo/record/act', {
          model,
          id,
          context,
          path,
          act: /^\d+$/.test(act) ? Number(act) : act,
        }),
      )
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  /** Saves before a document is opened that shows what is saved. */
  saved(event: Event): void {
    this.element.open = false
    if (!document.querySelector('#content .o_form.o_dirty')) return
    event.preventDefault()
    const { href } = event.currentTarget as HTMLAnchorElement
    const tab = window.open('', '_blank')
    void savedForm(this.application).then((isSaved) => {
      if (isSaved && tab) tab.location.href = href
      else tab?.close()
    })
  }
}
