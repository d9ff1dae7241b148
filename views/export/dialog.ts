import { Controller } from '@hotwired/stimulus'
import { notify } from '../client/notify.ts'
import { askPage, callMethod } from '../client/rpc.ts'
import { confirmed } from '../client/confirm.ts'
import { ChosenColumns } from './chosen.ts'
import { downloadExport, type ExportColumn, type ExportRequest, seenColumns } from './download.ts'
import { drawFields, type ExportField, fieldsOf } from './tree.ts'

interface Words {
  readonly add: string
  readonly remove: string
  readonly up: string
  readonly down: string
  readonly done: string
  readonly dropped: string
  readonly forget: string
  readonly none: string
}

/** How records are shown; what they are called in a file that is imported again is their name. */
const SHOWN_NAMES = new Set(['display_name', 'complete_name'])
const SEARCH_DELAY_MS = 250
/** What the dialog that opens next is about. */
const asked = new WeakMap<Element, ExportRequest>()

/** Opens the dialog in which one chooses what goes into a file. */
export function openExport(request: ExportRequest): void {
  const template = document.getElementById('export-dialog') as HTMLTemplateElement
  const dialog = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLDialogElement
  asked.set(dialog, request)
  document.body.append(dialog)
  dialog.addEventListener('close', () => dialog.remove())
  dialog.showModal()
}

/** The dialog: fields through relations, the chosen ones in their order, kept choices, the format. */
export class ExportDialogController extends Controller<HTMLDialogElement> {
  static override targets = [
    'compatible',
    'search',
    'tree',
    'kept',
    'forget',
    'chosen',
    'name',
    'progress',
    'status',
    'go',
  ]
  static override values = { words: Object }
  declare readonly compatibleTarget: HTMLInputElement
  declare readonly searchTarget: HTMLInputElement
  declare readonly treeTarget: HTMLUListElement
  declare readonly keptTarget: HTMLSelectElement
  declare readonly forgetTarget: HTMLButtonElement
  declare readonly chosenTarget: HTMLOListElement
  declare readonly nameTarget: HTMLInputElement
  declare readonly progressTarget: HTMLProgressElement
  declare readonly statusTarget: HTMLElement
  declare readonly goTarget: HTMLButtonElement
  declare readonly wordsValue: Words
  #request!: ExportRequest
  #chosen!: ChosenColumns
  #root: readonly ExportField[] = []
  #typing = 0
  readonly #ended = new AbortController()

  override connect(): void {
    this.#request = asked.get(this.element) as ExportRequest
    this.#chosen = new ChosenColumns(this.chosenTarget, this.wordsValue)
    this.#chosen.set(seenColumns())
    void this.#told(async () => {
      await Promise.all([this.#showTree(), this.#showKept()])
    })
  }

  override disconnect(): void {
    this.#ended.abort()
  }

  /** The other kind of file has other columns: what cannot be imported is left out. */
  switched(): Promise<void> {
    return this.#told(async () => {
      const before = this.#chosen.columns
      await this.#showTree()
      const isCompatible = this.compatibleTarget.checked
      const known = new Map(this.#root.map((field) => [field.id, field]))
      const kept = before.flatMap(({ name, label }): ExportColumn[] => {
        const path = isCompatible ? name : name.replace(/(.)\/id$/, '$1')
        const field =
          known.get(path) ??
          known.get(path.replace(/\/id$/, '')) ??
          (SHOWN_NAMES.has(path) ? known.get('name') : undefined)
        if (field) return [{ name: field.value, label: field.string }]
        return isCompatible ? [] : [{ name: path, label }]
      })
      const defaults = this.#root
        .filter((field) => field.default_export && !kept.some(({ name }) => name === field.value))
        .map((field) => ({ name: field.value, label: field.string }))
      this.#chosen.set([...defaults, ...kept])
      this.statusTarget.textContent = kept.length < before.length ? this.wordsValue.dropped : ''
    })
  }

  typed(): void {
    clearTimeout(this.#typing)
    this.#typing = window.setTimeout(() => void this.#told(() => this.#showTree()), SEARCH_DELAY_MS)
  }

  /** Takes the columns of a kept choice. */
  recall(): Promise<void> {
    return this.#told(async () => {
      const id = Number(this.keptTarget.value)
      this.forgetTarget.hidden = id === 0
      if (id === 0) return
      const { model } = this.#request
      this.#chosen.set(await askPage<ExportColumn[]>('/web/export/namelist', { model, export_id: id }))
    })
  }

  keep(event: Event): Promise<void> {
    event.preventDefault()
    return this.#told(async () => {
      const lines = this.#chosen.columns.map(({ name }) => [0, 0, { name }])
      const id = await callMethod<number>('ir.exports', 'create', [
        { name: this.nameTarget.value, resource: this.#request.model, export_fields: lines },
      ])
      this.nameTarget.value = ''
      await this.#showKept(id)
    })
  }

  forget(): Promise<void> {
    return this.#told(async () => {
      if (!(await confirmed(this.wordsValue.forget))) return
      await callMethod('ir.exports', 'unlink', [[Number(this.keptTarget.value)]])
      await this.#showKept()
    })
  }

  export(): Promise<void> {
    return this.#told(async () => {
      const { columns } = this.#chosen
      if (columns.length === 0) return notify(this.wordsValue.none, 'warning')
      const chosen = this.element.querySelector<HTMLInputElement>('input[name=format]:checked')
      this.goTarget.disabled = true
      this.progressTarget.hidden = false
      try {
        await downloadExport(
          this.#request,
          { columns, format: chosen?.value === 'csv' ? 'csv' : 'xlsx', isCompatible: this.compatibleTarget.checked },
          (done, total) => {
            this.progressTarget.value = total === 0 ? 1 : done / total
            this.statusTarget.textContent = this.wordsValue.done
              .replace('%s', String(done))
              .replace('%s', String(total))
          },
          this.#ended.signal,
        )
        this.element.close()
      } finally {
        this.goTarget.disabled = false
        this.progressTarget.hidden = true
      }
    })
  }

  async #showTree(): Promise<void> {
    const isCompatible = this.compatibleTarget.checked
    const { model } = this.#request
    const text = this.searchTarget.value.trim()
    this.#root = await fieldsOf(model, isCompatible)
    const fields = text
      ? await askPage<ExportField[]>('/web/export/search_fields', { model, text, import_compat: isCompatible })
      : this.#root
    if (text !== this.searchTarget.value.trim()) return
    this.treeTarget.replaceChildren(
      ...drawFields(fields, {
        isCompatible,
        isFlat: text !== '',
        add: this.wordsValue.add,
        chosen: (field) => this.#chosen.add({ name: field.value, label: field.string }),
      }),
    )
  }

  async #showKept(current = 0): Promise<void> {
    const kept = await callMethod<{ id: number; name: string }[]>('ir.exports', 'search_read', [
      [['resource', '=', this.#request.model]],
      ['name'],
    ])
    const [choose] = this.keptTarget.options
    this.keptTarget.replaceChildren(
      ...(choose ? [choose] : []),
      ...kept.map(({ id, name }) => new Option(name, String(id), false, id === current)),
    )
    this.forgetTarget.hidden = current === 0
  }

  async #told(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      if (!this.#ended.signal.aborted) notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }
}
