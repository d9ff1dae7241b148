/* Templates of cards: what they may say, and what they may not do. */
import t from 'tap'
import { pythonOf } from '../../views/qweb/expression.ts'
import { TemplateDrawing } from '../../views/qweb/draw.ts'
import { Renderer } from '../../views/render.ts'
import { readKanbanArch } from '../../views/types/kanban/arch.ts'
import { Formatter } from '../../views/format.ts'
import type { Fields, PageContext } from '../../views/page.ts'

const renderer = new Renderer()
const fields: Fields = {
  id: { name: 'id', type: 'integer', string: 'ID' },
  name: { name: 'name', type: 'char', string: 'Name' },
  amount: { name: 'amount', type: 'float', string: 'Amount', digits: [16, 2] },
  stage_id: { name: 'stage_id', type: 'many2one', string: 'Stage', relation: 'x.stage' },
  tag_ids: { name: 'tag_ids', type: 'many2many', string: 'Tags', relation: 'x.tag' },
}
const page: PageContext = {
  format: new Formatter('en_US', 'UTC'),
  translate: (source) => source,
  models: { 'x.deal': fields },
  context: { uid: 2, lang: 'en_US' },
  today: '2026-03-31',
}
const values = {
  id: 7,
  name: 'Chairs <3',
  amount: 1234.5,
  stage_id: { id: 4, display_name: 'Won' },
  tag_ids: [
    { id: 1, display_name: 'Big' },
    { id: 2, display_name: 'New' },
  ],
}

/** HTML of a card of this template. */
function draw(card: string, others = ''): string {
  const arch = readKanbanArch(
    `<kanban><field name="name"/><field name="amount"/><field name="stage_id"/><field name="tag_ids"/>
     <templates><t t-name="card">${card}</t>${others}</templates></kanban>`,
    'x.deal',
    page.models,
  )
  const drawing = new TemplateDrawing(
    arch.templates,
    { model: 'x.deal', fields, values, places: arch.places, page },
    { controller: 'kanban', href: '/odoo/deals/7' },
  )
  return drawing
    .draw('card')
    .map((part) => renderer.render(part.template, part, { translate: page.translate, language: 'en-US' }))
    .join('')
    .replaceAll('&#x3D;', '=')
}

t.test('values are escaped, raw and as people read them', async (t) => {
  t.equal(draw('<b t-out="record.name.value"/>'), '<b>Chairs &lt;3</b>')
  t.equal(draw('<i t-esc="record.amount.value"/>'), '<i>1,234.50</i>')
  t.equal(draw('<i t-esc="record.stage_id.value"/>,<i t-esc="record.stage_id.raw_value"/>'), '<i>Won</i>,<i>4</i>')
  t.equal(draw('<i t-esc="record.tag_ids.raw_value"/>'), '<i>1,2</i>')
  t.match(draw('<field name="stage_id" class="big"/>'), /class="o_kanban_field o_field_many2one big"[^>]*>Won</)
})

t.test('of a chain of conditions the first that holds is drawn, in the words of either language', async (t) => {
  const chain = (first: string): string =>
    draw(`<a t-if="${first}">1</a><a t-elif="record.amount.raw_value &gt; 1000">2</a><a t-else="">3</a>`)
  t.equal(chain('!record.name.raw_value'), '<a>2</a>')
  t.equal(chain('record.stage_id.raw_value === 4 &amp;&amp; record.name.raw_value.length &gt; 3'), '<a>1</a>')
  t.equal(draw('<a t-if="amount lt 5">1</a><a t-elif="not name">2</a><a t-else="">3</a>'), '<a>3</a>')
})

t.test('lists are walked over, with their places; variables of a block stay in it', async (t) => {
  t.equal(
    draw(
      '<t t-set="n" t-value="0"/><t t-foreach="[5, 6]" t-as="x"><t t-set="n" t-value="x"/><i t-out="x_index"/></t><b t-out="n + 1"/>',
    ),
    '<i>0</i><i>1</i><b>1</b>',
  )
  t.equal(draw('<u t-foreach="{\'a\': 1}" t-as="x" t-esc="x + \' \' + str(x_value)"/>'), '<u>a 1</u>')
  t.equal(draw('<t t-foreach="[1,2,3]" t-as="x" t-if="x != 2" t-out="x"/>'), '13')
})

t.test('templates of the view call one another, but not without end', async (t) => {
  t.equal(
    draw('<t t-call="part"><t t-set="word" t-value="\'hi\'"/></t>', '<t t-name="part"><p t-out="word"/></t>'),
    '<p>hi</p>',
  )
  t.equal(draw('<t t-call="again"/>', '<t t-name="again">.<t t-call="again"/></t>').length, 20)
  const loops = draw('<t t-foreach="500" t-as="a"><t t-foreach="500" t-as="b"><i/></t></t>')
  t.ok(loops.length < 40_000, `${loops.length} characters`)
})

t.test('attributes come from expressions and formats', async (t) => {
  t.equal(
    draw(
      `<p class="a" t-att-class="{'b': amount > 1, 'c': !amount}" t-attf-title="#{name} {{ amount }}" t-att-role="False"/>`,
    ),
    '<p class="a b" title="Chairs &lt;3 1234.5"></p>',
  )
  t.equal(draw(`<p t-attf-class="x_{{ amount > 5 ? 'big' : 'small' }}"/>`), '<p class="x_big"></p>')
})

t.test('nothing of a template runs, loads from elsewhere or reaches into the program', async (t) => {
  for (const bad of [
    '<script>alert(1)</script>',
    '<p onclick="alert(1)"/>',
    '<p style="color: red"/>',
    '<p data-action="x#y" data-controller="z"/>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java&#9;script:alert(1)">x</a>',
    '<a t-att-href="\'data:text/html,x\'">x</a>',
    '<a href="//evil.example">x</a>',
    '<img src="https://evil.example/x.png"/>',
    '<iframe src="/x"/>',
  ])
    t.notMatch(draw(bad), /script|onclick|style|data-|evil|data:|iframe|href/)
  for (const way of [
    'record.constructor',
    'record.name.__proto__',
    "record['constructor']",
    'name.constructor',
    '{}.__proto__',
  ])
    t.equal(draw(`<p t-out="${way}"/>`), '<p></p>')
})

t.test('links and buttons say what they do', async (t) => {
  t.equal(draw('<a type="open" class="x">Open</a>'), '<a class="x" href="/odoo/deals/7">Open</a>')
  t.match(
    draw('<button type="object" name="go" confirm="Sure?">Go</button>'),
    /data-action="kanban#press".*&quot;go&quot;.*Sure\?/,
  )
  t.match(draw('<a type="delete">x</a>'), /^<button type="button" data-action="kanban#press" .*delete.*>x<\/button>$/)
})

t.test('expressions of browsers become expressions', async (t) => {
  for (const [from, to] of [
    ["!a && b === 'x'", "(not a) and b == 'x'"],
    ['a ? b : c ? d : e', '(b if a else (d if c else e))'],
    ['f(a ? 1 : 2, !b)', 'f((1 if a else 2), (not b))'],
    ["{'x': a ? 1 : 2}", "{'x': (1 if a else 2)}"],
    ['a.b.length gt 2', 'len(a.b) > 2'],
    ["['a'].includes(b)", "((b) in ['a'])"],
    ['a?.b !== null', 'a.b != None'],
    ["state in ('a', 'b') and not x", "state in ('a', 'b') and not x"],
    ['not record.a.raw_value or [1, 2][0]', 'not record.a.raw_value or [1, 2][0]'],
  ] as const)
    t.equal(pythonOf(from), to)
})
