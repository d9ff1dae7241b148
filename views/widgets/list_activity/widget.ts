import { textOf, type Widget } from '../widget.ts'
import { widget as clock } from '../kanban_activity/widget.ts'

/** The same clock with a word on what comes next. */
export const widget: Widget = {
  ...clock,
  name: 'list_activity',
  needs: () => ['activity_state', 'activity_summary', 'activity_type_id'],
  view: (input) => {
    const { activity_summary: summary, activity_type_id: type } = input.record
    const named = Array.isArray(type) ? textOf(type[1]) : ''
    return { ...clock.view(input), next: textOf(summary) || named }
  },
}
