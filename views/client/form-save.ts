import { askPage } from './rpc.ts'
import type { FormDraft } from './form-draft.ts'

/** What the server answers to a form that is to be saved. */
interface Answer {
  readonly id: number
  readonly url: string
  readonly conflict?: { readonly html: string; readonly version: string }
}

/** Where the saved record is, and whether any of it was left to others. */
export interface SavedForm {
  readonly id: number
  readonly url: string
}

/**
 * Saves a draft. Where others changed the same fields, a person chooses between both values, and nothing is saved before;
 * `null` when they go on editing. `question` is what the form tells of itself, at the time that it is asked.
 */
export async function saveDraft(
  draft: FormDraft,
  version: string | null,
  question: () => Readonly<Record<string, unknown>>,
): Promise<SavedForm | null> {
  for (let known = version; ;) {
    const path = location.pathname + location.search
    const { id, url, conflict } = await askPage<Answer>('/odoo/form/save', { ...question(), path, version: known })
    if (!conflict) return { id, url }
    const choices = await choose(conflict.html)
    if (choices === null) return null
    for (const [field, choice] of choices) if (choice === 'theirs') draft.forget(field)
    if (!draft.isDirty && draft.id !== null) return { id: draft.id, url: path }
    known = conflict.version
  }
}

/** Asks which values are kept: `mine` or `theirs` by field; `null` when nothing is to be saved. */
async function choose(html: string): Promise<ReadonlyMap<string, string> | null> {
  const template = document.createElement('template')
  template.innerHTML = html.trim()
  const dialog = template.content.firstElementChild as HTMLDialogElement
  document.body.append(dialog)
  dialog.showModal()
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }))
  const form = dialog.querySelector('form')
  const choices = form && dialog.returnValue === 'save' ? new FormData(form) : null
  dialog.remove()
  return choices && new Map(Array.from(choices, ([name, value]) => [name, String(value)]))
}
