import { visit } from '@hotwired/turbo'
import { notify } from './notify.ts'

/** What a page does next, as the server answers a button or an action. */
export interface Next {
  readonly kind: 'reload' | 'visit' | 'open' | 'dialog' | 'notify'
  readonly url?: string
  /** HTML of a `<dialog>`. */
  readonly html?: string
  readonly message?: string
  readonly type?: 'info' | 'success' | 'warning' | 'danger'
  readonly after?: Next
}

/** Does it. */
export function follow(next: Next): void {
  switch (next.kind) {
    case 'visit':
      visit(next.url ?? location.href)
      break
    case 'open':
      window.open(next.url, '_blank', 'noopener')
      break
    case 'dialog':
      showDialog(next.html ?? '')
      break
    case 'notify':
      notify(next.message ?? '', next.type ?? 'info')
      if (next.after) follow(next.after)
      break
    default:
      visit(location.href, { action: 'replace' })
  }
}

function showDialog(html: string): void {
  const template = document.createElement('template')
  template.innerHTML = html.trim()
  const dialog = template.content.firstElementChild as HTMLDialogElement
  document.body.append(dialog)
  dialog.addEventListener('close', () => dialog.remove())
  dialog.showModal()
}
