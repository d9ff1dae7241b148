import { attr, childElements, flag, parseArch, type XmlElement } from '../../arch/node.ts'
import { isModified } from '../../arch/modifiers.ts'
import { modifiersOf } from '../../arch/read-modifiers.ts'
import type { FieldDescription, Fields, Values } from '../../page.ts'

/** A field that the search box searches. */
export interface SearchField {
  readonly name: string
  readonly label: string
  readonly description: FieldDescription
  /** A domain over `self`, the text. */
  readonly filterDomain: string | null
  readonly operator: string | null
}

/** A filter of the menu. */
export interface SearchFilter {
  readonly name: string
  readonly label: string
  readonly domain: string
  readonly context: string | null
  /** The date field whose periods it offers. */
  readonly date: string | null
  readonly defaultPeriod: string | null
}

/** An entry of the menu by which records are grouped. */
export interface SearchGroup {
  readonly name: string
  readonly label: string
  /** `field` or `field:month`. */
  readonly groupBy: string
  readonly isDated: boolean
}

/** A field of the panel at the side. */
export interface PanelField {
  readonly name: string
  readonly label: string
  readonly isMulti: boolean
  readonly icon: string | null
  readonly hasCounters: boolean
  /** Whether values that no record has are shown, too. */
  readonly isExpanded: boolean
  /** Whether values stand below those that they are part of. */
  readonly isTree: boolean
}

/** What a search view offers. */
export interface SearchArch {
  readonly fields: readonly SearchField[]
  /** Filters that stand together exclude nothing: one of them or another. Between sets all must hold. */
  readonly filters: readonly (readonly SearchFilter[])[]
  readonly groups: readonly (readonly SearchGroup[])[]
  readonly panel: readonly PanelField[]
  /** Kinds of view that show the panel. */
  readonly panelViews: readonly string[]
}

const DATED: ReadonlySet<string> = new Set(['date', 'datetime'])

/** A search view's arch, read once. `context` decides what `invisible` hides. */
export function readSearchArch(arch: string, fields: Fields, context: Values): SearchArch {
  const reader = new Reader(fields, context)
  const root = parseArch(arch)
  reader.read(root)
  return reader.done()
}

class Reader {
  readonly #fields: Fields
  readonly #context: Values
  readonly #search: SearchField[] = []
  readonly #filters: SearchFilter[][] = [[]]
  readonly #groups: SearchGroup[][] = [[]]
  #panel: readonly PanelField[] = []
  #panelViews: readonly string[] = ['list', 'kanban']

  constructor(fields: Fields, context: Values) {
    this.#fields = fields
    this.#context = context
  }

  read(node: XmlElement): void {
    for (const child of childElements(node)) {
      if (isModified(modifiersOf(child).invisible, { ...this.#context, context: this.#context } as never)) continue
      switch (child.nodeName) {
        case 'field':
          this.#addField(child)
          break
        case 'filter':
          this.#addFilter(child)
          break
        case 'separator':
          this.#separate()
          break
        case 'group':
          this.#separate()
          this.read(child)
          this.#separate()
          break
        case 'searchpanel':
          this.#addPanel(child)
          break
        default:
      }
    }
  }

  done(): SearchArch {
    const filled = <T>(sets: readonly T[][]): T[][] => sets.filter((set) => set.length > 0)
    return {
      fields: this.#search,
      filters: filled(this.#filters),
      groups: filled(this.#groups),
      panel: this.#panel,
      panelViews: this.#panelViews,
    }
  }

  #separate(): void {
    this.#filters.push([])
    this.#groups.push([])
  }

  #addField(node: XmlElement): void {
    const name = attr(node, 'name') ?? ''
    const description = this.#fields[name]
    if (!description) return
    this.#search.push({
      name,
      label: attr(node, 'string') ?? description.string,
      description,
      filterDomain: attr(node, 'filter_domain'),
      operator: attr(node, 'operator'),
    })
  }

  #addFilter(node: XmlElement): void {
    const name = attr(node, 'name') ?? ''
    const context = attr(node, 'context')
    const groupBy = context === null ? null : groupOf(context)
    const date = attr(node, 'date')
    const label = attr(node, 'string') ?? this.#fields[date ?? name]?.string ?? name
    if (groupBy === null) {
      this.#filters.at(-1)?.push({
        name,
        label,
        domain: attr(node, 'domain') ?? '[]',
        context,
        date,
        defaultPeriod: attr(node, 'default_period'),
      })
      return
    }
    const [field = '', granularity] = groupBy.split(':')
    const type = this.#fields[field]?.type
    if (type === undefined) return
    this.#groups.at(-1)?.push({
      name,
      label,
      groupBy: granularity ? groupBy : field,
      isDated: DATED.has(type),
    })
  }

  #addPanel(node: XmlElement): void {
    this.#panelViews = attr(node, 'view_types')?.split(',') ?? this.#panelViews
    this.#panel = childElements(node).flatMap((child) => {
      const name = attr(child, 'name') ?? ''
      const description = this.#fields[name]
      if (!description) return []
      return {
        name,
        label: attr(child, 'string') ?? description.string,
        isMulti: attr(child, 'select') === 'multi',
        icon: attr(child, 'icon'),
        hasCounters: flag(child, 'enable_counters'),
        isExpanded: flag(child, 'expand'),
        isTree: flag(child, 'hierarchize', true),
      }
    })
  }
}

/** The field of `{'group_by': 'field:month'}`; `null` for a context that groups nothing. */
function groupOf(context: string): string | null {
  return /['"]group_by['"]\s*:\s*['"]([\w.:]+)['"]/.exec(context)?.[1] ?? null
}
