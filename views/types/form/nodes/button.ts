import { attr } from '../../../arch/node.ts'
import { common, type DrawNode } from './node.ts'

const LEGACY: Readonly<Record<string, string>> = {
  oe_highlight: 'btn-primary',
  oe_link: 'btn-link',
  oe_stat_button: '',
}

/** A button that calls a method or runs an action; a smart button shows a number or field above its text. */
export const drawButton: DrawNode = (node, drawing, children) => {
  const classes = (attr(node, 'class') ?? '').split(/\s+/).filter(Boolean)
  const smart = classes.includes('oe_stat_button')
  const named = classes.map((name) => LEGACY[name] ?? name).join(' ')
  return {
    template: 'types/form/nodes/button',
    ...common(node, drawing),
    smart,
    className: smart ? named : /\bbtn-/.test(named) ? named : `btn-outline-secondary ${named}`,
    label: attr(node, 'string') ?? '',
    icon: attr(node, 'icon'),
    title: attr(node, 'help') ?? attr(node, 'title'),
    hotkey: attr(node, 'data-hotkey'),
    call: {
      name: attr(node, 'name'),
      type: attr(node, 'special') ? 'special' : (attr(node, 'type') ?? 'object'),
      special: attr(node, 'special'),
      context: attr(node, 'context'),
      args: attr(node, 'args'),
      confirm: attr(node, 'confirm'),
      confirmTitle: attr(node, 'confirm-title'),
      confirmLabel: attr(node, 'confirm-label'),
    },
    children: children(),
  }
}
