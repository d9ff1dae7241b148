import { element } from '../client/elements.ts'
import { parseNumber } from '../client/number.ts'
import { namesOf } from '../client/records.ts'
import { Suggestions } from '../client/suggestions.ts'
import { comparisonOf, comparisonsOf } from './operators.ts'
import { follow, fieldsOf, type EditedField, type EditedFields } from './fields.ts'
import { literal, parseDomain, type Rule } from './tree.ts'

export type Words = (source: string) => string

/** Draws one condition; `changed` gets what becomes of it. */
export async function drawRule(
  model: string,
  rule: Rule,
  words: Words,
  changed: (rule: Rule) => void,
): Promise<readonly HTMLElement[]> {
  const { steps, field } = await follow(model, rule.path)
  const path = element('span', { class: 'o_domain_path' })
  steps.forEach(({ name, fields }, i) => {
    path.append(
      fieldSelect(
        fields,
        name,
        words(i === 0 ? 'Field' : 'Field of it'),
        (chosen) => {
          const names = [...steps.slice(0, i).map((step) => step.name), ...(chosen ? [chosen] : [])]
          void usual(model, names.join('.')).then(changed)
        },
        i > 0,
      ),
    )
  })
  if (field?.relation) {
    const further = await fieldsOf(field.relation)
    path.append(
      fieldSelect(
        further,
        '',
        words('Field of it'),
        (chosen) => {
          if (chosen) void usual(model, `${rule.path}.${chosen}`).then(changed)
        },
        true,
      ),
    )
  }
  if (!field) return [path, rawInput(rule, words, changed)]
  const comparison = comparisonOf(field.type, rule.operator, rule.value)
  const operators = element('select', { class: 'form-select', 'aria-label': words('Operator') })
  for (const { key, text } of comparisonsOf(field.type)) {
    const option = element('option', { value: key, selected: key === comparison?.key }, words(text))
    operators.append(option)
  }
  if (!comparison) operators.prepend(element('option', { value: '', selected: true }, rule.operator))
  operators.addEventListener('change', (event) => {
    event.stopPropagation()
    const next = comparisonsOf(field.type).find(({ key }) => key === operators.value)
    if (!next) return
    const isList = next.operator === 'in' || next.operator === 'not in'
    const kept = Array.isArray(rule.value) === isList && comparison && !('fixed' in comparison)
    const value = 'fixed' in next ? next.fixed : kept ? rule.value : isList ? [] : emptyOf(field)
    changed({ ...rule, operator: next.operator, value })
  })
  if (comparison && 'fixed' in comparison) return [path, operators]
  return [path, operators, await valueInput(rule, field, words, changed)]
}

/** A new condition on a field: the usual comparison with nothing. */
async function usual(model: string, path: string): Promise<Rule> {
  const { field } = await follow(model, path)
  const [first] = comparisonsOf(field?.type ?? 'char')
  const isList = first?.operator === 'in'
  return {
    kind: 'rule',
    path,
    operator: first?.operator ?? '=',
    value: first && 'fixed' in first ? first.fixed : isList ? [] : field ? emptyOf(field) : '',
  }
}

function emptyOf({ type, selection }: EditedField): unknown {
  if (['integer', 'float', 'monetary'].includes(type)) return 0
  if (type === 'selection') return selection?.[0]?.[0] ?? false
  return type === 'many2one' || type === 'date' || type === 'datetime' ? false : ''
}

function fieldSelect(
  fields: EditedFields,
  name: string,
  label: string,
  chosen: (name: string) => void,
  mayBeEmpty: boolean,
): HTMLElement {
  const select = element('select', { class: 'form-select', 'aria-label': label })
  if (mayBeEmpty) select.append(element('option', { value: '' }, '—'))
  if (name && !fields[name]) select.append(element('option', { value: name, selected: true }, name))
  for (const [key, { string }] of Object.entries(fields))
    select.append(element('option', { value: key, selected: key === name }, string))
  select.addEventListener('change', (event) => {
    event.stopPropagation()
    chosen(select.value)
  })
  return select
}

async function valueInput(
  rule: Rule,
  field: EditedField,
  words: Words,
  changed: (rule: Rule) => void,
): Promise<HTMLElement> {
  const { operator, value } = rule
  const isText = operator.includes('like')
  if (Array.isArray(value) && !field.relation) return rawInput(rule, words, changed)
  if (field.relation && !isText) return recordInput(rule, field.relation, words, changed)
  const label = words('Value')
  if (field.type === 'selection' && !isText) {
    const select = element('select', { class: 'form-select', 'aria-label': label })
    for (const [key, text] of field.selection ?? [])
      select.append(element('option', { value: key, selected: key === value }, text))
    select.addEventListener('change', (event) => {
      event.stopPropagation()
      changed({ ...rule, value: select.value })
    })
    return select
  }
  const isNumber = ['integer', 'float', 'monetary'].includes(field.type)
  const type = field.type === 'date' ? 'date' : field.type === 'datetime' ? 'datetime-local' : 'text'
  const shown = value === false ? '' : String(value)
  const input = element('input', {
    class: 'form-control',
    type,
    'aria-label': label,
    value: type === 'text' ? shown : shown.replace(' ', 'T'),
  })
  input.addEventListener('change', (event) => {
    event.stopPropagation()
    if (!isNumber)
      return changed({
        ...rule,
        value:
          type === 'datetime-local'
            ? `${input.value.replace('T', ' ')}:00`
            : input.value || (type === 'text' ? '' : false),
      })
    const number = parseNumber(input.value, document.documentElement.lang)
    input.setCustomValidity(number === undefined ? 'invalid' : '')
    if (number !== undefined) changed({ ...rule, value: number })
  })
  return input
}

/** One record, or several of which each can be taken away. */
async function recordInput(
  rule: Rule,
  model: string,
  words: Words,
  changed: (rule: Rule) => void,
): Promise<HTMLElement> {
  const isList = rule.operator === 'in' || rule.operator === 'not in'
  const ids = [rule.value].flat().filter((id): id is number => typeof id === 'number')
  const names = ids.length > 0 ? await namesOf(model, ids) : []
  const box = element('span', { class: 'o_tags o_domain_records' })
  if (isList)
    for (const { id, display_name } of names) {
      const remove = element(
        'button',
        { type: 'button', class: 'o_tag_remove', 'aria-label': `${words('Remove')} ${display_name}` },
        '×',
      )
      remove.addEventListener('click', () => changed({ ...rule, value: ids.filter((one) => one !== id) }))
      box.append(element('span', { class: 'o_tag' }, display_name, remove))
    }
  const input = element('input', {
    class: 'form-control',
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-label': words('Value'),
    id: `domain_${Math.random().toString(36).slice(2)}`,
    value: isList ? '' : (names[0]?.display_name ?? ''),
    autocomplete: 'off',
  })
  input.addEventListener('change', (event) => event.stopPropagation())
  new Suggestions(input, {
    model: () => model,
    domain: () => (isList ? [['id', 'not in', ids]] : []),
    context: () => ({}),
    offers: () => [],
    choose: ({ id }) => changed({ ...rule, value: isList ? [...ids, id] : id }),
    nothing: words('No records'),
  })
  box.append(input)
  return box
}

/** What the editor has no other input for, as it is written. */
function rawInput(rule: Rule, words: Words, changed: (rule: Rule) => void): HTMLElement {
  const input = element('input', {
    class: 'form-control',
    type: 'text',
    'aria-label': words('Value'),
    value: literal(rule.value),
  })
  input.addEventListener('change', (event) => {
    event.stopPropagation()
    try {
      const [value] = parseDomain(`[${input.value}]`)
      input.setCustomValidity('')
      changed({ ...rule, value })
    } catch {
      input.setCustomValidity('invalid')
      input.reportValidity()
    }
  })
  return input
}
