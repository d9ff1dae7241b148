import t from 'tap'
import { dayText, momentText, parseDay, parseMoment } from '../../views/typed-date.ts'

const french = { language: 'fr-FR', today: '2026-03-31', time: '10:30' }
const american = { language: 'en-US', today: '2026-03-31', time: '10:30' }

t.test('a date is read in the order of the language', async (t) => {
  t.equal(parseDay('3/12/2026', french), '2026-12-03')
  t.equal(parseDay('3/12/2026', american), '2026-03-12')
  t.equal(parseDay('03.12.26', french), '2026-12-03')
  t.equal(parseDay('2026-12-03', american), '2026-12-03')
  t.equal(parseDay('031226', french), '2026-12-03')
})

t.test('what a date leaves out is that of today', async (t) => {
  t.equal(parseDay('3/12', french), '2026-12-03')
  t.equal(parseDay('3/12', american), '2026-03-12')
  t.equal(parseDay('12', french), '2026-03-12')
})

t.test('a shift counts from today, and ends where the month does', async (t) => {
  t.equal(parseDay('+5d', french), '2026-04-05')
  t.equal(parseDay('-2w', french), '2026-03-17')
  t.equal(parseDay('-1m', french), '2026-02-28')
  t.equal(parseDay('+1y', french), '2027-03-31')
  t.equal(parseMoment('+3H', french), '2026-03-31T13:30')
})

t.test("the language's word for a day near by is understood", async (t) => {
  t.equal(parseDay('demain', french), '2026-04-01')
  t.equal(parseDay('Yesterday', american), '2026-03-30')
})

t.test('what is no date is none, also a day that its month does not have', async (t) => {
  for (const text of ['x', '31/2', '1/2/3/4', '99/99/2026', '']) t.equal(parseDay(text, french), undefined, text)
  t.equal(parseMoment('3/12 25:00', french), undefined)
})

t.test('a time follows a date as people write it', async (t) => {
  t.equal(parseMoment('3/12 14:30', french), '2026-12-03T14:30')
  t.equal(parseMoment('3/12/2026 14h', french), '2026-12-03T14:00')
  t.equal(parseMoment('3/12/2026 2:05 PM', american), '2026-03-12T14:05')
  t.equal(parseMoment('3/12 12am', american), '2026-03-12T00:00')
  t.equal(parseMoment('3/12', french, '08:15'), '2026-12-03T08:15')
})

t.test('what is shown is read back as the same, in many languages', async (t) => {
  for (const language of ['en-US', 'en-GB', 'fr-FR', 'de-DE', 'nl-BE', 'ja-JP', 'sv-SE', 'es-ES', 'hu-HU', 'ko-KR']) {
    const context = { language, today: '2026-03-31', time: '10:30' }
    t.equal(parseDay(dayText('2026-12-03', language), context), '2026-12-03', language)
    t.equal(parseMoment(momentText('2026-12-03T09:05', language), context), '2026-12-03T09:05', language)
  }
})
