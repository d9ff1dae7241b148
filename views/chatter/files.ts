import { callMethod } from '../client/rpc.ts'

/** Files at the record as attachments: `ir.attachment`; gives their ids. @throws RpcError */
export async function uploadFiles(files: readonly File[], model: string, id: number): Promise<number[]> {
  const values = await Promise.all(
    files.map(async (file) => ({ name: file.name, datas: await base64Of(file), res_model: model, res_id: id })),
  )
  return values.length === 0 ? [] : callMethod<number[]>('ir.attachment', 'create', [values])
}

/** The content of a file in base64, read by the browser. */
function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')))
    reader.addEventListener('error', () => reject(reader.error ?? new DOMException('The file cannot be read.')))
    reader.readAsDataURL(file)
  })
}

/** Shows a picture over the page, a PDF file in a window of its own; anything else is saved. @throws RpcError */
export async function openFile(id: number, name: string, isShown: boolean): Promise<void> {
  const [file] = await callMethod<{ datas: string | false; mimetype: string | false }[]>('ir.attachment', 'read', [
    [id],
    ['datas', 'mimetype'],
  ])
  const type = (file && file.mimetype) || 'application/octet-stream'
  const bytes = Uint8Array.from(atob((file && file.datas) || ''), (letter) => letter.codePointAt(0) ?? 0)
  const address = URL.createObjectURL(new Blob([bytes], { type }))
  if (isShown && type.startsWith('image/')) return showPicture(address, name)
  const link = document.createElement('a')
  link.href = address
  if (isShown) link.target = '_blank'
  else link.download = name
  link.click()
}

/** A picture in a dialog that Escape or a click closes. */
function showPicture(address: string, name: string): void {
  const dialog = document.createElement('dialog')
  dialog.className = 'o_dialog o_picture'
  dialog.setAttribute('aria-label', name)
  const picture = document.createElement('img')
  picture.src = address
  picture.alt = name
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn-close'
  close.setAttribute('aria-label', '×')
  dialog.append(close, picture)
  dialog.addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    URL.revokeObjectURL(address)
    dialog.remove()
  })
  document.body.append(dialog)
  dialog.showModal()
}
