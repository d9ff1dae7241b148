import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { Mutex, ReadWriteLock } from '../../../core/tools/mutex.ts'

t.test('Mutex runs one task at a time, in order, also after a failure', async (t) => {
  const mutex = new Mutex()
  const log: string[] = []
  const task = (name: string, pause: number) => async () => {
    log.push(`+${name}`)
    await sleep(pause)
    log.push(`-${name}`)
    return name
  }
  const failing = mutex.run(async () => {
    await task('a', 5)()
    throw new RangeError('a fails')
  })
  const results = [mutex.run(task('b', 1)), mutex.run(task('c', 0))]
  await t.rejects(failing, { message: 'a fails' })
  t.same(await Promise.all(results), ['b', 'c'])
  t.same(log, ['+a', '-a', '+b', '-b', '+c', '-c'])
})

t.test('ReadWriteLock lets readers share and a writer be alone, in the order of their asking', async (t) => {
  const lock = new ReadWriteLock()
  const log: string[] = []
  const task = (name: string) => async () => {
    log.push(`+${name}`)
    await sleep(5)
    log.push(`-${name}`)
  }
  await Promise.all([
    lock.read(task('r1')),
    lock.read(task('r2')),
    lock.write(task('w')),
    lock.read(task('r3')),
    lock.read(task('r4')),
  ])
  t.same(log, ['+r1', '+r2', '-r1', '-r2', '+w', '-w', '+r3', '+r4', '-r3', '-r4'])
})

t.test('ReadWriteLock is free again after a writer failed', async (t) => {
  const lock = new ReadWriteLock()
  const failing = lock.write(() => {
    throw new RangeError('no')
  })
  await t.rejects(failing, { message: 'no' })
  t.equal(await lock.read(() => 'read'), 'read')
})
