import { askPage } from '../client/rpc.ts'

/** A line of the tree of fields, as the server describes it. */
export interface ExportField {
  readonly id: string
  readonly string: string
  readonly value: string
  readonly children: boolean
  readonly default_export: boolean
  readonly params?: Readonly<Record<string, unknown>>
}

/** The fields of a model, or of the relation whose `params` are given. */
export function fieldsOf(model: string, isCompatible: boolean, params: object = {}): Promise<ExportField[]> {
  const { name, ...rest } = params as { name?: string }
  return askPage('/web/export/get_fields', {
    model,
    import_compat: isCompatible,
    ...rest,
    ...(name === undefined ? {} : { parent_name: name }),
  })
}

export interface TreeOptions {
  readonly isCompatible: boolean
  /** Whether labels are shown with the way to them. */
  readonly isFlat: boolean
  /** What the button that chooses a field is called; `%s` is its label. */
  readonly add: string
  chosen(field: ExportField): void
}

/** Lines of a tree: each can be chosen, those of relations be opened. */
export function drawFields(fields: readonly ExportField[], options: TreeOptions): HTMLLIElement[] {
  return fields.map((field) => drawField(field, options))
}

function drawField(field: ExportField, options: TreeOptions): HTMLLIElement {
  const item = document.createElement('li')
  const label = options.isFlat ? field.string : (field.string.split('/').at(-1) ?? field.string)
  const add = document.createElement('button')
  add.type = 'button'
  add.className = 'o_export_add'
  add.setAttribute('aria-label', options.add.replace('%s', field.string))
  add.title = field.id
  add.addEventListener('click', () => options.chosen(field))
  if (!field.children || !field.params) {
    add.textContent = label
    item.append(add)
    return item
  }
  const details = document.createElement('details')
  const summary = document.createElement('summary')
  summary.textContent = label
  add.textContent = '+'
  const inside = document.createElement('ul')
  details.append(summary, inside)
  details.addEventListener('toggle', () => {
    if (details.open && inside.childElementCount === 0) void open(field, inside, options)
  })
  item.append(details, add)
  item.classList.add('o_export_relation')
  return item
}

async function open(field: ExportField, inside: HTMLUListElement, options: TreeOptions): Promise<void> {
  const { model } = field.params as { model: string }
  const fields = await fieldsOf(model, options.isCompatible, field.params)
  inside.replaceChildren(...drawFields(fields, { ...options, isFlat: false }))
}
