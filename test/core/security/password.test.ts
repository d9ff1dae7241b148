import t from 'tap'
import { hashPassword, MAX_SECRET_LENGTH, verifyPassword } from '#core/security/password.ts'

t.test('a hash', async (t) => {
  t.test('fits its password and no other', async (t) => {
    const hash = await hashPassword('correct horse')
    t.same(await verifyPassword('correct horse', hash), { valid: true, outdated: false })
    t.same(await verifyPassword('correct horsE', hash), { valid: false, outdated: false })
    t.same(await verifyPassword('', hash), { valid: false, outdated: false })
  })

  t.test('names its parameters and has a salt of its own', async (t) => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')])
    t.match(one, /^\$scrypt\$ln=14,r=8,p=5\$[\w+/]{22}\$[\w+/]{43}$/)
    t.not(one, two)
  })

  t.test('fits whichever way a keyboard composes a letter', async (t) => {
    const hash = await hashPassword('caf\u00e9')
    t.equal((await verifyPassword('cafe\u0301', hash)).valid, true)
  })
})

t.test('a password that is too long to be one is refused', async (t) => {
  await t.rejects(hashPassword('x'.repeat(MAX_SECRET_LENGTH + 1)), { code: 'PASSWORD_TOO_LONG' })
  t.equal((await verifyPassword('x'.repeat(10_000_000), await hashPassword('x'))).valid, false)
})

t.test('a hash with weaker parameters is valid and outdated', async (t) => {
  // scrypt of "old" with the salt "0123456789abcdef", N = 2^10, r = 8, p = 1
  const { scryptSync } = await import('node:crypto')
  const salt = Buffer.from('0123456789abcdef')
  const hash = scryptSync('old', salt, 32, { N: 1024, r: 8, p: 1 })
  const stored = `$scrypt$ln=10,r=8,p=1$${salt.toString('base64').replace(/=+$/, '')}$${hash.toString('base64').replace(/=+$/, '')}`
  t.same(await verifyPassword('old', stored), { valid: true, outdated: true })
})

t.test('a stored text that is no hash fits nothing', async (t) => {
  const texts = [
    '',
    'admin',
    '$scrypt$',
    '$scrypt$ln=14,r=8,p=5$$',
    '$scrypt$ln=99,r=8,p=5$AAAA$AAAA',
    '$pbkdf2-sha512$25000$x$y',
  ]
  for (const text of texts) t.same(await verifyPassword('admin', text), { valid: false, outdated: false }, text)
  const greedy = `$scrypt$ln=30,r=99,p=1$AAAA$${'A'.repeat(43)}`
  t.equal((await verifyPassword('admin', greedy)).valid, false)
})
