import t from 'tap'
import { hoursText, parseHours } from '../../views/hours.ts'

const number = (text: string): number | undefined => (Number.isNaN(Number(text)) ? undefined : Number(text))

t.test('hours are shown as a clock has them', async (t) => {
  t.equal(hoursText(1.5), '01:30')
  t.equal(hoursText(-0.25), '-00:15')
  t.equal(hoursText(100), '100:00')
  t.equal(hoursText(1.999), '02:00')
  t.equal(hoursText(1.5042, true), '01:30:15')
})

t.test('hours are read from a clock or a number', async (t) => {
  t.equal(parseHours('1:30', number), 1.5)
  t.equal(parseHours('-1h15', number), -1.25)
  t.equal(parseHours('2h', number), 2)
  t.equal(parseHours(':30', number), 0.5)
  t.equal(parseHours('1.75', number), 1.75)
  t.equal(parseHours('1:75', number), undefined)
  t.equal(parseHours('soon', number), undefined)
})
