import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { confirmed } from '../../client/confirm.ts'
import { elementOf } from '../../client/elements.ts'
import { follow, type Next } from '../../client/follow.ts'
import { notify } from '../../client/notify.ts'
import { askPage, callMethod } from '../../client/rpc.ts'
import { dragged, type Dragging } from './drag.ts'
import { cardBeside, keyMove } from './keyboard.ts'
import { cardOf, emptyHead, here, idOf, isComplete, keyOf, labelOf, listOf } from './elements.ts'
import { QuickCreate, type Created } from './quick-create.ts'

type BoardPatch = Pick<Created, 'heads' | 'cards'>

interface BoardInfo {
  readonly model: string
  readonly comodel?: string
  readonly action: number | false
  readonly canMove?: boolean
  readonly canMoveColumns?: boolean
  readonly quickOnNew?: boolean
}

interface CardCall {
  readonly type: string
  readonly name: string | null
  readonly context?: string | null
  readonly confirm?: string | null
  readonly confirmLabel?: string | null
}

/** Cards, side by side or in columns: each step is one question, of which the answer is drawn in place. */
export class KanbanController extends Controller<HTMLElement> {
  static override targets = ['column', 'columns', 'cards', 'card', 'said']
  static override values = { state: Object }
  declare readonly columnTargets: HTMLElement[]
  declare readonly columnsTarget: HTMLElement
  declare readonly hasColumnsTarget: boolean
  declare readonly cardsTargets: HTMLElement[]
  declare readonly saidTarget: HTMLElement
  declare readonly stateValue: BoardInfo
  #dragging: Dragging | undefined
  #quick: QuickCreate | undefined

  override connect(): void {
    this.element.addEventListener('keydown', this.#key)
    document.addEventListener('click', this.#clicked)
    void this.#startDragging()
  }

  override disconnect(): void {
    this.element.removeEventListener('keydown', this.#key)
    document.removeEventListener('click', this.#clicked)
    this.#dragging?.end()
    this.#quick?.close()
  }

  cardsTargetConnected(list: HTMLElement): void {
    this.#dragging?.add(list)
  }

  /** A button or link of a card that does something. */
  async press(event: Event): Promise<void> {
    event.preventDefault()
    const button = event.currentTarget as HTMLElement
    const call = JSON.parse(button.dataset['call'] ?? '{}') as CardCall
    const card = cardOf(button)
    const question = call.confirm ?? (call.type === 'delete' ? this.#word('delete') : null)
    if (!card || (question && !(await confirmed(question, call.confirmLabel)))) return
    const id = idOf(card)
    await this.#try(async () => {
      if (call.type === 'delete') await this.#afterwards(card, callMethod(this.#model, 'unlink', [[id]]))
      else if (call.type === 'archive') await this.#afterwards(card, callMethod(this.#model, 'action_archive', [[id]]))
      else if (call.type === 'unarchive')
        await this.#afterwards(card, callMethod(this.#model, 'action_unarchive', [[id]]))
      else follow(await askPage<Next>('/odoo/form/button', { model: this.#model, context: {}, id, call, path: here() }))
    })
  }

  /** A colour of the picker. */
  async paint(event: Event): Promise<void> {
    const { field = '', color } = (event.currentTarget as HTMLElement).dataset
    const card = cardOf(event.currentTarget as HTMLElement)
    if (!card) return
    await this.#try(async () => {
      await callMethod(this.#model, 'write', [[idOf(card)], { [field]: Number(color) }])
      await this.#draw([], [idOf(card)])
    })
    this.#focus(idOf(card))
  }

  /** The next cards of a column. */
  async more(event: Event): Promise<void> {
    event.preventDefault()
    const link = event.currentTarget as HTMLElement
    const column = link.closest<HTMLElement>('.o_column')
    if (!column) return
    await this.#try(async () => {
      const { cards, more } = await askPage<{ cards: string[]; more: string | null }>('/odoo/kanban/more', {
        path: here(),
        key: keyOf(column),
        offset: Number(link.dataset['offset']),
      })
      const list = listOf(column)
      const known = new Set([...(list?.querySelectorAll<HTMLElement>('.o_card') ?? [])].map(idOf))
      const fresh = cards.flatMap((html) => elementOf(html) ?? []) as HTMLElement[]
      list?.append(...fresh.filter((card) => !known.has(idOf(card))))
      fresh[0]?.querySelector<HTMLElement>('.o_card_link')?.focus()
      link.remove()
      const next = more === null ? null : elementOf(more)
      if (next) column.append(next)
    })
  }

  quickCreate(event: Event): void {
    const column = (event.currentTarget as HTMLElement).closest<HTMLElement>('.o_column')
    if (column) void this.#openQuick(column)
  }

  quickAdd(): void {
    void this.#quick?.add()
  }

  quickEdit(): void {
    void this.#quick?.edit()
  }

  quickClose(): void {
    this.#quick?.close()
  }

  async archiveColumn(event: Event): Promise<void> {
    const column = await this.#confirmedColumn(event)
    if (!column) return
    await this.#try(async () => {
      await askPage('/odoo/kanban/archive', { path: here(), key: keyOf(column) })
      visit(location.href, { action: 'replace' })
    })
  }

  async deleteColumn(event: Event): Promise<void> {
    const column = await this.#confirmedColumn(event)
    if (!column) return
    await this.#try(async () => {
      await callMethod(this.stateValue.comodel ?? '', 'unlink', [[Number(keyOf(column))]])
      visit(location.href, { action: 'replace' })
    })
  }

  async createColumn(event: Event): Promise<void> {
    event.preventDefault()
    const form = event.currentTarget as HTMLFormElement
    const name = String(new FormData(form).get('name') ?? '').trim()
    if (name === '') return
    await this.#try(async () => {
      const { html } = await askPage<{ html: string }>('/odoo/kanban/column', { path: here(), name })
      const column = elementOf(html)
      if (column) form.closest('.o_new_column')?.before(column)
      form.reset()
    })
  }

  get #model(): string {
    return this.stateValue.model
  }

  #word(name: string): string {
    return this.saidTarget.dataset[name] ?? ''
  }

  async #startDragging(): Promise<void> {
    const { canMove = false, canMoveColumns = false } = this.stateValue
    if (!this.hasColumnsTarget || (!canMove && !canMoveColumns)) return
    const dragging = await dragged({
      columns: canMoveColumns ? this.columnsTarget : null,
      moved: (card, from) => void this.#moved(card, from),
      reordered: () => void this.#reordered(),
    })
    if (!this.element.isConnected) return dragging.end()
    this.#dragging = dragging
    if (canMove) for (const list of this.cardsTargets) dragging.add(list)
  }

  /** A card lies in another place: the server is told, and says what the columns then show. */
  async #moved(card: HTMLElement, from: HTMLElement): Promise<void> {
    const to = card.closest<HTMLElement>('.o_column')
    const id = idOf(card)
    if (!to) return
    try {
      this.#apply(
        await askPage<BoardPatch>('/odoo/kanban/move', {
          path: here(),
          id,
          from: keyOf(from),
          to: keyOf(to),
          order: [...to.querySelectorAll<HTMLElement>('.o_card')].map(idOf),
        }),
      )
      const [label, column] = [labelOf(card), to.getAttribute('aria-label') ?? '']
      this.saidTarget.textContent = this.#word('moved').replace('%s', label).replace('%s', column)
      // what was written may have taken other cards along
      if (![from, to].every(isComplete)) visit(location.href, { action: 'replace' })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      visit(location.href, { action: 'replace' })
    }
  }

  async #reordered(): Promise<void> {
    const keys = this.columnTargets.map(keyOf)
    await this.#try(() => askPage('/odoo/kanban/columns', { path: here(), keys }))
  }

  /** Does something that may take a card away, and shows what is left. */
  async #afterwards(card: HTMLElement, work: Promise<unknown>): Promise<void> {
    const column = card.closest<HTMLElement>('.o_column')
    const next = cardBeside(card, 'ArrowDown') ?? cardBeside(card, 'ArrowUp')
    await work
    card.remove()
    if (column) await this.#draw([keyOf(column)], [])
    next?.querySelector<HTMLElement>('.o_card_link')?.focus()
  }

  async #draw(keys: readonly string[], ids: readonly number[]): Promise<void> {
    this.#apply(await askPage<BoardPatch>('/odoo/kanban/draw', { path: here(), keys, ids }))
  }

  #apply({ heads, cards }: BoardPatch): void {
    for (const [key, html] of Object.entries(heads)) {
      const old = this.columnTargets.find((column) => keyOf(column) === key)?.querySelector('[data-head]')
      const fresh = html === null ? null : elementOf(html)
      if (old && fresh) old.replaceWith(fresh)
      else if (old) emptyHead(old)
    }
    for (const [id, html] of Object.entries(cards)) {
      const old = this.element.querySelector<HTMLElement>(`.o_card[data-id="${id}"]`)
      const focused = old?.contains(document.activeElement)
      const fresh = html === null ? null : elementOf(html)
      if (fresh) old?.replaceWith(fresh)
      if (focused) this.#focus(Number(id))
    }
  }

  #focus(id: number): void {
    this.element.querySelector<HTMLElement>(`.o_card[data-id="${id}"] .o_card_link`)?.focus()
  }

  async #openQuick(column: HTMLElement): Promise<void> {
    this.#quick?.close()
    const quick = new QuickCreate(this, column, (answer) => {
      this.#apply(answer)
      const card = elementOf(answer.cards[answer.id] ?? '')
      if (card) listOf(column)?.prepend(card)
    })
    this.#quick = quick
    await this.#try(() => quick.open())
  }

  async #confirmedColumn(event: Event): Promise<HTMLElement | null> {
    const button = event.currentTarget as HTMLElement
    const column = button.closest<HTMLElement>('.o_column')
    return column && (await confirmed(button.dataset['confirm'] ?? '')) ? column : null
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  /** The button of the page that makes a new record opens the first column's form where the view says so. */
  readonly #clicked = (event: Event): void => {
    if (!this.stateValue.quickOnNew || !(event.target as HTMLElement).closest('.o_new')) return
    const column = this.columnTargets.find((one) => !one.classList.contains('o_folded'))
    if (!column) return
    event.preventDefault()
    void this.#openQuick(column)
  }

  readonly #key = (event: KeyboardEvent): void => {
    const card = (event.target as HTMLElement).closest<HTMLElement>('.o_card')
    if (!card || !(event.target as HTMLElement).matches('.o_card_link')) return
    if ((event.ctrlKey || event.metaKey) && this.stateValue.canMove) {
      const from = keyMove(card, event.key)
      if (!from) return
      event.preventDefault()
      this.#focus(idOf(card))
      void this.#moved(card, from)
      return
    }
    const next = cardBeside(card, event.key)
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    next.querySelector<HTMLElement>('.o_card_link')?.focus()
  }
}
