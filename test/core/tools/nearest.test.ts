import t from 'tap'
import { nearest } from '#core/tools/nearest.ts'

t.test('nearest', async (t) => {
  t.test('finds the name with the fewest changes of a letter', async (t) => {
    t.equal(nearest('nmae', ['date', 'name', 'game']), 'name')
    t.equal(nearest('country_di', ['country_id', 'country_ids', 'state_id']), 'country_id')
  })

  t.test('finds a longer name that was cut short', async (t) => {
    t.equal(nearest('partner', ['partner_id', 'state']), 'partner_id')
  })

  t.test('finds nothing where nothing is alike', async (t) => {
    t.equal(nearest('amount', ['partner_id', 'state']), undefined)
    t.equal(nearest('x', []), undefined)
  })
})
