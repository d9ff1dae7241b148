import { elementOf } from './elements.ts'
import { askPage, callMethod } from './rpc.ts'

/** A record by its name, as forms hold a many2one. */
export interface NamedRecord {
  readonly id: number
  readonly display_name: string
}

/** Dialogs over dialogs need ids of their own. */
const depth = (): number => document.querySelectorAll('dialog[open]').length + 1

/** Opens a record, or a new one, in a dialog; resolves with it once it is saved, with `null` when it is left. */
export async function editRecord(options: {
  readonly model: string
  readonly id: number | null
  readonly context: Readonly<Record<string, unknown>>
}): Promise<NamedRecord | null> {
  const { html } = await askPage<{ html: string }>('/odoo/record/dialog', { ...options, prefix: `d${depth()}_` })
  const dialog = elementOf(html) as HTMLDialogElement
  document.body.append(dialog)
  dialog.showModal()
  dialog
    .querySelector<HTMLElement>('form.o_form input:not([type=file]), form.o_form select, form.o_form textarea')
    ?.focus()
  const id = await new Promise<number | null>((resolve) => {
    let saved: number | null = null
    dialog.addEventListener('form:saved', (event) => {
      saved = (event as CustomEvent<number>).detail
      dialog.close()
    })
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(saved)
    })
  })
  return id === null ? null : named(options.model, id)
}

/** Lets a person look for records in a list; resolves with those that were chosen, none when it is left. */
export async function pickRecords(options: {
  readonly model: string
  readonly domain: readonly unknown[]
  readonly context: Readonly<Record<string, unknown>>
  readonly multiple: boolean
  readonly text: string
}): Promise<readonly NamedRecord[]> {
  const { html } = await askPage<{ html: string }>('/odoo/record/pick', { ...options, page: 1, whole: true })
  const dialog = elementOf(html) as HTMLDialogElement
  dialog.dataset['pickAskedValue'] = JSON.stringify(options)
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    let picked: readonly NamedRecord[] = []
    dialog.addEventListener('pick:chosen', (event) => {
      picked = (event as CustomEvent<readonly NamedRecord[]>).detail
      dialog.close()
    })
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(picked)
    })
  })
}

/** Creates a record of which only the name is known. @throws RpcError */
export async function createNamed(
  model: string,
  name: string,
  context: Readonly<Record<string, unknown>>,
): Promise<NamedRecord> {
  const [id, display_name] = await callMethod<[number, string]>(model, 'name_create', [name], { context })
  return { id, display_name }
}

/** The names of records, in their order. */
export async function namesOf(model: string, ids: readonly number[]): Promise<readonly NamedRecord[]> {
  return callMethod<NamedRecord[]>(model, 'read', [ids, ['display_name']])
}

async function named(model: string, id: number): Promise<NamedRecord | null> {
  return (await namesOf(model, [id]))[0] ?? null
}
