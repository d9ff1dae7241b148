import { Controller } from '@hotwired/stimulus'
import { visit } from '@hotwired/turbo'
import { notify } from '../../../client/notify.ts'
import { askPage } from '../../../client/rpc.ts'

interface GroupState {
  readonly path: string
  readonly domain: readonly unknown[]
  readonly count: number
  readonly level: number
}

interface Inside {
  readonly html: string
  readonly from: number
  readonly to: number
}

/** Rows of groups: they open in place, and the address says which are open. */
export class ListGroupsController extends Controller<HTMLElement> {
  async toggle(event: MouseEvent): Promise<void> {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const link = event.currentTarget as HTMLAnchorElement
    const row = link.closest<HTMLElement>('[data-group]')
    if (!row) return
    const isOpen = link.getAttribute('aria-expanded') === 'true'
    if (isOpen) this.#empty(row)
    else if (!(await this.#fill(row, 0))) return
    link.setAttribute('aria-expanded', String(!isOpen))
    row.querySelector<HTMLElement>('.o_group_pager')?.toggleAttribute('hidden', isOpen)
    this.#keep()
  }

  /** Another page of a large group: its address, with the groups that are open by now. */
  page(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    visit(this.#withOpen((event.currentTarget as HTMLAnchorElement).href), { action: 'replace' })
  }

  /** Further records of a group below those that are there. */
  async more(event: MouseEvent): Promise<void> {
    if (event.ctrlKey || event.metaKey) return
    event.preventDefault()
    const link = event.currentTarget as HTMLAnchorElement
    const row = link.closest<HTMLElement>('tr')
    const path = row?.dataset['inside'] ?? ''
    const group = this.#rows().find((one) => stateOf(one).path === path)
    if (!row || !group) return
    const inside = await this.#ask(stateOf(group), Number(link.dataset['offset']))
    if (inside) row.replaceWith(rowsOf(inside.html))
  }

  async #fill(row: HTMLElement, offset: number): Promise<boolean> {
    const state = stateOf(row)
    const inside = await this.#ask(state, offset)
    if (!inside) return false
    this.#empty(row)
    row.after(rowsOf(inside.html))
    return true
  }

  async #ask(group: GroupState, offset: number): Promise<Inside | null> {
    try {
      return await askPage<Inside>('/odoo/list/inside', {
        path: location.pathname + location.search,
        group,
        offset,
      })
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
      return null
    }
  }

  /** Takes away what is inside of a group, at any depth. */
  #empty(row: HTMLElement): void {
    const { path } = stateOf(row)
    for (const one of this.element.querySelectorAll<HTMLElement>('[data-inside]')) {
      const around = one.dataset['inside'] ?? ''
      if (around === path || around.startsWith(`${path}/`)) one.remove()
    }
  }

  #rows(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[data-group]')]
  }

  /** Says in the address which groups are open, so that reload, back and a shared link show the same. */
  #keep(): void {
    history.replaceState(history.state, '', this.#withOpen(location.href))
  }

  #withOpen(address: string): string {
    const url = new URL(address)
    const open = this.#rows()
      .filter((row) => row.querySelector('[aria-expanded="true"]'))
      .map((row) => stateOf(row).path)
    url.searchParams.set('open', open.join(','))
    return url.href
  }
}

function stateOf(row: HTMLElement): GroupState {
  return JSON.parse(row.dataset['group'] ?? '{}') as GroupState
}

function rowsOf(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}
