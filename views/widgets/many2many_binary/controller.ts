import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { notify } from '../../client/notify.ts'
import type { NamedRecord } from '../../client/records.ts'
import { callMethod } from '../../client/rpc.ts'
import { base64Of } from '../binary/controller.ts'

/** Attachments of a many2many: files become attachments as soon as they are chosen. */
export class FilesController extends Controller<HTMLElement> {
  static override values = { model: String, record: String }
  declare readonly modelValue: string
  declare readonly recordValue: string

  async add(event: Event): Promise<void> {
    event.stopPropagation()
    const files = [...((event.currentTarget as HTMLInputElement).files ?? [])]
    const added: NamedRecord[] = []
    try {
      for (const file of files) {
        const [id] = await callMethod<number[]>('ir.attachment', 'create', [
          [
            {
              name: file.name,
              datas: await base64Of(file),
              res_model: this.modelValue,
              res_id: this.recordValue ? Number(this.recordValue) : 0,
            },
          ],
        ])
        added.push({ id: id ?? 0, display_name: file.name })
      }
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), 'danger')
    }
    if (added.length > 0) announce(this.element, [...this.#files(), ...added], { draw: true })
  }

  remove(event: Event): void {
    const id = Number((event.currentTarget as HTMLElement).closest<HTMLElement>('[data-id]')?.dataset['id'])
    announce(
      this.element,
      this.#files().filter((file) => file.id !== id),
      { draw: true },
    )
  }

  #files(): NamedRecord[] {
    return [...this.element.querySelectorAll<HTMLElement>('[data-id]')].map(({ dataset }) => ({
      id: Number(dataset['id']),
      display_name: dataset['name'] ?? '',
    }))
  }
}
