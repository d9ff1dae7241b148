import t from 'tap'
import { FREE_FAILURES, LoginLimits } from '#core/security/login-limits.ts'

function failing(limits: LoginLimits, times: number, login: (i: number) => string, address: string): void {
  for (let i = 0; i < times; i += 1) {
    limits.begin(login(i), address)
    limits.failed(address)
  }
}

t.test('the attempt after ten failures has to wait', async (t) => {
  const limits = new LoginLimits(() => 0)
  failing(limits, FREE_FAILURES.login, () => 'ada', '::1')
  t.throws(() => limits.begin('ada', '::1'), {
    code: 'LOGIN_DELAYED',
    exception: 'AccessDenied',
    message: /in 5 seconds\.$/,
  })
})

t.test('waits grow while guessing goes on', async (t) => {
  let now = 1_000_000
  const limits = new LoginLimits(() => now)
  failing(limits, FREE_FAILURES.login, () => 'ada', '::1')
  const waits: number[] = []
  for (let i = 0; i < 10; i += 1) {
    let wait = 0
    for (;;) {
      try {
        limits.begin('ada', '::1')
        break
      } catch {
        wait += 1
        now += 1000
      }
    }
    waits.push(wait)
  }
  t.same(waits, [5, 10, 20, 40, 80, 160, 300, 300, 300, 300])
})

t.test('failures are forgotten after a quiet minute', async (t) => {
  let now = 1_000_000
  const limits = new LoginLimits(() => now)
  failing(limits, FREE_FAILURES.login - 1, () => 'ada', '::1')
  now += 60_001
  failing(limits, FREE_FAILURES.login - 1, () => 'ada', '::1')
  t.doesNotThrow(() => limits.begin('ada', '::1'))
})

t.test('a right password clears the login', async (t) => {
  const limits = new LoginLimits(() => 0)
  failing(limits, FREE_FAILURES.login - 1, () => 'ada', '::1')
  limits.begin('ada', '::1')
  limits.succeeded('ada', '::1')
  t.doesNotThrow(() => limits.begin('ada', '::1'))
})

t.test('one address that tries many logins has to wait with all of them', async (t) => {
  const limits = new LoginLimits(() => 0)
  failing(limits, FREE_FAILURES.address, (i) => `user${i}`, '10.0.0.1')
  t.throws(() => limits.begin('ada', '10.0.0.1'), { code: 'LOGIN_DELAYED' })
  t.doesNotThrow(() => limits.begin('ada', '10.0.0.2'))
})

t.test('guesses sent at the same time do not all pass', async (t) => {
  const limits = new LoginLimits(() => 0)
  let passed = 0
  for (let i = 0; i < 100; i += 1) {
    try {
      limits.begin('ada', '::1')
      passed += 1
    } catch {}
  }
  t.equal(passed, FREE_FAILURES.login)
})
