import { Controller } from '@hotwired/stimulus'
import { announce } from '../../client/field.ts'
import { notify } from '../../client/notify.ts'

/** What the server takes in one call, as base64, with room for the rest of the form. */
const MOST_MB = 90

/** A file field: what is chosen becomes the value, and its name that of the field beside it. */
export class FileController extends Controller<HTMLElement> {
  static override values = { name: String, tooLarge: String }
  declare readonly nameValue: string
  declare readonly tooLargeValue: string

  async chosen(event: Event): Promise<void> {
    event.stopPropagation()
    const file = (event.currentTarget as HTMLInputElement).files?.[0]
    if (!file) return
    if (file.size > MOST_MB * 1024 * 1024) return notify(this.tooLargeValue.replace('%s', String(MOST_MB)), 'danger')
    const content = await base64Of(file)
    announce(this.element, content, { draw: true, ...this.#named(file.name) })
  }

  clear(): void {
    announce(this.element, false, { draw: true, ...this.#named(false) })
  }

  #named(name: string | false): { along?: Record<string, unknown> } {
    return this.nameValue ? { along: { [this.nameValue]: name } } : {}
  }
}

/** The content of a file in base64. */
export async function base64Of(file: Blob): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}
