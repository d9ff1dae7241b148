import t from 'tap'
import { abstractModel, field, model, type ModelName } from '#core'
import { layerModels } from '#core/orm/setup/layers.ts'
import { draftModel } from '#core/orm/setup/models.ts'

const name = (text: string): ModelName => text as ModelName

t.test(
  'what an inherited model says of itself counts less than what the model says, however late it is inherited',
  async (t) => {
    class Fields {
      name = field.char()
    }
    const Thread = abstractModel()(name('x.thread'), class {}, (Base) => class extends Base {}, {
      description: 'Thread',
      order: 'id desc',
    })
    const Ship = model(name('x.ship'), Fields, { description: 'Ship', order: 'name' }, (Base) => class extends Base {})
    const Talking = Ship.extend(class {}, (Base) => class extends Base {}, { inherit: [Thread], order: 'name desc' })
    const mistakes: string[] = []
    const layered = layerModels(
      [
        { addon: 'x', models: [Thread, Ship] },
        { addon: 'y', models: [Talking] },
      ],
      mistakes,
    )
    const { spec } = draftModel(
      layered.find((one) => one.name === 'x.ship')!,
      mistakes,
      false,
    )
    t.match(spec, { description: 'Ship', order: 'name desc' })
    t.strictSame(mistakes, [])
  },
)
