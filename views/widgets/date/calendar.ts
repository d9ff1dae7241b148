import 'cally'
import { element } from '../../client/elements.ts'
import { showBeside } from '../../client/popup.ts'

interface CalendarOptions {
  /** `2026-03-31` or `2026-03-31T10:30`; empty for none. */
  readonly value: string
  readonly language: string
  /** Whether there is no time to choose. */
  readonly day: boolean
  chosen(iso: string): void
  closed(): void
}

/** A month to pick a day of, beside the button that opened it. */
export class Calendar {
  readonly #box: HTMLElement
  readonly #button: HTMLElement
  readonly #options: CalendarOptions

  constructor(button: HTMLElement, options: CalendarOptions) {
    this.#button = button
    this.#options = options
    const days = document.createElement('calendar-date') as HTMLElement & { value: string }
    days.setAttribute('value', options.value.slice(0, 10))
    days.setAttribute('locale', options.language)
    days.setAttribute('first-day-of-week', String(firstDayOfWeek(options.language)))
    days.append(document.createElement('calendar-month'))
    const time = element('input', { type: 'time', class: 'o_input', value: options.value.slice(11, 16) || '00:00' })
    const label = button.getAttribute('aria-label') ?? ''
    time.setAttribute('aria-label', label)
    const ok = element('button', { type: 'button', class: 'btn btn-sm btn-primary' }, 'OK')
    this.#box = element('div', { class: 'o_calendar', role: 'dialog', 'aria-label': label }, days)
    if (!options.day) this.#box.append(element('div', { class: 'o_calendar_foot' }, time, ok))
    const take = (): void => {
      if (!days.value) return
      options.chosen(options.day ? days.value : `${days.value}T${time.value || '00:00'}`)
      this.close(true)
    }
    days.addEventListener('change', () => options.day && take())
    ok.addEventListener('click', take)
    showBeside(this.#box, button, 'right')
    button.setAttribute('aria-expanded', 'true')
    document.addEventListener('pointerdown', this.#outside, true)
    document.addEventListener('keydown', this.#escape, true)
    ;(days as unknown as { focus(): void }).focus()
  }

  close(back = false): void {
    document.removeEventListener('pointerdown', this.#outside, true)
    document.removeEventListener('keydown', this.#escape, true)
    this.#box.remove()
    this.#button.setAttribute('aria-expanded', 'false')
    this.#options.closed()
    if (back) this.#button.focus()
  }

  /** Only the calendar is left, not the line or the dialog around it. */
  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    event.preventDefault()
    this.close(true)
  }

  readonly #outside = (event: Event): void => {
    const target = event.target as Node
    if (!this.#box.contains(target) && !this.#button.contains(target)) this.close()
  }
}

/** 0 is Sunday. Where the browser does not know, Monday. */
function firstDayOfWeek(language: string): number {
  const locale = new Intl.Locale(language) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  return (locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1) % 7
}
