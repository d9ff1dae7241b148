import type Sortable from 'sortablejs'

/** What dragging leads to. */
export interface DragOptions {
  /** The box of the columns, when they can be put into another order. */
  readonly columns: HTMLElement | null
  moved(card: HTMLElement, from: HTMLElement): void
  reordered(): void
}

/** Dragging that is under way on a board. */
export interface Dragging {
  /** Cards of this list can be dragged from now on. */
  add(list: HTMLElement): void
  end(): void
}

/** Lets cards, and columns, be dragged. The library comes when a board first needs it. */
export async function dragged({ columns, moved, reordered }: DragOptions): Promise<Dragging> {
  const { default: Library } = await import('sortablejs')
  const made: Sortable[] = []
  const known = new WeakSet<HTMLElement>()
  const touch = { delay: 180, delayOnTouchOnly: true, animation: 120 }
  if (columns)
    made.push(
      Library.create(columns, { ...touch, draggable: '.o_column', handle: '.o_column_handle', onEnd: reordered }),
    )
  return {
    add(list) {
      if (known.has(list)) return
      known.add(list)
      made.push(
        Library.create(list, {
          ...touch,
          group: 'cards',
          draggable: '.o_card',
          filter: 'button, summary, input, .o_card_menu',
          preventOnFilter: false,
          onEnd: ({ item, from, to, oldIndex, newIndex }) => {
            const column = from.closest<HTMLElement>('.o_column')
            if (column && (from !== to || oldIndex !== newIndex)) moved(item, column)
          },
        }),
      )
    },
    end() {
      for (const one of made) one.destroy()
    },
  }
}
