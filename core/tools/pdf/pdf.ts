import { Worker } from 'node:worker_threads'
import { parseDocument } from 'htmlparser2'
import { Element, type ChildNode } from 'domhandler'
import { LAYOUT_FAILED } from '../errors.ts'
import { contentOf } from './content.ts'
import type { Content } from './table.ts'

/** Paper and its edges; lengths in millimetres. */
export interface Paper {
  /** A name such as `A4`, or width and height. */
  readonly format: string | readonly [width: number, height: number]
  readonly orientation: 'portrait' | 'landscape'
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  /** From the upper edge to what stands on every page. */
  readonly headerSpacing: number
}

/** What the thread that lays documents out is given. */
interface Job {
  readonly title: string
  readonly pageSize: unknown
  readonly pageOrientation: string
  readonly pageMargins: readonly number[]
  readonly sections: readonly {
    readonly body: Content[]
    readonly header: Content | null
    readonly footer: Content | null
  }[]
}

const MM = 72 / 25.4
const WORKER = new URL('pdf-worker.mjs', import.meta.url)

/**
 * A PDF of documents in HTML, each of which begins on a page of its own and counts its pages. Laying out takes long,
 * so a thread of its own does it: others are served meanwhile.
 */
export async function pdfOf(documents: readonly string[], title: string, paper: Paper): Promise<Uint8Array> {
  const { format, orientation, margins, headerSpacing } = paper
  const side = [margins.left * MM, margins.right * MM] as const
  const job: Job = {
    title,
    pageSize: typeof format === 'string' ? format : { width: format[0] * MM, height: format[1] * MM },
    pageOrientation: orientation,
    pageMargins: [side[0], margins.top * MM, side[1], margins.bottom * MM],
    sections: documents.map((html) => {
      const { header, footer, body } = parts(parseDocument(html).children)
      return {
        body: contentOf(body),
        header: header && { stack: contentOf(header), margin: [side[0], Math.max(headerSpacing * MM, 18), side[1], 0] },
        footer: footer && { stack: contentOf(footer), margin: [side[0], 0, side[1], 0] },
      }
    }),
  }
  return laidOut(job)
}

interface Parts {
  readonly header: readonly ChildNode[] | null
  readonly footer: readonly ChildNode[] | null
  readonly body: readonly ChildNode[]
}

/** What stands on every page, apart from what runs through them. */
function parts(nodes: readonly ChildNode[]): Parts {
  const named = (name: string): Element | undefined =>
    nodes.find((node): node is Element => node instanceof Element && node.name === name)
  const [header, footer] = [named('header'), named('footer')]
  return {
    header: header?.children ?? null,
    footer: footer?.children ?? null,
    body: nodes.filter((node) => node !== header && node !== footer),
  }
}

function laidOut(job: Job): Promise<Uint8Array> {
  const worker = new Worker(WORKER, { workerData: job, execArgv: [] })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', (error) => reject(new LAYOUT_FAILED(error instanceof Error ? error.message : String(error))))
    worker.once('exit', (code) => reject(new LAYOUT_FAILED(`its thread ended with ${code}`)))
  })
}
