/** What the server says went wrong with a call. */
export class RpcError extends Error {
  readonly code: string
  readonly exception: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, exception: string, details: Readonly<Record<string, unknown>>) {
    super(message)
    this.exception = exception
    this.code = String(details['code'] ?? '')
    this.details = details
  }
}

interface ErrorBody {
  readonly message: string
  readonly data?: {
    readonly name: string
    readonly message: string
    readonly context?: Readonly<Record<string, unknown>>
  }
}

/** A call of a public method, as any script makes it. @throws RpcError */
export async function callMethod<T>(
  model: string,
  method: string,
  args: readonly unknown[],
  kwargs: object = {},
  signal?: AbortSignal,
): Promise<T> {
  return post<T>(
    `/web/dataset/call_kw/${model}/${method}`,
    { jsonrpc: '2.0', id: 1, method: 'call', params: { model, method, args, kwargs } },
    signal,
  )
}

/** A question to a route of the pages themselves. @throws RpcError */
export async function askPage<T>(path: string, params: object, signal?: AbortSignal): Promise<T> {
  return post<T>(path, { jsonrpc: '2.0', id: 1, method: 'call', params }, signal)
}

/** How many questions of this page are not answered yet. */
let waiting = 0

/** Whether the page waits for an answer: what it hears of changes may be its own. */
export function isAsking(): boolean {
  return waiting > 0
}

async function post<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
  waiting += 1
  try {
    return await sent<T>(path, body, signal)
  } finally {
    waiting -= 1
  }
}

async function sent<T>(path: string, body: object, signal?: AbortSignal): Promise<T> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': token },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
  const answer = (await response.json()) as { result?: T; error?: ErrorBody }
  if (answer.error) {
    const { data, message } = answer.error
    if (data?.name === 'odoo.http.SessionExpiredException') location.reload()
    throw new RpcError(data?.message ?? message, data?.name ?? '', data?.context ?? {})
  }
  return answer.result as T
}
