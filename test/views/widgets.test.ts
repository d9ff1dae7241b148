/* What widgets make of a field and its value, without a browser. */
import t from 'tap'
import { parseXml } from '#core/tools/xml.ts'
import { Formatter } from '../../views/format.ts'
import type { FieldDescription, PageContext, Values, ViewNode } from '../../views/page.ts'
import { fieldView, placeOf } from '../../views/widgets/place.ts'
import { Renderer } from '../../views/render.ts'
import type { XmlElement } from '../../views/arch/node.ts'

const renderer = new Renderer()
const page = (lang: string): PageContext => ({
  format: new Formatter(lang, 'Europe/Paris'),
  translate: (source) => source,
  models: {},
  context: {},
  today: '2026-03-31',
  choices: { stage_id: [1, 2, 3].map((id) => ({ id, display_name: `Stage ${id}`, folded: id === 3 })) },
})

/** A field drawn in a form, or where else `where` says. */
function drawn(
  arch: string,
  description: Partial<FieldDescription> & { type: string },
  record: Values,
  where: { lang?: string; place?: 'list' | 'form'; mode?: 'read' | 'edit' } = {},
): { view: ViewNode; html: string } {
  const node = parseXml(arch).documentElement as XmlElement
  const name = node.getAttribute('name') ?? ''
  const place = placeOf(node, { [name]: { name, string: 'Label', ...description } }, 'some.model')
  if (!place) throw new Error('no place')
  const view = fieldView(place, record, page(where.lang ?? 'en_US'), {
    place: where.place ?? 'form',
    mode: where.mode ?? 'edit',
    scope: {},
    prefix: 'f_',
  })
  return { view, html: renderer.render(view.template, view, { translate: (source) => source, language: 'en-US' }) }
}

t.test('a share of one is shown and edited as so many of a hundred', async (t) => {
  t.match(drawn('<field name="x" widget="percentage"/>', { type: 'float' }, { x: 0.25 }).view, {
    number: '25',
    text: '25%',
  })
  t.match(drawn('<field name="x" widget="percentage"/>', { type: 'float' }, { x: 0.1234 }, { lang: 'fr_FR' }).view, {
    number: '12,34',
  })
})

t.test('a widget that does not show such a field gives way to the usual one', async (t) => {
  t.equal(drawn('<field name="x" widget="percentage"/>', { type: 'char' }, { x: 'a' }).view['widget'], 'char')
  t.equal(drawn('<field name="x" widget="unheard_of"/>', { type: 'boolean' }, { x: true }).view['widget'], 'boolean')
})

t.test('stars are written at once in a list, and not where the field is read-only', async (t) => {
  const level = {
    type: 'selection',
    selection: [
      ['0', 'None'],
      ['1', 'High'],
      ['2', 'Very high'],
    ] as const,
  }
  const arch = '<field name="x" widget="priority"/>'
  const inList = drawn(arch, level, { id: 7, x: '1' }, { place: 'list', mode: 'read' })
  t.match(inList.html, /data-controller="quick"[^>]*data-value="0".*data-value="2"/)
  const fixed = drawn(
    '<field name="x" widget="priority" readonly="1"/>',
    level,
    { id: 7, x: '1' },
    { place: 'list', mode: 'read' },
  )
  t.notMatch(fixed.html, 'data-controller')
})

t.test('stages that are folded stand under "…", unless the record is in one', async (t) => {
  const stage = { type: 'many2one', relation: 'some.stage' }
  const arch = '<field name="stage_id" widget="statusbar"/>'
  const labels = (view: ViewNode, key: string): string[] =>
    (view[key] as { label: string }[] | null)?.map(({ label }) => label) ?? []
  const { view } = drawn(arch, stage, { stage_id: { id: 2, display_name: 'Stage 2' } })
  t.same(labels(view, 'steps'), ['Stage 1', 'Stage 2'])
  t.same(labels(view, 'folded'), ['Stage 3'])
  t.same(labels(drawn(arch, stage, { stage_id: { id: 3, display_name: 'Stage 3' } }).view, 'steps').at(-1), 'Stage 3')
})

t.test('a file that is stored is an address, one that is not is a picture in the page', async (t) => {
  const arch = '<field name="x" widget="image"/>'
  const stored = drawn(arch, { type: 'binary' }, { id: 7, x: '12.50 Kb', write_date: '2026-03-31 08:30:00' })
  t.equal(stored.view['source'], '/web/image/some.model/7/x?unique=20260331083000')
  t.match(drawn(arch, { type: 'binary' }, { x: 'iVBORw0KGgo=' }).html, 'src="data:image/png;base64,iVBORw0KGgo&#x3D;"')
  t.notMatch(drawn(arch, { type: 'binary' }, { id: 7, x: false }).html, '<img')
})

t.test('how far a day is off is told in words, and what is late stands out', async (t) => {
  const told = (x: string, lang: string): object =>
    drawn('<field name="x" widget="remaining_days"/>', { type: 'date' }, { x }, { lang }).view
  t.match(told('2026-04-01', 'en_US'), { days: 'Tomorrow', look: '' })
  t.match(told('2026-03-28', 'fr_FR'), { days: 'Il y a 3 jours', look: 'danger' })
})
