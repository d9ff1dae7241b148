import type { Env } from '../orm/env.ts'
import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { replaceTexts } from './texts.ts'
import { hasModelAccess, mayUseField } from '../security/access.ts'
import { inGroups } from '../security/users.ts'
import { catalog } from '../i18n/catalog.ts'
import { childElements, type XmlElement } from '../tools/xml.ts'
import type { CombinedArch } from './combine.ts'
import { expressionsOf, namedFields } from './expressions.ts'
import { nestedViews } from './nested.ts'
import { onchangeFields } from './onchange-fields.ts'

/** Fields that the views of an answer use, by model. */
export type UsedFields = Map<string, Set<string>>

/** The kinds of view whose root says what the user may not do. */
const WITH_RIGHTS: ReadonlySet<string> = new Set(['form', 'list', 'kanban', 'calendar', 'activity', 'gantt'])

/**
 * Makes a combined arch one user's: nodes for other groups are gone, texts are in the user's language, the root says what
 * the user may not do, and fields that only expressions name are added, unseen. Answers the fields that are used.
 */
export async function postprocess(env: Env, arch: CombinedArch): Promise<UsedFields> {
  const used: UsedFields = new Map()
  const { root, view } = arch
  if (!view.model || !env.registry.has(view.model)) {
    new Finish(env, arch, used).texts(root)
    return used
  }
  const finish = new Finish(env, arch, used)
  finish.texts(root)
  await finish.view(root, env.registry.get(view.model), undefined)
  return used
}

/** One view within the answer: its model, what it shows and what its expressions need. */
interface Scope {
  readonly info: ModelInfo
  readonly root: XmlElement
  readonly shown: Set<string>
  readonly needed: Set<string>
  readonly parent: Scope | undefined
}

class Finish {
  readonly #env: Env
  readonly #arch: CombinedArch
  readonly #used: UsedFields

  constructor(env: Env, arch: CombinedArch, used: UsedFields) {
    this.#env = env
    this.#arch = arch
    this.#used = used
  }

  async view(root: XmlElement, info: ModelInfo, parent: Scope | undefined): Promise<void> {
    const scope: Scope = { info, root, shown: new Set(), needed: new Set(), parent }
    const used = this.#usedOf(info.name)
    if (root.nodeName === 'search')
      for (const field of info.fields.values()) if (mayUseField(this.#env, field)) used.add(field.name)
    await this.#node(root, scope)
    if (WITH_RIGHTS.has(root.nodeName)) await this.#rights(root, info)
    if (root.nodeName !== 'search') this.#addNeeded(scope)
  }

  /** Translates every text of the tree. */
  texts(node: XmlElement): void {
    const { lang } = this.#env
    if (lang !== 'en_US') {
      const { view } = this.#arch.origins.of(node, this.#arch.view)
      const addon = view.xmlid?.split('.')[0] ?? 'base'
      replaceTexts(node, (text) => catalog.translate(lang, addon, text))
    }
    for (const child of childElements(node)) this.texts(child)
  }

  async #node(node: XmlElement, scope: Scope): Promise<void> {
    const groups = node.getAttribute('groups')
    if (groups !== null) {
      if (!inGroups(this.#env, groups)) return void node.parentNode?.removeChild(node)
      node.removeAttribute('groups')
    }
    this.#needs(node, scope)
    if (node.nodeName === 'field') return this.#field(node, scope)
    if (node.nodeName === 'groupby') return this.#groupBy(node, scope)
    if (node.nodeName === 'label' && this.#isHidden(node, scope)) return void node.parentNode?.removeChild(node)
    for (const child of childElements(node)) await this.#node(child, scope)
  }

  async #field(node: XmlElement, scope: Scope): Promise<void> {
    const name = node.getAttribute('name') ?? ''
    const field = scope.info.fields.get(name)
    if (!field || !mayUseField(this.#env, field)) return void node.parentNode?.removeChild(node)
    scope.shown.add(name)
    this.#usedOf(scope.info.name).add(name)
    if (field.type === 'many2one' && field.comodel) await this.#relationRights(node, field)
    if (onchangeFields(scope.info).has(name)) node.setAttribute('on_change', '1')
    const nested = nestedViews(node, field, this.#env.registry)
    for (const [view, info] of nested) await this.view(view, info, scope)
    for (const child of childElements(node))
      if (!nested.some(([view]) => view === child)) await this.#node(child, scope)
  }

  /** Whether a label is for a field that the user may not see. */
  #isHidden(label: XmlElement, { info }: Scope): boolean {
    const field = info.fields.get(label.getAttribute('for') ?? '')
    return field !== undefined && !mayUseField(this.#env, field)
  }

  /** What a list shows of the record that its rows are grouped by is of that record's model. */
  async #groupBy(node: XmlElement, scope: Scope): Promise<void> {
    const field = scope.info.fields.get(node.getAttribute('name') ?? '')
    if (!field?.comodel || !mayUseField(this.#env, field)) return void node.parentNode?.removeChild(node)
    this.#usedOf(scope.info.name).add(field.name)
    const inner: Scope = {
      info: this.#env.registry.get(field.comodel),
      root: node,
      shown: new Set(),
      needed: new Set(),
      parent: scope,
    }
    for (const child of childElements(node)) await this.#node(child, inner)
    this.#addNeeded(inner)
  }

  #needs(node: XmlElement, scope: Scope): void {
    for (const [, source] of expressionsOf(node)) {
      const { own, parent } = namedFields(source)
      for (const name of own) if (scope.info.fields.has(name)) scope.needed.add(name)
      if (scope.parent) for (const name of parent) if (scope.parent.info.fields.has(name)) scope.parent.needed.add(name)
    }
  }

  #addNeeded({ info, root, shown, needed }: Scope): void {
    for (const name of needed) {
      const field = info.fields.get(name)
      if (shown.has(name) || !field || !mayUseField(this.#env, field)) continue
      const added = root.ownerDocument?.createElement('field')
      if (!added) continue
      added.setAttribute('name', name)
      added.setAttribute(root.nodeName === 'list' ? 'column_invisible' : 'invisible', 'True')
      if (root.nodeName !== 'list') added.setAttribute('readonly', 'True')
      root.appendChild(added)
      this.#usedOf(info.name).add(name)
    }
  }

  async #rights(root: XmlElement, info: ModelInfo): Promise<void> {
    for (const [attribute, operation] of [
      ['create', 'create'],
      ['edit', 'write'],
      ['delete', 'unlink'],
    ] as const) {
      if (!root.getAttribute(attribute) && !(await hasModelAccess(this.#env, info, operation)))
        root.setAttribute(attribute, 'False')
    }
  }

  /** Whether records of the other model can be made or changed from here. */
  async #relationRights(node: XmlElement, field: FieldInfo): Promise<void> {
    const info = this.#env.registry.get(field.comodel as string)
    node.setAttribute('can_create', (await hasModelAccess(this.#env, info, 'create')) ? 'True' : 'False')
    node.setAttribute('can_write', (await hasModelAccess(this.#env, info, 'write')) ? 'True' : 'False')
  }

  /** Of every model that a view is about, `id` and the time of the last change come along. */
  #usedOf(model: string): Set<string> {
    let used = this.#used.get(model)
    if (!used) {
      used = new Set(['id'])
      if (this.#env.registry.get(model).fields.has('write_date')) used.add('write_date')
      this.#used.set(model, used)
    }
    return used
  }
}
