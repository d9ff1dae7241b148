import type { Controller } from '@hotwired/stimulus'
import { evaluated } from '../arch/modifiers.ts'
import { formOf } from './form.ts'
import { notify } from './notify.ts'
import { createNamed, editRecord, pickRecords, type NamedRecord } from './records.ts'
import type { Offer, Suggestion, SuggestionOptions } from './suggestions.ts'

/** How a field finds, creates and opens records of another model, as `data-relation-…` of its element say. */
export class Relation {
  readonly #owner: Controller<HTMLElement>
  readonly #take: (records: readonly NamedRecord[]) => void
  readonly #more: () => readonly unknown[]
  readonly #multiple: boolean

  /** `more` is a further condition on what is offered; `take` gets what was created or chosen. */
  constructor(
    owner: Controller<HTMLElement>,
    take: (records: readonly NamedRecord[]) => void,
    options: { readonly more?: () => readonly unknown[]; readonly multiple?: boolean } = {},
  ) {
    this.#owner = owner
    this.#take = take
    this.#more = options.more ?? (() => [])
    this.#multiple = options.multiple ?? false
  }

  suggestions(): Omit<SuggestionOptions, 'choose'> {
    return {
      model: () => this.model,
      domain: () => this.domain(),
      context: () => this.context(),
      offers: (text, found, isMore) => this.#offers(text, found, isMore),
      nothing: this.#text('No records'),
    }
  }

  get model(): string {
    return this.#data['relationModel'] ?? ''
  }

  /** Which records are offered, as the record is now. */
  domain(): readonly unknown[] {
    const text = this.#data['relationDomain']
    const own = text ? (evaluated(text, this.#scope()) as unknown as readonly unknown[]) : []
    return [...own, ...this.#more()]
  }

  context(): Readonly<Record<string, unknown>> {
    const text = this.#data['relationContext']
    return text ? (evaluated(text, this.#scope()) as unknown as Record<string, unknown>) : {}
  }

  /** Opens the dialog that lists all of them. */
  async pick(text = ''): Promise<void> {
    await told(async () => {
      const picked = await pickRecords({
        model: this.model,
        domain: this.domain(),
        context: this.context(),
        multiple: this.#multiple,
        text,
      })
      if (picked.length > 0) this.#take(picked)
    })
  }

  #offers(text: string, found: readonly Suggestion[], isMore: boolean): readonly Offer[] {
    const offers: Offer[] = []
    const isNew = text !== '' && !found.some((one) => one.text.toLowerCase() === text.toLowerCase())
    if (isMore) offers.push({ text: this.#text('Search more...'), run: () => void this.pick(text) })
    if (isNew && 'relationCreate' in this.#data)
      offers.push({ text: this.#text('Create "%s"').replace('%s', text), run: () => void this.#create(text) })
    if ('relationEdit' in this.#data && (isNew || found.length === 0))
      offers.push({ text: this.#text('Create and edit...'), run: () => void this.#edit(text) })
    return offers
  }

  /** A record that needs more than a name is asked for in a dialog. */
  async #create(name: string): Promise<void> {
    try {
      this.#take([await createNamed(this.model, name, this.context())])
    } catch (error) {
      if (!('relationEdit' in this.#data)) notify(error instanceof Error ? error.message : String(error), 'danger')
      else await this.#edit(name)
    }
  }

  async #edit(name: string): Promise<void> {
    await told(async () => {
      const saved = await editRecord({
        model: this.model,
        id: null,
        context: { ...this.context(), ...(name ? { default_name: name } : {}) },
      })
      if (saved) this.#take([saved])
    })
  }

  #scope(): never {
    const form = formOf(this.#owner)
    if (form) return form.scopeAt(this.#owner.element) as never
    // Outside of a form whoever holds the record answers: a row of a list.
    const asked = { scope: {} }
    this.#owner.element.dispatchEvent(new CustomEvent('record:scope', { bubbles: true, detail: asked }))
    return asked.scope as never
  }

  #text(source: string): string {
    const texts = JSON.parse(this.#data['relationTexts'] ?? '{}') as Record<string, string>
    return texts[source] ?? source
  }

  get #data(): DOMStringMap {
    return this.#owner.element.dataset
  }
}

async function told(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error), 'danger')
  }
}
