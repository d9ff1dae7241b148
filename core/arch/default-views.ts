import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { escapeHtml } from '../tools/html.ts'
import type { ViewSource } from './source.ts'

const AUTOMATIC: ReadonlySet<string> = new Set([
  'id',
  'display_name',
  'create_date',
  'create_uid',
  'write_date',
  'write_uid',
  'parent_path',
])
const WIDE: ReadonlySet<string> = new Set(['one2many', 'many2many', 'text', 'html'])

/** A view for a model that has none of the kind: `undefined` when the model has nothing that such a view shows. */
export function defaultView(info: ModelInfo, type: string): ViewSource | undefined {
  const make = MAKERS[type]
  const arch = make?.(info)
  if (arch === undefined) return undefined
  return {
    id: 0,
    name: `default ${type}`,
    model: info.name,
    type,
    mode: 'primary',
    inheritId: null,
    priority: 16,
    arch,
    xmlid: null,
    file: null,
    line: 1,
  }
}

const MAKERS: Readonly<Record<string, (info: ModelInfo) => string | undefined>> = {
  form: formArch,
  list: (info) => `<list string="${label(info)}">${field(nameField(info))}</list>`,
  search: (info) => `<search string="${label(info)}">${field(nameField(info))}</search>`,
  kanban: (info) => `<kanban><templates><t t-name="card">${field(nameField(info))}</t></templates></kanban>`,
  calendar: calendarArch,
  graph: (info) => `<graph string="${label(info)}">${field(nameField(info))}</graph>`,
  pivot: (info) => `<pivot string="${label(info)}">${field(nameField(info))}</pivot>`,
  activity: (info) =>
    info.fields.has('activity_ids')
      ? `<activity string="${label(info)}"><templates><t t-name="activity-box">${field(nameField(info))}</t></templates></activity>`
      : undefined,
  qweb: () => undefined,
}

const label = (info: ModelInfo): string => escapeHtml(info.description)
const field = (name: string, more = ''): string => `<field name="${name}"${more}/>`
const nameField = (info: ModelInfo): string =>
  info.recName !== null && info.fields.has(info.recName)
    ? info.recName
    : info.fields.has('name')
      ? 'name'
      : info.fields.has('x_name')
        ? 'x_name'
        : 'display_name'

/** All fields that people may fill in: short ones in two columns, long ones below. */
function formArch(info: ModelInfo): string {
  const fields = [...info.fields.values()].filter(isShown)
  const short = fields.filter((one) => !WIDE.has(one.type))
  const half = Math.ceil(short.length / 2)
  const column = (some: readonly FieldInfo[]): string => `<group>${some.map((one) => field(one.name)).join('')}</group>`
  const wide = fields
    .filter((one) => WIDE.has(one.type))
    .map((one) => `<group string="${escapeHtml(one.label)}">${field(one.name, ' nolabel="1" colspan="2"')}</group>`)
  return `<form string="${label(info)}"><sheet><group>${column(short.slice(0, half))}${column(short.slice(half))}</group>${wide.join('')}</sheet></form>`
}

function isShown(one: FieldInfo): boolean {
  return !AUTOMATIC.has(one.name) && one.type !== 'binary' && (one.stored || !one.readonly)
}

/** By the first date that it has. */
function calendarArch(info: ModelInfo): string | undefined {
  const [start] = [
    'date_start',
    'start',
    'date_begin',
    'date',
    'x_date_start',
    'x_date',
    ...[...info.fields.values()].filter(({ type }) => type === 'date' || type === 'datetime').map(({ name }) => name),
  ].filter((name) => info.fields.has(name) && !AUTOMATIC.has(name))
  if (start === undefined) return undefined
  const [stop] = ['date_stop', 'stop', 'date_end', 'x_date_stop', 'x_date_end'].filter((name) => info.fields.has(name))
  return `<calendar string="${label(info)}" date_start="${start}"${stop ? ` date_stop="${stop}"` : ''}>${field(nameField(info))}</calendar>`
}
