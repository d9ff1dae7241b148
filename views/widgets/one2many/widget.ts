import { isModified } from '../../arch/modifiers.ts'
import type { Line } from '../../lines.ts'
import type { Values } from '../../page.ts'
import { relationView } from '../many2one/widget.ts'
import { widgetOf } from '../place.ts'
import type { Widget } from '../widget.ts'
import { lineArch, lineView } from './line.ts'

/** Lines that a form shows at once; further ones come as one asks for them. */
const PAGE = 40

/** Lines of a record in a list that is edited in place. */
export const widget: Widget = {
  name: 'one2many',
  types: ['one2many', 'many2many'],
  specification: (place, models) => {
    const arch = lineArch(place, models, {})
    return {
      fields: arch.specification,
      limit: arch.limit ?? PAGE,
      ...(arch.defaultOrder ? { order: arch.defaultOrder } : {}),
    }
  },
  view: ({ place, value, page, mode, scope }) => {
    const arch = lineArch(place, page.models, { ...page.context, parent: scope } as Values)
    const lines = (Array.isArray(value) ? value : []) as readonly Line[]
    const shown = lines.filter((line) => Object.keys(line).length > 1)
    const open = mode === 'edit' && !isModified(place.modifiers.readonly, scope)
    return {
      ...relationView(place),
      columns: arch.columns.map((column) => ({
        name: column.name,
        label: widgetOf(column).name === 'handle' ? '' : column.description.string,
        alignRight: widgetOf(column).alignRight === true,
      })),
      lines: shown.map((line) => lineView(place, line, page, { editing: false, parent: scope })),
      more: lines.length - shown.length,
      open,
      // records of a many2many are chosen, those of a one2many are made: in their row, or in a dialog
      way: place.description.type === 'many2many' ? 'link' : arch.editable !== null ? 'row' : 'dialog',
      editable: open && arch.editable !== null,
      creates: open && arch.create ? (arch.creates.length > 0 ? arch.creates : [{ label: '', context: null }]) : [],
      handle: open ? (arch.columns.find((column) => widgetOf(column).name === 'handle')?.name ?? '') : '',
      inverse: place.description.relation_field ?? '',
      onTop: arch.editable === 'top',
    }
  },
}
