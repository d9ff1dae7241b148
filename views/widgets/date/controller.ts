import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { fromLocalInput, toLocalInput } from '../../moments.ts'
import { dayText, momentText, parseDay, parseMoment, type TypedContext } from '../../typed-date.ts'
import type { Calendar } from './calendar.ts'

/** A date: typed in full or in short, or picked; on a phone the device's own picker. */
export class DateController extends Controller<HTMLElement> {
  static override targets = ['input', 'button']
  static override values = { kind: String, day: Boolean, zone: String, today: String, time: String }
  declare readonly inputTarget: HTMLInputElement
  declare readonly buttonTarget: HTMLButtonElement
  declare readonly kindValue: string
  declare readonly dayValue: boolean
  declare readonly zoneValue: string
  declare readonly todayValue: string
  declare readonly timeValue: string
  #calendar: Calendar | null = null

  override connect(): void {
    if (!matchMedia('(pointer: coarse) and (hover: none)').matches) return
    const input = this.inputTarget
    const iso = input.dataset['iso'] ?? ''
    input.type = this.dayValue ? 'date' : 'datetime-local'
    input.value = iso
    this.buttonTarget.hidden = true
  }

  override disconnect(): void {
    this.#calendar?.close()
  }

  /** A person wrote something. */
  typed(event: Event): void {
    event.stopPropagation()
    const input = this.inputTarget
    const iso = input.type === 'text' ? this.#read(input.value) : input.value
    input.setCustomValidity(iso === undefined ? 'invalid' : '')
    this.element.closest('.o_field')?.classList.toggle('o_invalid', iso === undefined)
    if (iso !== undefined) this.#set(iso)
  }

  key(event: KeyboardEvent): void {
    if (event.altKey && event.key === 'ArrowDown') {
      event.preventDefault()
      void this.toggle()
    }
  }

  async toggle(): Promise<void> {
    if (this.#calendar) return this.#calendar.close()
    const { Calendar } = await import('./calendar.ts')
    this.#calendar = new Calendar(this.buttonTarget, {
      value: this.inputTarget.dataset['iso'] ?? '',
      language: this.#context().language,
      day: this.dayValue,
      chosen: (iso) => {
        this.element.closest('.o_field')?.classList.remove('o_invalid')
        this.#set(iso)
      },
      closed: () => (this.#calendar = null),
    })
  }

  /** Takes over `2026-03-31` or `2026-03-31T10:30`, in the user's zone; empty is none. */
  #set(iso: string): void {
    const input = this.inputTarget
    const { language } = this.#context()
    if (input.type === 'text')
      input.value = iso && (this.dayValue ? dayText(iso.slice(0, 10), language) : momentText(iso, language))
    if (iso === input.dataset['iso']) return
    input.dataset['iso'] = iso
    announce(this.element, this.#value(iso))
  }

  #value(iso: string): string | false {
    if (iso === '') return false
    if (this.kindValue === 'date') return iso.slice(0, 10)
    const local = this.dayValue ? `${iso.slice(0, 10)}T${this.timeValue || '00:00'}` : iso
    return fromLocalInput(local, this.zoneValue)
  }

  /** What the text means; `undefined` for what means nothing. */
  #read(text: string): string | undefined {
    if (text.trim() === '') return ''
    return this.dayValue
      ? parseDay(text, this.#context())
      : parseMoment(text, this.#context(), this.timeValue || '00:00')
  }

  #context(): TypedContext {
    const now = toLocalInput(new Date().toISOString().slice(0, 19).replace('T', ' '), this.zoneValue)
    return { language: document.documentElement.lang, today: this.todayValue, time: now.slice(11, 16) }
  }
}
