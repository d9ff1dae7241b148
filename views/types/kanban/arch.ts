import { Lru } from '../../../core/tools/lru.ts'
import { attr, childElements, fieldNodes, flag, parseArch, walk, type XmlElement } from '../../arch/node.ts'
import type { FieldDescription, Fields, PageContext } from '../../page.ts'
import type { FieldPlace, FieldSpecification } from '../../widgets/widget.ts'
import { placeOf, specificationOf } from '../../widgets/place.ts'

/** The bar over each column. */
export interface ProgressBar {
  readonly field: string
  /** Value of the field -> name of a colour, in the order of the bar. */
  readonly colors: Readonly<Record<string, string>>
  readonly sumField: string | null
  readonly help: string | null
}

/** A kanban's arch, read once: its templates, what they need, and what the board offers. */
export interface KanbanArch {
  readonly templates: ReadonlyMap<string, XmlElement>
  readonly card: string
  readonly menu: string | null
  /** A place of every field that is read. */
  readonly places: ReadonlyMap<string, FieldPlace>
  readonly specification: Readonly<Record<string, FieldSpecification>>
  readonly defaultGroupBy: string | null
  readonly defaultOrder: string | null
  readonly limit: number | null
  readonly create: boolean
  readonly edit: boolean
  readonly delete: boolean
  readonly groupCreate: boolean
  readonly groupEdit: boolean
  readonly groupDelete: boolean
  readonly groupsDraggable: boolean
  readonly recordsDraggable: boolean
  readonly archivable: boolean
  readonly quickCreate: boolean
  /** External id of the form of which quick create shows the fields. */
  readonly quickCreateView: string | null
  readonly onCreate: string | null
  readonly highlightColor: string | null
  readonly progress: ProgressBar | null
}

const roots = new Lru<string, XmlElement>(100)

/** What a kanban of a model's arch shows, and what must be read for it. */
export function readKanbanArch(arch: string, model: string, models: PageContext['models']): KanbanArch {
  const fields = models[model] ?? {}
  const root = rootOf(arch)
  const templates = templatesOf(root)
  const nodes = fieldNodes(root)
  const all = nodes.flatMap((node) => placeOf(node, fields, model) ?? [])
  const places = new Map(all.map((place) => [place.name, place]))
  const highlightColor = attr(root, 'highlight_color')
  const needed = [highlightColor, ...readByTemplates(root)].filter(
    (name) => name !== null && fields[name] && !places.has(name),
  )
  for (const name of needed) {
    const description = fields[name as string] as FieldDescription
    places.set(description.name, {
      model,
      name: description.name,
      description,
      attributes: {},
      options: {},
      modifiers: {},
      views: {},
    })
  }
  const active = fields['active'] ?? fields['x_active']
  return {
    templates,
    card: templates.has('card') ? 'card' : 'kanban-box',
    menu: templates.has('menu') ? 'menu' : templates.has('kanban-menu') ? 'kanban-menu' : null,
    places,
    specification: { ...specificationOf([...all, ...places.values()].toReversed(), models), display_name: {} },
    defaultGroupBy: attr(root, 'default_group_by')?.split(',')[0]?.trim() || null,
    defaultOrder: attr(root, 'default_order'),
    limit: Number(attr(root, 'limit')) || null,
    create: flag(root, 'create', true),
    edit: flag(root, 'edit', true),
    delete: flag(root, 'delete', true),
    groupCreate: flag(root, 'group_create', true),
    groupEdit: flag(root, 'group_edit', true),
    groupDelete: flag(root, 'group_delete', true),
    groupsDraggable: flag(root, 'groups_draggable', true),
    recordsDraggable: flag(root, 'records_draggable', true),
    archivable: flag(root, 'archivable', true) && active !== undefined && active.readonly !== true,
    quickCreate: flag(root, 'quick_create', true),
    quickCreateView: attr(root, 'quick_create_view'),
    onCreate: attr(root, 'on_create'),
    highlightColor,
    progress: progressOf(root, fields),
  }
}

/** The tree is only read, so that all requests share it. */
function rootOf(arch: string): XmlElement {
  let root = roots.get(arch)
  if (!root) {
    root = parseArch(arch)
    roots.set(arch, root)
  }
  return root
}

function templatesOf(root: XmlElement): Map<string, XmlElement> {
  const [box] = childElements(root).filter(({ nodeName }) => nodeName === 'templates')
  return new Map(
    (box ? childElements(box) : []).flatMap((node): [string, XmlElement][] => {
      const name = attr(node, 't-name')
      return name === null ? [] : [[name, node]]
    }),
  )
}

/** Fields that templates read as `record.FIELD` without a node of their own. */
function readByTemplates(root: XmlElement): string[] {
  const found = new Set<string>()
  for (const node of walk(root)) {
    for (const { name, value } of Array.from(node.attributes))
      if (name.startsWith('t-')) for (const [, field = ''] of value.matchAll(/\brecord\.(\w+)/g)) found.add(field)
  }
  return [...found]
}

function progressOf(root: XmlElement, fields: Fields): ProgressBar | null {
  const [node] = childElements(root).filter(({ nodeName }) => nodeName === 'progressbar')
  const field = node && attr(node, 'field')
  if (!node || !field || !fields[field]) return null
  const sumField = attr(node, 'sum_field')
  return {
    field,
    colors: colorsOf(attr(node, 'colors') ?? '{}'),
    sumField: sumField && fields[sumField] ? sumField : null,
    help: attr(node, 'help'),
  }
}

/** What cannot be read colours nothing. */
function colorsOf(text: string): Readonly<Record<string, string>> {
  try {
    const colors = JSON.parse(text) as unknown
    return typeof colors === 'object' && colors !== null && !Array.isArray(colors)
      ? (colors as Record<string, string>)
      : {}
  } catch {
    return {}
  }
}
