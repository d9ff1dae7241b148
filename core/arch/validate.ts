import type { Env } from '../orm/env.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { suggest } from '../expr/suggest.ts'
import { parse } from '../expr/parse.ts'
import { wireMethods } from '../wire/methods/index.ts'
import { childElements, type XmlElement } from '../tools/xml.ts'
import type { CombinedArch } from './combine.ts'
import { expressionsOf, namedFields } from './expressions.ts'
import { nestedViews } from './nested.ts'
import { domainPaths, followPath, groupBysOf } from './paths.ts'
import { References } from './references.ts'
import { VIEW_TYPES, type Mistake } from './source.ts'
import { misplaced, namesIn, pathOf } from './tags.ts'
import { WIDGETS } from './widgets.ts'

/** The record that a node is about, and those around it. */
interface Around {
  readonly info: ModelInfo
  readonly parent: Around | undefined
  /** What labels of the view may be for. */
  readonly names: ReadonlySet<string>
}

/** Attributes of old archs that nothing reads any more, with what is written instead. */
const GONE: Readonly<Record<string, string>> = {
  attrs: 'write the conditions as attributes of their own, such as invisible="state == \'done\'"',
  states: 'write invisible="state not in (\'draft\',)"',
}

/** Attributes that name a field, by kind of view. */
const FIELD_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  calendar: ['date_start', 'date_stop', 'date_delay', 'all_day', 'color'],
  kanban: ['default_group_by'],
  list: ['default_group_by'],
  progressbar: ['field', 'sum_field'],
}

/** Everything in a combined arch that does not fit the models: unknown fields, methods, groups, broken expressions. */
export async function validate(env: Env, arch: CombinedArch): Promise<Mistake[]> {
  const { view, root } = arch
  if (!view.model || view.type === 'qweb') return []
  if (!env.registry.has(view.model)) {
    const names = [...env.registry.models()].map(({ name }) => name)
    return [{ view, line: 1, message: `there is no model '${view.model}'`, hint: suggest(view.model, names) }]
  }
  const check = new Check(env, arch)
  check.root()
  check.node(root, { info: env.registry.get(view.model), parent: undefined, names: namesOf(root) }, false)
  return check.mistakes()
}

/** The names of one view, without those of the views inside it. */
const namesOf = (root: XmlElement): Set<string> =>
  namesIn(
    root,
    (node) => node.parentNode?.nodeName === 'field' && (VIEW_TYPES as readonly string[]).includes(node.nodeName),
  )

class Check {
  readonly #mistakes: Mistake[] = []
  readonly #env: Env
  readonly #arch: CombinedArch
  readonly #references = new References()

  constructor(env: Env, arch: CombinedArch) {
    this.#env = env
    this.#arch = arch
  }

  /** The root says the kind of the view. */
  root(): void {
    const { root, view } = this.#arch
    if (root.nodeName !== view.type)
      this.#add(root, `the view is of the kind '${view.type}', so its root must be <${view.type}>`)
  }

  /** Looks at a node and all that is in it. `filters`: within a search view. */
  node(node: XmlElement, around: Around, inSearch: boolean): void {
    const search = inSearch || node.nodeName === 'search'
    this.#attributes(node, around)
    for (const message of misplaced(node)) this.#add(node, message)
    for (const name of FIELD_ATTRIBUTES[node.nodeName] ?? []) this.#fieldAttribute(node, name, around)
    if (node.nodeName === 'field') this.#field(node, around, search)
    else if (node.nodeName === 'groupby') this.#groupBy(node, around)
    else {
      if (node.nodeName === 'button') this.#button(node, around)
      if (node.nodeName === 'filter') this.#filter(node, around)
      if (node.nodeName === 'label') this.#label(node, around)
      for (const child of childElements(node)) this.node(child, around, search)
    }
  }

  /** Everything that was found, with the nodes that name groups and actions which are not there. */
  async mistakes(): Promise<Mistake[]> {
    const dangling = await this.#references.dangling(this.#env)
    return [...this.#mistakes, ...dangling.map(({ node, message }) => this.#mistake(node, message))]
  }

  #field(node: XmlElement, around: Around, inSearch: boolean): void {
    const name = node.getAttribute('name')
    if (!name) return this.#add(node, '<field> has no name')
    const field = around.info.fields.get(name)
    if (!field)
      return this.#add(node, `${around.info.name} has no field '${name}'`, suggest(name, around.info.fields.keys()))
    this.#widget(node)
    if (inSearch) {
      this.#expression(node, 'filter_domain', around, true)
      this.#domain(node, 'filter_domain', around.info)
    }
    if (field.comodel && this.#env.registry.has(field.comodel))
      this.#domain(node, 'domain', this.#env.registry.get(field.comodel))
    const nested = nestedViews(node, field, this.#env.registry)
    for (const [view, info] of nested)
      this.node(view, { info, parent: around, names: namesOf(view) }, view.nodeName === 'search')
    for (const child of childElements(node))
      if (!nested.some(([view]) => view === child)) this.node(child, around, inSearch)
  }

  /** What a list shows of the record that its rows are grouped by. */
  #groupBy(node: XmlElement, around: Around): void {
    const name = node.getAttribute('name')
    if (!name) return this.#add(node, '<groupby> has no name')
    const field = this.#known(node, name, around)
    if (!field) return
    if (field.type !== 'many2one' || !field.comodel)
      return this.#add(node, `'${name}' of ${around.info.name} is no many2one: <groupby> needs one`)
    const info = this.#env.registry.get(field.comodel)
    for (const child of childElements(node)) this.node(child, { info, parent: around, names: namesOf(node) }, false)
  }

  #widget(node: XmlElement): void {
    const widget = node.getAttribute('widget')
    if (!widget || WIDGETS.has(widget)) return
    this.#mistakes.push({
      ...this.#mistake(
        node,
        `there is no widget '${widget}': the usual one of the field is shown`,
        suggest(widget, WIDGETS),
      ),
      warning: true,
    })
  }

  #button(node: XmlElement, { info }: Around): void {
    if (
      node.hasAttribute('special') ||
      node.getAttribute('type') === 'url' ||
      node.getAttribute('type') === 'edit' ||
      node.getAttribute('type') === 'open'
    )
      return
    const name = node.getAttribute('name')
    const type = node.getAttribute('type')
    if (!name) {
      if (type === 'object' || type === 'action') this.#add(node, `<button type="${type}"> has no name`)
      return
    }
    if (type === 'object') {
      if (info.callables.has(name) || Object.hasOwn(wireMethods, name)) return
      const known = [...info.callables.keys(), ...Object.keys(wireMethods)]
      this.#add(node, `${info.name} has no method '${name}' that clients may call`, suggest(name, known))
    } else if (type === 'action') this.#action(node, name)
  }

  #action(node: XmlElement, name: string): void {
    const written = /^%\((.+)\)d$/.exec(name)?.[1]
    if (written !== undefined) this.#add(node, `'${name}' becomes an action in data files only: write '${written}'`)
    else if (/^\d+$/.test(name) || /^\w+\.[\w.]+$/.test(name)) this.#references.action(name, node)
    else this.#add(node, `'${name}' is no action: write its external id`)
  }

  #filter(node: XmlElement, around: Around): void {
    if (!node.getAttribute('name')) this.#add(node, '<filter> has no name')
    this.#expression(node, 'domain', around, true)
    this.#domain(node, 'domain', around.info)
    this.#expression(node, 'context', around, true)
    this.#groupBys(node, around)
    const date = node.getAttribute('date')
    if (date) {
      const field = this.#known(node, date, around)
      if (field && field.type !== 'date' && field.type !== 'datetime')
        this.#add(node, `'${date}' of ${around.info.name} is no date: a filter with date needs one`)
    }
  }

  #label(node: XmlElement, { names }: Around): void {
    const target = node.getAttribute('for')
    if (!target) this.#add(node, '<label> does not say what it is for')
    else if (!names.has(target))
      this.#add(node, `nothing in the view has the name or id '${target}' that it is for`, suggest(target, names))
  }

  /** The fields that a domain compares must be fields of the model, which can be searched by. */
  #domain(node: XmlElement, attribute: string, info: ModelInfo): void {
    for (const path of this.#read(node, attribute, domainPaths)) {
      const end = followPath(this.#env.registry, info, path)
      if ('unknown' in end)
        this.#add(
          node,
          `'${attribute}' names '${path}', but ${end.info.name} has no field '${end.unknown}'`,
          suggest(end.unknown, end.info.fields.keys()),
        )
      else if (!end.field.searchable)
        this.#add(node, `'${attribute}' names '${path}', by which nothing can be searched`)
    }
  }

  #groupBys(node: XmlElement, { info }: Around): void {
    for (const path of this.#read(node, 'context', groupBysOf)) {
      const end = followPath(this.#env.registry, info, path)
      if ('unknown' in end)
        this.#add(
          node,
          `'context' groups by '${path}', but ${end.info.name} has no field '${end.unknown}'`,
          suggest(end.unknown, end.info.fields.keys()),
        )
    }
  }

  /** What an attribute says; nothing when it cannot be read, which is told elsewhere. */
  #read(node: XmlElement, attribute: string, reader: (source: string) => string[]): string[] {
    const source = node.getAttribute(attribute)
    if (!source?.trim()) return []
    try {
      return reader(source)
    } catch {
      return []
    }
  }

  #attributes(node: XmlElement, around: Around): void {
    for (const [name, instead] of Object.entries(GONE)) {
      if (node.hasAttribute(name)) this.#add(node, `'${name}' is not used any more: ${instead}`)
    }
    for (const [name] of expressionsOf(node)) this.#expression(node, name, around, false)
    for (const group of (node.getAttribute('groups') ?? '').split(',')) {
      const name = group.trim().replace(/^!/, '')
      if (name) this.#references.group(name, node)
    }
  }

  #fieldAttribute(node: XmlElement, attribute: string, around: Around): void {
    const name = node.getAttribute(attribute)
    if (name) this.#known(node, name.split(':')[0] ?? '', around)
  }

  #known(node: XmlElement, name: string, { info }: Around): FieldInfo | undefined {
    const field = info.fields.get(name)
    if (!field) this.#add(node, `${info.name} has no field '${name}'`, suggest(name, info.fields.keys()))
    return field
  }

  /** An attribute that must be an expression. `free`: it knows the user but no record. */
  #expression(node: XmlElement, attribute: string, around: Around, free: boolean): void {
    const source = node.getAttribute(attribute)
    if (!source?.trim()) return
    try {
      if (free) return void parse(source)
      const { own, parent } = namedFields(source)
      // A domain of a field is about the other model: what it compares with may be names of scripts around it.
      for (const name of own) if (!around.info.fields.has(name)) this.#unknownName(node, attribute, name, around.info)
      if (around.parent)
        for (const name of parent)
          if (!around.parent.info.fields.has(name))
            this.#unknownName(node, attribute, `parent.${name}`, around.parent.info)
    } catch (error) {
      this.#add(node, `'${attribute}' cannot be read: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  #unknownName(node: XmlElement, attribute: string, name: string, { name: model, fields }: ModelInfo): void {
    this.#add(
      node,
      `'${attribute}' names '${name}', but ${model} has no such field`,
      suggest(name.replace(/^parent\./, ''), fields.keys()),
    )
  }

  #add(node: XmlElement, message: string, hint?: string): void {
    this.#mistakes.push(this.#mistake(node, message, hint))
  }

  #mistake(node: XmlElement, message: string, hint?: string): Mistake {
    const { view, line } = this.#arch.origins.of(node, this.#arch.view)
    return { view, line, path: pathOf(node), message: `<${node.nodeName}>: ${message}`, hint }
  }
}
