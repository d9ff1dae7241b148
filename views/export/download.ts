/** What `/web/export` is asked for; `columns` are paths of fields with their labels. */
export interface ExportRequest {
  readonly model: string
  /** Records that were selected; without them, all of the domain. */
  readonly ids?: readonly number[] | null
  readonly domain: readonly unknown[]
  readonly groupBy: readonly string[]
  readonly order: string | null
  readonly context: Readonly<Record<string, unknown>>
}

export interface ExportColumn {
  readonly name: string
  readonly label: string
}

export interface ExportChoice {
  readonly columns: readonly ExportColumn[]
  readonly format: 'xlsx' | 'csv'
  readonly isCompatible: boolean
}

/** Told how many of how many records are in the file. */
export type Progress = (done: number, total: number) => void

const NUMBER = 4

/**
 * Has the server write a file and hands it to the browser to keep, as a download.
 * @throws Error with what the server refused
 */
export async function downloadExport(
  request: ExportRequest,
  { columns, format, isCompatible }: ExportChoice,
  progress: Progress,
  signal?: AbortSignal,
): Promise<void> {
  const data = {
    model: request.model,
    fields: columns,
    ids: request.ids ?? false,
    domain: request.domain,
    groupby: format === 'xlsx' ? request.groupBy : [],
    order: request.order ?? false,
    context: request.context,
    import_compat: isCompatible,
  }
  const token = document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? ''
  const answer = await fetch(`/web/export/${format}`, {
    method: 'POST',
    headers: { 'x-csrf-token': token },
    body: new URLSearchParams({ data: JSON.stringify(data), framed: '1' }),
    ...(signal ? { signal } : {}),
  })
  if (!answer.ok || !answer.body) throw new Error(await refusalOf(answer))
  const total = Number(answer.headers.get('x-export-records') ?? 0)
  const pieces = await unframed(answer.body.getReader(), (done) => progress(done, total))
  keep(new Blob(pieces), nameOf(answer) ?? `export.${format}`)
}

async function refusalOf(answer: Response): Promise<string> {
  try {
    const { error } = (await answer.json()) as { error: { message: string; data?: { message: string } } }
    return error.data?.message ?? error.message
  } catch {
    return answer.statusText
  }
}

/** The pieces of a file; news of its progress stand between them, see the server's `frames.ts`. */
async function unframed(
  reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>,
  progress: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let rest = new Uint8Array(0)
  /** Bytes of the current piece that are still to come. */
  let open = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    let data = joined(rest, value)
    for (;;) {
      if (open > 0) {
        const piece = data.subarray(0, open)
        if (piece.length > 0) pieces.push(piece)
        open -= piece.length
        data = data.subarray(piece.length)
        if (open > 0) break
      }
      if (data.length < NUMBER) break
      const view = new DataView(data.buffer, data.byteOffset)
      const length = view.getUint32(0)
      if (length === 0 && data.length < 2 * NUMBER) break
      if (length === 0) progress(view.getUint32(NUMBER))
      open = length
      data = data.subarray(length === 0 ? 2 * NUMBER : NUMBER)
    }
    rest = data.slice()
  }
  if (open > 0 || rest.length > 0) throw new Error('The file is incomplete.')
  return pieces
}

function joined(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (a.length === 0) return b
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

function nameOf(answer: Response): string | undefined {
  const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return name && decodeURIComponent(name)
}

function keep(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** The columns of the list on the page that can be seen, in their order. */
export function seenColumns(): ExportColumn[] {
  return [...document.querySelectorAll<HTMLElement>('.o_list thead th[data-name]')]
    .filter((cell) => cell.offsetParent !== null && !cell.classList.contains('o_button_column'))
    .map((cell) => ({ name: cell.dataset['name'] ?? '', label: (cell.textContent ?? '').trim() }))
    .filter(({ name }) => name !== '')
}
