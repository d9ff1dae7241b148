import { textOf, type Widget } from '../widget.ts'

/** A clock in the colour of what is most urgent on the record: it opens what is planned, to do it or to plan more. */
export const widget: Widget = {
  name: 'kanban_activity',
  types: ['one2many'],
  needs: () => ['activity_state'],
  view: ({ value, record, page }) => {
    const state = textOf(record['activity_state'])
    const count = Array.isArray(value) ? value.length : 0
    const label = state === 'overdue' ? 'Overdue' : state === 'today' ? 'Today' : 'Planned'
    return {
      state,
      text: count === 0 ? page.translate('No activities') : page.translate(label),
      count: count > 1 ? count : null,
    }
  },
}
