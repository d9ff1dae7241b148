import { refreshPage } from './refresh.ts'
import { isAsking } from './rpc.ts'

/** What the server tells of records that somebody changed. */
interface Changed {
  readonly model: string
  readonly ids: readonly number[]
  readonly uid: number
  readonly by: string
}

/** Changes come in bursts, and the page's own are answered a moment after they are told. */
const PAUSE_MS = 400
/** Somebody is in the middle of something: looked at again. */
const BUSY_MS = 2000

/** Listens for changes of what the page shows, by others and in other windows, and shows them. */
export function watchChanges(): void {
  const live = new Live()
  document.addEventListener('turbo:load', () => live.begin())
  document.addEventListener('turbo:before-render', () => live.end())
  document.addEventListener('turbo:morph', () => live.begin())
  // browsers keep few connections to a server: windows that nobody sees give theirs back
  document.addEventListener('visibilitychange', () => (document.hidden ? live.end() : live.resume()))
}

class Live {
  #source: EventSource | null = null
  #watched = ''
  #timer: ReturnType<typeof setTimeout> | undefined
  #news: Changed[] = []

  begin(): void {
    const watched = watchedRecords()
    if (this.#source && watched === this.#watched) return
    this.end()
    if (watched === '' || document.hidden) return
    this.#watched = watched
    const source = new EventSource(`/odoo/live?watch=${encodeURIComponent(watched)}`)
    source.addEventListener('changed', (event) =>
      this.#heard(JSON.parse((event as MessageEvent<string>).data) as Changed),
    )
    source.addEventListener('ended', () => source.close())
    this.#source = source
  }

  end(): void {
    this.#source?.close()
    this.#source = null
    clearTimeout(this.#timer)
    this.#news = []
  }

  /** The page is seen again: what happened meanwhile nobody told. */
  resume(): void {
    if (!isBusy() && watchedRecords() !== '') void refreshPage()
    this.begin()
  }

  #heard(changed: Changed): void {
    this.#news.push(changed)
    this.#later(PAUSE_MS)
  }

  #later(pause: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#show(), pause)
  }

  #show(): void {
    if (isAsking()) return this.#later(PAUSE_MS)
    const form = shownForm()
    if (form?.classList.contains('o_dirty')) {
      const news = this.#news.find(({ ids }) => ids.includes(Number(form.dataset['id'])))
      this.#news = []
      if (news) showBar(form, news.by)
      return
    }
    const isOfForm = this.#news.some(({ ids }) => ids.includes(Number(form?.dataset['id'])))
    if (form && !isOfForm) return void (this.#news = [])
    if (isBusy()) return this.#later(BUSY_MS)
    this.#news = []
    void refreshPage()
  }
}

/** The record that the page is about; a list's dialogs are not. */
function shownForm(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#content .o_form[data-id]')
}

/** `res.partner:1,2,3`; empty where nothing of the page can change. */
function watchedRecords(): string {
  const content = document.getElementById('content')
  const model = content?.dataset['live']
  if (!content || !model || content.querySelector('.o_form:not([data-id])')) return ''
  const form = shownForm()
  const shown = form ? [form] : [...content.querySelectorAll<HTMLElement>('[data-id]')]
  const ids = shown.map(({ dataset }) => dataset['id'] ?? '').filter((id) => /^\d+$/.test(id))
  return `${model}:${[...new Set(ids)].join(',')}`
}

/** Whether drawing anew would be in somebody's way: they type in a row, drag a card, or have a dialog open. */
function isBusy(): boolean {
  const { activeElement } = document
  const isTyping =
    activeElement instanceof HTMLElement &&
    activeElement.matches('#content :is(input:not([type=checkbox]), textarea, select, [contenteditable=true])')
  const isDirty = document.querySelector('#content .o_dirty, #content [data-editing], dialog[open], .sortable-chosen')
  return isDirty !== null || (isTyping && shownForm() === null)
}

/** Tells whoever edits a record that somebody else changed it: to show that, or to go on. */
function showBar(form: HTMLElement, by: string): void {
  form.querySelector('.o_changed_bar')?.remove()
  const template = document.getElementById('changed-bar') as HTMLTemplateElement
  const bar = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement
  const words = bar.querySelector<HTMLElement>('[data-text]')
  if (words) words.textContent = (words.dataset['text'] ?? '').replace('%s', by)
  bar.querySelector('[data-keep]')?.addEventListener('click', () => bar.remove())
  bar.querySelector('[data-show]')?.addEventListener('click', () => {
    bar.remove()
    form.querySelector<HTMLElement>('[data-action="form#discard"]')?.click()
  })
  form.prepend(bar)
}
