/** Shows a message at the corner of the page; errors stay until they are closed. */
export function notify(text: string, kind: 'info' | 'success' | 'warning' | 'danger' = 'info'): void {
  const box = document.createElement('div')
  box.className = `o_notification alert alert-${kind}`
  const message = document.createElement('span')
  message.textContent = text
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'btn-close'
  close.setAttribute('aria-label', '×')
  close.addEventListener('click', () => box.remove())
  box.append(message, close)
  document.getElementById('notifications')?.append(box)
  if (kind !== 'danger') setTimeout(() => box.remove(), 5000)
}
