import './allow-styles.ts'
import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { Calendar, type EventApi } from '@fullcalendar/core'
import dayGrid from '@fullcalendar/daygrid'
import interaction from '@fullcalendar/interaction'
import list from '@fullcalendar/list'
import timeGrid from '@fullcalendar/timegrid'
import { confirmed } from '../../client/confirm.ts'
import { notify } from '../../client/notify.ts'
import { callMethod } from '../../client/rpc.ts'
import { valuesFor, type EventFields, type Moment } from './values.ts'

interface CalendarState extends EventFields {
  readonly model: string
  readonly scale: 'day' | 'week' | 'month' | 'year'
  readonly day: string
  readonly firstDay: number
  readonly language: string
  readonly now: string
  readonly canCreate: boolean
  readonly canEdit: boolean
  readonly quickCreate: boolean
  readonly popup: boolean
  readonly newHref: string
  readonly dayHref: string
  readonly events: readonly {
    readonly id: number
    readonly title: string
    readonly start: string
    readonly end: string
    readonly allDay: boolean
    readonly color: number
    readonly href: string
  }[]
  readonly words: { readonly allDay: string; readonly more: string }
}

const NARROW = 600

/** A calendar: makes a grid of the list that the server drew, in which events are moved, made and opened. */
export class CalendarController extends Controller<HTMLElement> {
  static override targets = ['grid', 'agenda', 'popover', 'quick']
  static override values = { state: Object }
  declare readonly gridTarget: HTMLElement
  declare readonly hasGridTarget: boolean
  declare readonly agendaTarget: HTMLElement
  declare readonly popoverTarget: HTMLTemplateElement
  declare readonly quickTarget: HTMLTemplateElement
  declare readonly stateValue: CalendarState
  #calendar: Calendar | undefined

  override connect(): void {
    if (!this.hasGridTarget) return
    const state = this.stateValue
    this.gridTarget.hidden = false
    this.#calendar = new Calendar(this.gridTarget, {
      plugins: [dayGrid, timeGrid, interaction, list],
      initialView: viewOf(state.scale),
      initialDate: state.day,
      headerToolbar: false,
      // times are those of the user's zone already: the library must not move them
      timeZone: 'UTC',
      now: state.now,
      locale: state.language,
      firstDay: state.firstDay,
      height: 'auto',
      nowIndicator: true,
      dayMaxEvents: 4,
      fixedWeekCount: false,
      allDayText: state.words.allDay,
      moreLinkText: (count) => `+${count} ${state.words.more}`,
      scrollTime: '08:00',
      selectable: state.canCreate,
      editable: state.canEdit,
      eventDurationEditable: state.canEdit && (state.stop !== null || state.delay !== null),
      navLinks: true,
      navLinkDayClick: (date) => visit(state.dayHref.replace('0000-00-00', date.toISOString().slice(0, 10))),
      events: state.events.map(({ id, color, href: _href, ...event }) => ({
        ...event,
        id: String(id),
        ...(color > 0 ? { classNames: [`o_strip_${color}`] } : {}),
      })),
      eventClick: ({ event, jsEvent }) => {
        jsEvent.preventDefault()
        this.#open(Number(event.id))
      },
      eventInteractive: true,
      select: (picked) => this.#create({ start: picked.start, end: picked.end, allDay: picked.allDay }),
      eventDrop: ({ event, revert }) => void this.#move(event, revert),
      eventResize: ({ event, revert }) => void this.#move(event, revert),
    })
    this.#calendar.render()
    this.agendaTarget.hidden = true
  }

  override disconnect(): void {
    this.#calendar?.destroy()
    if (!this.hasGridTarget) return
    this.gridTarget.hidden = true
    this.agendaTarget.hidden = false
  }

  /** One write of what dragging changed. */
  async #move({ id, start, end, allDay }: EventApi, revert: () => void): Promise<void> {
    if (!start) return revert()
    const state = this.stateValue
    try {
      await callMethod(state.model, 'write', [[Number(id)], valuesFor(state, { start, end, allDay })])
    } catch (error) {
      revert()
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  #open(id: number): void {
    const event = this.stateValue.events.find((one) => one.id === id)
    if (!event) return
    if (!this.stateValue.popup) return visit(event.href)
    const dialog = dialogOf(this.popoverTarget)
    const details = this.agendaTarget.querySelector(`[data-event="${id}"]`)?.cloneNode(true) as HTMLElement | undefined
    const title = dialog.querySelector('[data-title]')
    if (title) title.textContent = event.title
    details?.querySelector('a')?.remove()
    dialog.querySelector('[data-details]')?.append(...(details?.childNodes ?? []))
    dialog.querySelector<HTMLAnchorElement>('[data-edit]')?.setAttribute('href', event.href)
    const remove = dialog.querySelector<HTMLButtonElement>('[data-delete]')
    remove?.addEventListener('click', () => void this.#delete(id, remove.dataset['delete'] ?? '', dialog))
    show(dialog)
  }

  async #delete(id: number, question: string, dialog: HTMLDialogElement): Promise<void> {
    if (!(await confirmed(question))) return
    try {
      await callMethod(this.stateValue.model, 'unlink', [[id]])
      dialog.close()
      visit(location.href, { action: 'replace' })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  /** A place in the grid was chosen: a title is asked for, or the whole form opens. */
  #create(moment: Moment): void {
    const state = this.stateValue
    const defaults = Object.fromEntries(
      Object.entries(valuesFor(state, moment)).map(([name, value]) => [`default_${name}`, value]),
    )
    const form = `${state.newHref}${state.newHref.includes('?') ? '&' : '?'}c=${encodeURIComponent(JSON.stringify(defaults))}`
    if (!state.quickCreate) return visit(form)
    const dialog = dialogOf(this.quickTarget)
    const when = dialog.querySelector('[data-when]')
    if (when)
      when.textContent = new Intl.DateTimeFormat(state.language, {
        dateStyle: 'full',
        ...(moment.allDay ? {} : { timeStyle: 'short' }),
        timeZone: 'UTC',
      }).format(moment.start)
    dialog.querySelector('[data-edit]')?.setAttribute('href', form)
    dialog.querySelector<HTMLFormElement>('[data-quick]')?.addEventListener('submit', (event) => {
      event.preventDefault()
      const name = String(new FormData(event.currentTarget as HTMLFormElement).get('name') ?? '')
      callMethod(state.model, 'name_create', [name], { context: defaults }).then(
        () => {
          dialog.close()
          visit(location.href, { action: 'replace' })
        },
        (error: unknown) => notify(error instanceof Error ? error.message : String(error), 'danger'),
      )
    })
    show(dialog)
    dialog.querySelector<HTMLInputElement>('[name="name"]')?.focus()
  }
}

function viewOf(scale: CalendarState['scale']): string {
  if (scale === 'month') return window.innerWidth < NARROW ? 'listMonth' : 'dayGridMonth'
  return scale === 'day' ? 'timeGridDay' : window.innerWidth < NARROW ? 'listWeek' : 'timeGridWeek'
}

function dialogOf(template: HTMLTemplateElement): HTMLDialogElement {
  const copy = template.content.cloneNode(true) as DocumentFragment
  return copy.firstElementChild as HTMLDialogElement
}

function show(dialog: HTMLDialogElement): void {
  document.body.append(dialog)
  dialog.addEventListener('close', () => dialog.remove())
  dialog.showModal()
}
