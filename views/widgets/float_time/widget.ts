import { hoursText } from '../../hours.ts'
import type { Widget } from '../widget.ts'

/** Hours as a clock has them: 1.5 is 01:30. */
export const widget: Widget = {
  name: 'float_time',
  types: ['float', 'integer'],
  alignRight: true,
  view: ({ value, place }) => ({ text: hoursText(Number(value || 0), Boolean(place.options['displaySeconds'])) }),
}
