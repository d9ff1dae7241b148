import { Controller } from '@hotwired/stimulus'
import { confirmed } from '../client/confirm.ts'
import { notify } from '../client/notify.ts'
import { askPage, callMethod } from '../client/rpc.ts'
import { openFile, uploadFiles } from './files.ts'

/** What of the thread is drawn. */
interface Shown {
  readonly limit?: number
  readonly search?: string
}

/** The chatter beside a form: each step is one call, after which the thread is drawn anew. */
export class ChatterController extends Controller<HTMLElement> {
  static override values = { model: String, id: Number, partner: Number, search: String }
  declare readonly modelValue: string
  declare readonly idValue: number
  declare readonly partnerValue: number
  declare readonly searchValue: string
  #busy = false

  post(event: Event): Promise<void> {
    const data = formData(event)
    const form = event.currentTarget as HTMLFormElement
    const recipients = [...form.querySelectorAll<HTMLInputElement>('[name="recipient"]:checked')]
    return this.#do('[name="body"]', async () => {
      const files = data.getAll('files').filter((one): one is File => one instanceof File && one.name !== '')
      await this.#onRecord('message_post', [], {
        body: text(data, 'body'),
        message_type: 'comment',
        subtype_xmlid: text(data, 'kind') === 'note' ? 'mail.mt_note' : 'mail.mt_comment',
        partner_ids: await Promise.all(recipients.map(contactOf)),
        attachment_ids: await uploadFiles(files, this.modelValue, this.idValue),
      })
    })
  }

  /** Puts the text of a message into the field in which it is changed. */
  fill(event: Event): void {
    const details = event.currentTarget as HTMLDetailsElement
    const field = details.querySelector('textarea')
    const body = details.closest('.o_message')?.querySelector<HTMLElement>('.o_message_body')
    if (details.open && field) field.value = body?.innerText.trim() ?? ''
    if (details.open) field?.focus()
  }

  edit(event: Event): Promise<void> {
    const body = text(formData(event), 'body')
    const message_id = numberAt(event, 'message')
    return this.#do(`[data-message="${message_id}"] summary`, () =>
      this.#onRecord('message_update_content', [], { message_id, body }),
    )
  }

  async remove(event: Event): Promise<void> {
    const message_id = numberAt(event, 'message')
    if (!(await confirmed(questionOf(event)))) return
    await this.#do('[name="search"]', () =>
      this.#onRecord('message_update_content', [], { message_id, body: '', attachment_ids: [] }),
    )
  }

  react(event: Event): Promise<void> {
    const { emoji = '' } = (event.currentTarget as HTMLElement).dataset
    const message = numberAt(event, 'message')
    const own = this.element.querySelector(`[data-message="${message}"] .o_reaction_own[data-emoji="${emoji}"]`)
    return this.#do(`[data-message="${message}"] .o_reaction, [data-message="${message}"] summary`, () =>
      callMethod('mail.message', 'message_reaction', [[message], emoji, own ? 'remove' : 'add']),
    )
  }

  search(event: Event): Promise<void> {
    const search = text(formData(event), 'search').trim()
    return this.#do('[name="search"]', async () => undefined, { search })
  }

  upload(event: Event): Promise<void> {
    const files = [...((event.currentTarget as HTMLInputElement).files ?? [])]
    return this.#do('.o_chatter_followers button', () => uploadFiles(files, this.modelValue, this.idValue))
  }

  over(event: DragEvent): void {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  }

  /** Files that are dropped go with the message that is being written. */
  drop(event: DragEvent): void {
    const field = this.element.querySelector<HTMLInputElement>('[name="files"]')
    if (!field || !event.dataTransfer || event.dataTransfer.files.length === 0) return
    event.preventDefault()
    const all = new DataTransfer()
    for (const file of [...(field.files ?? []), ...event.dataTransfer.files]) all.items.add(file)
    field.files = all.files
    field.focus()
  }

  async open(event: Event): Promise<void> {
    event.preventDefault()
    const { name = '', shown } = (event.currentTarget as HTMLElement).dataset
    await openFile(numberAt(event, 'file'), name, shown !== undefined).catch(tell)
  }

  async removeFile(event: Event): Promise<void> {
    const file = numberAt(event, 'file')
    if (!(await confirmed(questionOf(event)))) return
    await this.#do('.o_chatter_followers button', () => callMethod('ir.attachment', 'unlink', [[file]]))
  }

  subtypes(event: Event): Promise<void> {
    const chosen = formData(event).getAll('subtype').map(Number)
    const partner = numberAt(event, 'partner')
    return this.#do('.o_chatter_followers summary', () =>
      this.#onRecord('message_subscribe', [[partner]], { subtype_ids: chosen }),
    )
  }

  removeFollower(event: Event): Promise<void> {
    const partner = numberAt(event, 'partner')
    return this.#do('.o_chatter_followers summary', () => this.#onRecord('message_unsubscribe', [[partner]]))
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
        user_id: Number(text(data, 'user')),
        note: text(data, 'note'),
      }),
    )
  }

  reschedule(event: Event): Promise<void> {
    const data = formData(event)
    const values = {
      summary: text(data, 'summary'),
      date_deadline: text(data, 'due'),
      user_id: Number(text(data, 'user')),
    }
    const activity = numberAt(event, 'activity')
    return this.#do(`[data-activity="${activity}"] summary`, () =>
      callMethod('mail.activity', 'write', [[activity], values]),
    )
  }

  done(event: SubmitEvent): Promise<void> {
    const feedback = text(formData(event), 'feedback')
    const method =
      (event.submitter as HTMLButtonElement | null)?.name === 'next'
        ? 'action_feedback_schedule_next'
        : 'action_feedback'
    const activity = numberAt(event, 'activity')
    return this.#do('.o_chatter_followers button', () =>
      callMethod('mail.activity', method, [[activity]], { feedback: feedback || false }),
    )
  }

  cancel(event: Event): Promise<void> {
    const activity = numberAt(event, 'activity')
    return this.#do('.o_chatter_followers button', () => callMethod('mail.activity', 'unlink', [[activity]]))
  }

  more(event: Event): Promise<void> {
    const limit = Number((event.currentTarget as HTMLElement).dataset['limit'])
    return this.#do('.o_chatter_followers button', async () => undefined, { limit })
  }

  #onRecord(method: string, args: readonly unknown[], kwargs: object = {}): Promise<unknown> {
    return callMethod(this.modelValue, method, [[this.idValue], ...args], kwargs)
  }

  /** Does one thing, not twice at once, shows the thread as it then is, and puts the focus where `focus` says. */
  async #do(focus: string, work: () => Promise<unknown>, shown: Shown = {}): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    const { parentElement } = this.element
    try {
      await work()
      const { html } = await askPage<{ html: string }>('/odoo/chatter', {
        model: this.modelValue,
        id: this.idValue,
        ...(this.searchValue && { search: this.searchValue }),
        ...shown,
      })
      this.element.outerHTML = html
      parentElement?.querySelector<HTMLElement>(`.o_chatter ${focus}`)?.focus()
    } catch (error) {
      tell(error)
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

const tell = (error: unknown): void => notify(error instanceof Error ? error.message : String(error), 'danger')

const questionOf = (event: Event): string => (event.currentTarget as HTMLElement).dataset['question'] ?? ''

/** The id of the thing that what was pressed stands in, such as a message. */
function numberAt(event: Event, thing: 'message' | 'activity' | 'file' | 'partner'): number {
  return Number((event.currentTarget as HTMLElement).closest<HTMLElement>(`[data-${thing}]`)?.dataset[thing])
}

/** The contact whom a box stands for; one is made for an address that no contact has. */
async function contactOf({ value, dataset }: HTMLInputElement): Promise<number> {
  if (Number(value) > 0) return Number(value)
  const { name, email } = dataset
  const [id = 0] = await callMethod<number[]>('res.partner', 'create', [[{ name: name || email, email }]])
  return id
}
