import { Controller } from '@hotwired/stimulus'
import { element } from './elements.ts'
import { formOf } from './form.ts'
import { notify } from './notify.ts'
import { callMethod } from './rpc.ts'

interface Translation {
  readonly lang: string
  readonly source: string
  readonly value: string
}

/** The button beside a translatable field: a dialog with its text in every language. */
export class TranslateController extends Controller<HTMLElement> {
  static override values = { texts: Object, multiline: Boolean }
  declare readonly textsValue: Readonly<Record<string, string>>
  declare readonly multilineValue: boolean

  async open(): Promise<void> {
    const form = formOf(this)
    const name = this.element.closest<HTMLElement>('[data-field]')?.dataset['field'] ?? ''
    const model = this.element.closest<HTMLElement>('[data-model]')?.dataset['model'] ?? ''
    if (!form || !(await form.persisted()) || form.draft.id === null) return
    const ids = [form.draft.id]
    try {
      const [translations] = await callMethod<[readonly Translation[], object]>(model, 'get_field_translations', [
        ids,
        name,
      ])
      const languages = await callMethod<readonly { code: string; name: string }[]>('res.lang', 'search_read', [], {
        domain: [['active', '=', true]],
        fields: ['code', 'name'],
      })
      const changed = await this.#ask(translations, new Map(languages.map((one) => [one.code, one.name])))
      if (!changed || Object.keys(changed).length === 0) return
      await callMethod(model, 'update_field_translations', [ids, name, changed])
      form.reload()
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
  }

  async #ask(
    translations: readonly Translation[],
    names: ReadonlyMap<string, string>,
  ): Promise<Readonly<Record<string, string>> | null> {
    const word = (source: string): string => this.textsValue[source] ?? source
    const inputs = new Map<string, { input: HTMLInputElement | HTMLTextAreaElement; before: string }>()
    const rows = translations.map(({ lang, value, source }) => {
      const id = `translation_${lang}`
      const before = value || source
      const input = this.multilineValue
        ? element('textarea', { class: 'form-control', id, lang: lang.replace('_', '-') })
        : element('input', { class: 'form-control', type: 'text', id, lang: lang.replace('_', '-') })
      input.value = before
      inputs.set(lang, { input, before })
      return element('p', {}, element('label', { for: id }, names.get(lang) ?? lang), input)
    })
    const form = element(
      'form',
      { method: 'dialog' },
      element('h2', {}, word('Translate')),
      ...rows,
      element('button', { value: 'yes', class: 'btn btn-primary' }, word('Save')),
      ' ',
      element('button', { value: 'no', class: 'btn btn-outline-secondary', formnovalidate: true }, word('Discard')),
    )
    const dialog = element('dialog', { class: 'o_dialog o_dialog_small', 'aria-label': word('Translate') }, form)
    document.body.append(dialog)
    dialog.showModal()
    await new Promise((resolve) => dialog.addEventListener('close', resolve))
    dialog.remove()
    if (dialog.returnValue !== 'yes') return null
    return Object.fromEntries(
      [...inputs]
        .filter(([, { input, before }]) => input.value !== before)
        .map(([lang, { input }]) => [lang, input.value]),
    )
  }
}
