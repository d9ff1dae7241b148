/** Asks before something that cannot be taken back. The dialog is the page's own template, so its words are translated. */
export async function confirmed(question: string, label?: string | null): Promise<boolean> {
  const template = document.getElementById('confirm-dialog') as HTMLTemplateElement
  const dialog = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLDialogElement
  const text = dialog.querySelector('[data-question]')
  if (text) text.textContent = question
  const yes = dialog.querySelector<HTMLButtonElement>('button[value="yes"]')
  if (yes && label) yes.textContent = label
  document.body.append(dialog)
  dialog.showModal()
  const answer = await new Promise<string>((resolve) =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue)),
  )
  dialog.remove()
  return answer === 'yes'
}
