import t from 'tap'
import { emailsIn, formatEmailAddress, parseEmailAddress } from '../tools/email-address.ts'

t.test('splits a name and an address', async (t) => {
  const cases = [
    ['Ann Lee <Ann@X.test>', 'Ann Lee', 'ann@x.test'],
    ['"Lee, \\"A\\"" <a@x.test>', 'Lee, "A"', 'a@x.test'],
    ['<a@x.test>', null, 'a@x.test'],
    [' A@x.test ', null, 'a@x.test'],
    ['Ann Lee', 'Ann Lee', null],
    ['Ann <no address>', 'Ann <no address>', null],
    ['  ', null, null],
  ] as const
  for (const [text, name, email] of cases) t.same(parseEmailAddress(text), { name, email }, text)
})

t.test('finds several addresses and writes them back', async (t) => {
  t.same(emailsIn('a@x.test; Bob <B@x.test>, nobody'), ['a@x.test', 'b@x.test'])
  t.equal(formatEmailAddress('Lee "A"', ['a@x.test', 'b@x.test']), '"Lee \\"A\\"" <a@x.test,b@x.test>')
})
