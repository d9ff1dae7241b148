import { Controller } from '@hotwired/stimulus'
import { notify } from '../client/notify.ts'
import { askPage, callMethod } from '../client/rpc.ts'

/** The chatter beside a form: each step is one call, after which the thread is drawn anew. */
export class ChatterController extends Controller<HTMLElement> {
  static override values = { model: String, id: Number, partner: Number }
  declare readonly modelValue: string
  declare readonly idValue: number
  declare readonly partnerValue: number
  #busy = false

  post(event: Event): Promise<void> {
    const data = formData(event)
    return this.#do('[name="body"]', () =>
      this.#onRecord('message_post', [], {
        body: text(data, 'body'),
        message_type: 'comment',
        subtype_xmlid: text(data, 'kind') === 'note' ? 'mail.mt_note' : 'mail.mt_comment',
        partner_ids: data.getAll('recipient').map(Number),
      }),
    )
  }

  follow(): Promise<void> {
    return this.#do('.o_chatter_followers button', () => this.#onRecord('message_subscribe', [[this.partnerValue]]))
  }

  unfollow(): Promise<void> {
    return this.#do('.o_chatter_followers button', () => this.#onRecord('message_unsubscribe', [[this.partnerValue]]))
  }

  schedule(event: Event): Promise<void> {
    const data = formData(event)
    return this.#do('.o_chatter_schedule summary', () =>
      this.#onRecord('activity_schedule', [], {
        activity_type_id: Number(text(data, 'type')),
        summary: text(data, 'summary'),
        date_deadline: text(data, 'due'),
      }),
    )
  }

  done(event: Event): Promise<void> {
    const feedback = text(formData(event), 'feedback')
    return this.#do('.o_chatter_followers button', () =>
      callMethod('mail.activity', 'action_feedback', [[activityOf(event)]], { feedback: feedback || false }),
    )
  }

  cancel(event: Event): Promise<void> {
    return this.#do('.o_chatter_followers button', () => callMethod('mail.activity', 'unlink', [[activityOf(event)]]))
  }

  more(event: Event): Promise<void> {
    const limit = Number((event.currentTarget as HTMLElement).dataset['limit'])
    return this.#do('.o_chatter_followers button', async () => undefined, limit)
  }

  #onRecord(method: string, args: readonly unknown[], kwargs: object = {}): Promise<unknown> {
    return callMethod(this.modelValue, method, [[this.idValue], ...args], kwargs)
  }

  /** Does one thing, not twice at once, shows the thread as it then is, and puts the focus where `focus` says. */
  async #do(focus: string, work: () => Promise<unknown>, limit?: number): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    const { parentElement } = this.element
    try {
      await work()
      const { html } = await askPage<{ html: string }>('/odoo/chatter', {
        model: this.modelValue,
        id: this.idValue,
        ...(limit ? { limit } : {}),
      })
      this.element.outerHTML = html
      parentElement?.querySelector<HTMLElement>(`.o_chatter ${focus}`)?.focus()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    } finally {
      this.#busy = false
    }
  }
}

function formData(event: Event): FormData {
  event.preventDefault()
  return new FormData(event.currentTarget as HTMLFormElement)
}

const text = (data: FormData, name: string): string => String(data.get(name) ?? '')

const activityOf = (event: Event): number =>
  Number((event.currentTarget as HTMLElement).closest<HTMLElement>('[data-activity]')?.dataset['activity'])
