import { field, model, type Env, type RecordsOf } from '#core'

/* One field of every kind, with the options that change what it takes. */

/** Open list of shades: a layer adds one by merging a key. */
export interface Shades {
  red: string
  blue: string
}

/** What the dynamic selection offers: the two, and in the context of a test one more. */
const sizes = async (env: Env): Promise<Record<string, string>> => ({
  s: 'Small',
  l: 'Large',
  ...(env.lang === 'fr_FR' ? { xl: 'Énorme' } : {}),
})

export class SampleFields {
  name = field.char()
  code = field.char({ size: 8 })
  padded = field.char({ trim: false })
  note = field.text()
  body = field.html()
  markup = field.html({ sanitize: false })
  whole = field.integer()
  ratio = field.float()
  exact = field.float({ digits: 3 })
  cost = field.float({ digits: 'Test Cost' })
  flag = field.boolean()
  day = field.date()
  moment = field.datetime()
  shade = field.selection<keyof Shades>({ red: 'Red', blue: 'Blue' })
  size = field.dynamicSelection(sizes)
  blob = field.binary({ attachment: false })
  data = field.json()
  target = field.reference({ selection: { 'kinds.part': 'Part' } })
  part_id = field.many2one('kinds.part')
  part_ids = field.many2many('kinds.part')
  line_ids = field.one2many('kinds.part', 'sample_id')
  remark_ids = field.one2many('kinds.remark', 'res_id')
}
export const Sample = model('kinds.sample', SampleFields, { description: 'Sample' }, (Base) => class extends Base {})

export class PartFields {
  name = field.char()
  sample_id = field.many2one('kinds.sample', { ondelete: 'cascade' })
  remark_ids = field.one2many('kinds.remark', 'res_id')
}
export const Part = model('kinds.part', PartFields, { description: 'Part' }, (Base) => class extends Base {})

export class RemarkFields {
  text = field.char({ required: true })
  res_model = field.char()
  res_id = field.many2oneReference({ modelField: 'res_model' })
}
export const Remark = model(
  'kinds.remark',
  RemarkFields,
  { description: 'Remark', recName: 'text' },
  (Base) => class extends Base {},
)

export const kinds = { addon: 'kinds', models: [Sample, Part, Remark] as never }

class ShadeFields {}
/** A layer that adds to the selection. */
export const GreenSample = Sample.extend(ShadeFields, (Base) => class extends Base {})
GreenSample.addSelection('shade', { green: 'Green' })
export const kindsGreen = { addon: 'kinds_green', models: [GreenSample] as never }

export interface Shades {
  green: string
}
export interface Sample extends RecordsOf<typeof Sample> {}
export interface Part extends RecordsOf<typeof Part> {}
export interface Remark extends RecordsOf<typeof Remark> {}
declare module '#core' {
  interface Models {
    'kinds.sample': { fields: SampleFields; records: Sample }
    'kinds.part': { fields: PartFields; records: Part }
    'kinds.remark': { fields: RemarkFields; records: Remark }
  }
}
