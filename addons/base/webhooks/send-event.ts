import { signatureOf } from './signature.ts'

/** An event, and where it goes. */
export interface Event {
  readonly id: string
  readonly url: string
  readonly secret: string
  readonly body: string
}

/** What became of an attempt; `status` is HTTP's, 0 when there was no answer. */
export interface Attempt {
  readonly started: Date
  /** Seconds. */
  readonly duration: number
  readonly status: number
  /** The beginning of the answer, or why there was none. */
  readonly answer: string
}

/** Milliseconds that a receiver has to answer. */
const TIMEOUT = 10_000
/** Characters of an answer that are kept. */
const KEPT = 2000

/** Posts an event to its receiver. A redirection is an answer like any other: it is not followed. */
export async function sendEvent({ id, url, secret, body }: Event): Promise<Attempt> {
  const started = new Date()
  const timestamp = Math.floor(started.getTime() / 1000)
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Comptoir-Webhooks',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf({ id, timestamp, body }, secret),
  }
  const told = (status: number, answer: string): Attempt => ({
    started,
    duration: (Date.now() - started.getTime()) / 1000,
    status,
    answer,
  })
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return told(response.status, await beginning(response))
  } catch (error) {
    return told(0, reasonOf(error))
  }
}

/** The beginning of an answer; the rest is not waited for. */
async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const decoder = new TextDecoder()
  let text = ''
  while (text.length < KEPT) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return text.slice(0, KEPT)
}

/** What fetch hides behind 'fetch failed' is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && cause.message ? `${error.message}: ${cause.message}` : error.message
}
