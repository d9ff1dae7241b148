import type { Fields, PageContext, Values, ViewNode } from '../../page.ts'
import { TemplateDrawing } from '../../qweb/draw.ts'
import { COLORS } from '../../qweb/record.ts'
import type { KanbanArch } from './arch.ts'

/** What cards are drawn with. */
export interface Cards {
  readonly arch: KanbanArch
  readonly model: string
  readonly fields: Fields
  readonly page: PageContext
  /** Address of a record; `null` where cards lead nowhere. */
  href(id: number): string | null
}

/** A record as a card. */
export function cardView(values: Values, { arch, model, fields, page, href }: Cards): ViewNode {
  const id = Number(values['id'])
  const { translate } = page
  const address = href(id)
  const drawing = new TemplateDrawing(
    arch.templates,
    { model, fields, values, places: arch.places, page },
    {
      controller: 'kanban',
      href: address,
      colors: (field) => ({
        template: 'types/kanban/colors',
        field,
        colors: Array.from({ length: COLORS }, (_, color) => ({
          color,
          isOn: Number(values[field] ?? 0) === color,
          label: color === 0 ? translate('No colour') : translate('Colour %s', String(color)),
        })),
      }),
    },
  )
  const color = arch.highlightColor === null ? null : Number(values[arch.highlightColor] ?? 0)
  return {
    template: 'types/kanban/card',
    id,
    href: address,
    label: String(values['display_name'] || id),
    color: color === null ? null : Math.abs(color) % COLORS,
    parts: drawing.draw(arch.card),
    menu: arch.menu === null ? [] : drawing.draw(arch.menu),
  }
}
