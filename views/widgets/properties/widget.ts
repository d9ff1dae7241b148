import type { PageContext } from '../../page.ts'
import { dateView } from '../date/widget.ts'
import { textOf, type Widget } from '../widget.ts'

/** A property of a record: its definition, which the parent has, with the record's value. */
interface Property {
  readonly name: string
  readonly type: string
  readonly string?: string
  readonly value?: unknown
  readonly comodel?: string
  readonly domain?: string
  readonly selection?: readonly (readonly [key: string, label: string])[]
  readonly tags?: readonly (readonly [key: string, label: string, color: number])[]
}

/** The properties that a record's parent defines, each edited as fields of its kind are. */
export const widget: Widget = {
  name: 'properties',
  types: ['properties'],
  view: ({ value, page, domId, readonly, view }) => {
    const all = (Array.isArray(value) ? value : []) as readonly Property[]
    const shown = all.map((one) => propertyView(one, page, `${domId}_${one.name}`, readonly))
    return {
      properties: shown,
      definitions: all,
      text:
        view === 'form'
          ? ''
          : shown
              .filter(({ text }) => text)
              .map(({ text }) => text)
              .join(', '),
    }
  },
}

function propertyView(
  property: Property,
  page: PageContext,
  domId: string,
  readonly: boolean,
): { readonly text: string; readonly [name: string]: unknown } {
  const { name, type, value } = property
  const common = { name, type, label: property.string ?? name, domId, readonly, kind: type }
  const pairs = (type === 'many2one' ? [value] : Array.isArray(value) ? value : []) as readonly (readonly [
    number,
    string,
  ])[]
  switch (type) {
    case 'boolean':
      return { ...common, is: 'check', checked: value === true, text: value === true ? common.label : '' }
    case 'integer':
    case 'float': {
      const number = Number(value || 0)
      return {
        ...common,
        is: 'number',
        text: value === false ? '' : page.format.number(number, type === 'integer' ? 0 : 2),
      }
    }
    case 'date':
    case 'datetime':
      return { ...common, ...dateView(textOf(value), type, page, false), is: 'date' }
    case 'selection': {
      const options = (property.selection ?? []).map(([key, label]) => ({ key, label, selected: key === value }))
      return { ...common, is: 'select', options, text: options.find(({ selected }) => selected)?.label ?? '' }
    }
    case 'tags': {
      const held = Array.isArray(value) ? value : []
      const boxes = (property.tags ?? []).map(([id, label, color]) => ({
        id,
        label,
        color,
        checked: held.includes(id),
      }))
      return {
        ...common,
        is: 'tags',
        boxes,
        text: boxes
          .filter(({ checked }) => checked)
          .map(({ label }) => label)
          .join(', '),
      }
    }
    case 'many2one': {
      const [id, text = ''] = (Array.isArray(value) ? value : []) as unknown as readonly [number?, string?]
      return {
        ...common,
        is: 'many2one',
        model: property.comodel,
        domain: property.domain ?? null,
        id,
        text,
        mayCreate: false,
        mayEdit: false,
        href: id ? `/odoo/m-${property.comodel}/${id}` : null,
      }
    }
    case 'many2many':
      return {
        ...common,
        is: 'many2many',
        model: property.comodel,
        domain: property.domain ?? null,
        tags: pairs.map(([id, text]) => ({ id, text, color: 0 })),
        text: pairs.map(([, text]) => text).join(', '),
      }
    case 'separator':
      return { ...common, is: 'separator', text: '' }
    default:
      return { ...common, is: 'text', text: textOf(value) }
  }
}
