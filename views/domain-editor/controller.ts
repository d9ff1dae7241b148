import { Controller } from '@hotwired/stimulus'
import { element } from '../client/elements.ts'
import { callMethod } from '../client/rpc.ts'
import { drawRule } from './rule.ts'
import { domainOf, domainText, parseDomain, treeOf, type Branch, type Group, type Rule } from './tree.ts'

/**
 * A domain as a tree of conditions: all or any of them, fields through relations, operators by kind of field; or as
 * its text. Every change is told as `domain:change` with the text.
 */
export class DomainEditorController extends Controller<HTMLElement> {
  static override targets = ['tree', 'text', 'count']
  static override values = { model: String, texts: Object, closed: Boolean }
  declare readonly treeTarget: HTMLElement
  declare readonly textTarget: HTMLTextAreaElement
  declare readonly countTarget: HTMLElement
  declare readonly hasCountTarget: boolean
  declare readonly modelValue: string
  declare readonly closedValue: boolean
  declare readonly textsValue: Readonly<Record<string, string>>
  #tree: Group | null = null
  #drawn = 0

  override connect(): void {
    this.#read()
  }

  /** The text was changed. */
  written(event: Event): void {
    event.stopPropagation()
    this.#read()
    if (!this.textTarget.validationMessage) this.#tell()
  }

  /** Shows the text, or the tree again. */
  switch(): void {
    this.textTarget.hidden = !this.textTarget.hidden || this.#tree === null ? false : true
  }

  #read(): void {
    const text = this.textTarget
    try {
      this.#tree = treeOf(parseDomain(text.value))
      text.setCustomValidity('')
    } catch (error) {
      this.#tree = null
      text.hidden = false
      // what speaks of the user or of today is a domain all the same, which only its text can say
      const speaksOfMore =
        /\b(uid|context_today|datetime|time|relativedelta|user|company_id|allowed_company_ids|parent|active_id)\b/.test(
          text.value,
        )
      text.setCustomValidity(speaksOfMore ? '' : error instanceof Error ? error.message : String(error))
      if (!speaksOfMore) text.reportValidity()
    }
    void this.#show()
  }

  #set(tree: Group): void {
    this.#tree = tree
    this.textTarget.value = domainText(domainOf(tree))
    this.textTarget.setCustomValidity('')
    void this.#show()
    this.#tell()
  }

  #tell(): void {
    this.element.dispatchEvent(new CustomEvent('domain:change', { bubbles: true, detail: this.textTarget.value }))
  }

  async #show(): Promise<void> {
    this.#drawn += 1
    const mine = this.#drawn
    const tree = this.#tree
    const drawn = tree && this.modelValue ? await this.#group(tree, (next) => this.#set(next), null) : null
    if (mine !== this.#drawn) return
    this.treeTarget.replaceChildren(...(drawn ? [drawn] : []))
    if (!this.hasCountTarget || !tree || !this.modelValue) return
    try {
      const count = await callMethod<number>(this.modelValue, 'search_count', [domainOf(tree)])
      if (mine === this.#drawn) this.countTarget.textContent = this.#word('%s records').replace('%s', String(count))
    } catch {
      this.countTarget.textContent = '' // a condition is not finished yet
    }
  }

  async #group(group: Group, changed: (group: Group) => void, remove: (() => void) | null): Promise<HTMLElement> {
    const replace = (i: number, ...by: readonly Branch[]): void =>
      changed({ ...group, children: group.children.toSpliced(i, 1, ...by) })
    const head = element('div', { class: 'o_domain_head' })
    const choice = element('select', { class: 'form-select', 'aria-label': this.#word('Records match') })
    const ways = [
      ['all', 'all of these'],
      ['any', 'any of these'],
      ['not_all', 'not all of these'],
      ['none', 'none of these'],
    ] as const
    const way = group.negated ? (group.any ? 'none' : 'not_all') : group.any ? 'any' : 'all'
    for (const [key, text] of ways)
      choice.append(element('option', { value: key, selected: key === way }, this.#word(text)))
    choice.disabled = this.closedValue
    choice.addEventListener('change', (event) => {
      event.stopPropagation()
      const any = choice.value === 'any' || choice.value === 'none'
      changed({ ...group, any, negated: choice.value === 'not_all' || choice.value === 'none' })
    })
    head.append(choice)
    if (remove && !this.closedValue) head.append(this.#button('×', 'Remove', remove))
    const list = element('ul')
    for (const [i, child] of group.children.entries()) {
      const row = element('li')
      if (child.kind === 'group')
        row.append(
          await this.#group(
            child,
            (next) => replace(i, next),
            () => replace(i),
          ),
        )
      else {
        row.className = 'o_domain_rule'
        row.append(
          ...(await drawRule(
            this.modelValue,
            child,
            (source) => this.#word(source),
            (next) => replace(i, next),
          )),
        )
        if (!this.closedValue) row.append(this.#button('×', 'Remove', () => replace(i)))
      }
      list.append(row)
    }
    const box = element('div', { class: 'o_domain_group', role: 'group' }, head, list)
    if (this.closedValue) {
      for (const one of box.querySelectorAll<HTMLInputElement>('input, select, button')) one.disabled = true
      return box
    }
    const fresh: Rule = { kind: 'rule', path: 'id', operator: '!=', value: false }
    const add = (branch: Branch): void => changed({ ...group, children: [...group.children, branch] })
    box.append(
      this.#button(`+ ${this.#word('Condition')}`, 'Add a condition', () => add(fresh)),
      this.#button(`+ ${this.#word('Branch')}`, 'Add a branch', () =>
        add({ kind: 'group', any: !group.any, negated: false, children: [fresh] }),
      ),
    )
    return box
  }

  #button(sign: string, label: string, run: () => void): HTMLElement {
    const button = element(
      'button',
      { type: 'button', class: 'btn btn-sm btn-link', 'aria-label': this.#word(label) },
      sign,
    )
    button.addEventListener('click', run)
    return button
  }

  #word(source: string): string {
    return this.textsValue[source] ?? source
  }
}
