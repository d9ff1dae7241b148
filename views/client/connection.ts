import { notify } from './notify.ts'

/** Tells when the server cannot be reached and when it can again. */
export function watchConnection(): void {
  let isLost = false
  const told = (): void => {
    if (isLost) return
    isLost = true
    const { lost } = words()
    notify(lost, 'warning')
    void waitForServer().then(() => {
      isLost = false
      notify(words().back, 'success')
    })
  }
  document.addEventListener('turbo:fetch-request-error', told)
  window.addEventListener('offline', told)
}

const PAUSE_MS = 2000

async function waitForServer(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    try {
      if ((await fetch('/web/health', { cache: 'no-store' })).ok) return
    } catch {
      // Still away: asked again.
    }
  }
}

function words(): { readonly lost: string; readonly back: string } {
  const { lost = '', back = '' } = document.getElementById('notifications')?.dataset ?? {}
  return { lost, back }
}
