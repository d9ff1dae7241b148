/** The kinds of view, which are also their roots. */
export const VIEW_TYPES = [
  'form',
  'list',
  'kanban',
  'search',
  'calendar',
  'graph',
  'pivot',
  'activity',
  'qweb',
] as const
export type ViewType = (typeof VIEW_TYPES)[number]

/** A view as it is kept: an arch of its own, or the changes that it makes to another one. */
export interface ViewSource {
  readonly id: number
  readonly name: string
  readonly model: string
  readonly type: string
  readonly mode: 'primary' | 'extension'
  readonly inheritId: number | null
  readonly priority: number
  readonly arch: string
  /** External id, for messages. */
  readonly xmlid: string | null
  /** The data file that it came from, and the line on which its arch begins there. */
  readonly file: string | null
  readonly line: number
}

/** One thing that is wrong with a view, and where. */
export interface Mistake {
  readonly view: ViewSource
  /** Line within the arch, from 1. */
  readonly line: number
  readonly message: string
  /** XPath of the node in the view that it ended in. */
  readonly path?: string
  /** What was meant perhaps. */
  readonly hint?: string | undefined
  /** Whether the view works all the same. */
  readonly warning?: boolean
}

/** How a view is called in messages: by external id where it has one. */
export function viewLabel({ id, name, xmlid }: ViewSource): string {
  return xmlid ?? `'${name}' (ir.ui.view ${id})`
}

/** A mistake as text: `addons/sale/views/sale_order.xml:42, view sale.view_order_form, /form/sheet: there is no field …`. */
export function describeMistake({ view, line, path, message, hint }: Mistake): string {
  const place = view.file
    ? `${view.file}:${view.line + line - 1}, view ${viewLabel(view)}`
    : `View ${viewLabel(view)}, line ${line}`
  return `${place}${path === undefined ? '' : `, ${path}`}: ${message}${hint === undefined ? '' : `; did you mean '${hint}'?`}`
}
