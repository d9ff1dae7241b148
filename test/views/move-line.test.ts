import t from 'tap'
import { moveLine } from '../../views/widgets/one2many/order.ts'

const lines = (...sequences: number[]): { id: number; sequence: number }[] =>
  sequences.map((sequence, i) => ({ id: i + 1, sequence }))
const ids = (moved: ReturnType<typeof moveLine>): unknown => moved.lines.map(({ id }) => id)

t.test('lines between both places take over the numbers that were there', async (t) => {
  const down = moveLine(lines(1, 5, 7, 9), 0, 2, 'sequence')
  t.same(ids(down), [2, 3, 1, 4])
  t.same(
    [...down.renumbered],
    [
      [2, 1],
      [3, 5],
      [1, 7],
    ],
  )
  t.same(ids(moveLine(lines(1, 5, 7, 9), 3, 1, 'sequence')), [1, 4, 2, 3])
})

t.test('where numbers do not tell lines apart, all are counted anew', async (t) => {
  const moved = moveLine(lines(10, 10, 10), 2, 0, 'sequence')
  t.same(ids(moved), [3, 1, 2])
  t.same(
    moved.lines.map((line) => line['sequence']),
    [10, 11, 12],
  )
})

t.test('a line that stays changes nothing', async (t) => {
  t.equal(moveLine(lines(1, 2), 1, 1, 'sequence').renumbered.size, 0)
})
