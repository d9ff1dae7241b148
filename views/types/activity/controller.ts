import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { elementOf } from '../../client/elements.ts'
import { notify } from '../../client/notify.ts'
import { askPage, callMethod } from '../../client/rpc.ts'

/** A clock or a cell that opens what is planned on a record, and the dialog that it opens. */
export class ActivityController extends Controller<HTMLElement> {
  async open(event: Event): Promise<void> {
    event.preventDefault()
    event.stopPropagation()
    const { type } = this.element.dataset
    await this.#try(async () => {
      const { html } = await askPage<{ html: string }>('/odoo/activity', {
        model: this.#model,
        id: this.#id,
        type: type ? Number(type) : null,
      })
      const dialog = elementOf(html) as HTMLDialogElement | null
      if (!dialog) return
      document.body.append(dialog)
      dialog.addEventListener('close', () => dialog.remove())
      dialog.showModal()
    })
  }

  schedule(event: Event): Promise<void> {
    const data = dataOf(event)
    return this.#change(() =>
      callMethod(this.#model, 'activity_schedule', [[this.#id]], {
        activity_type_id: Number(data.get('type')),
        summary: String(data.get('summary') ?? ''),
        date_deadline: String(data.get('due') ?? ''),
      }),
    )
  }

  done(event: Event): Promise<void> {
    const feedback = String(dataOf(event).get('feedback') ?? '')
    const line = (event.currentTarget as HTMLElement).closest<HTMLElement>('[data-activity]')
    return this.#change(() =>
      callMethod('mail.activity', 'action_feedback', [[Number(line?.dataset['activity'])]], {
        feedback: feedback || false,
      }),
    )
  }

  get #model(): string {
    return this.element.closest<HTMLElement>('[data-model]')?.dataset['model'] ?? ''
  }

  get #id(): number {
    return Number(this.element.closest<HTMLElement>('[data-id]')?.dataset['id'])
  }

  /** Does something, closes the dialog and shows the page as it then is. */
  async #change(work: () => Promise<unknown>): Promise<void> {
    await this.#try(async () => {
      await work()
      if (this.element instanceof HTMLDialogElement) this.element.close()
      visit(location.href, { action: 'replace' })
    })
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }
}

function dataOf(event: Event): FormData {
  event.preventDefault()
  return new FormData(event.currentTarget as HTMLFormElement)
}
