import t from 'tap'
import { combined, failures, source, textOf } from './fixture.ts'

const BASE =
  '<form><group name="a"><field name="ref" class="x y"/><field name="city" invisible="not ref"/></group><group name="b"/></form>'

/** What one extension makes of the base view. */
const extended = (arch: string): string => textOf(combined(source(1, BASE), source(2, arch, { inheritId: 1 })))
const inGroup = (arch: string): string => /<group name="a">(.*?)<\/group>/.exec(extended(arch))?.[1] ?? extended(arch)

t.test('positions', async (t) => {
  const at = (position: string): string =>
    inGroup(`<field name="city" position="${position}"><field name="zip"/></field>`).replaceAll(
      / (class|invisible)="[^"]*"/g,
      '',
    )
  t.equal(at('before'), '<field name="ref"/><field name="zip"/><field name="city"/>')
  t.equal(at('after'), '<field name="ref"/><field name="city"/><field name="zip"/>')
  t.equal(at('replace'), '<field name="ref"/><field name="zip"/>')
  t.equal(at('inside'), '<field name="ref"/><field name="city"><field name="zip"/></field>')
})

t.test('replace with mode inner keeps the node and exchanges what is in it', async (t) => {
  t.match(
    extended('<group name="a" position="replace" mode="inner"><field name="zip"/></group>'),
    '<group name="a"><field name="zip"/></group>',
  )
})

t.test('the root can be replaced, and wrapped where $0 stands', async (t) => {
  t.equal(
    extended('<xpath expr="/form" position="replace"><form><field name="zip"/></form></xpath>'),
    '<form><field name="zip"/></form>',
  )
  t.match(
    extended('<xpath expr="/form" position="replace"><form><sheet>$0</sheet></form></xpath>'),
    /^<form><sheet><form><group name="a">/,
  )
})

t.test('XPath knows hasclass', async (t) => {
  t.match(
    inGroup(`<xpath expr="//field[hasclass('x', 'y')]" position="after"><field name="zip"/></xpath>`),
    /^<field name="ref" class="x y"\/><field name="zip"\/>/,
  )
  t.match(
    failures(
      combined(source(1, BASE), source(2, `<xpath expr="//field[hasclass('z')]" position="after"/>`, { inheritId: 1 })),
    ),
    [/finds nothing/],
  )
})

t.test('attributes are set, removed, and changed by parts', async (t) => {
  const city = (attribute: string): string =>
    /<field name="city"([^>]*)\/>/.exec(
      extended(`<field name="city" position="attributes">${attribute}</field>`),
    )?.[1] ?? ''
  t.equal(city('<attribute name="string">Town</attribute>'), ' invisible="not ref" string="Town"')
  t.equal(city('<attribute name="invisible"/>'), '')
  t.equal(city('<attribute name="invisible" add="zip" separator="and"/>'), ' invisible="(not ref) and (zip)"')
  t.equal(city('<attribute name="invisible" remove="not ref" separator="or"/>'), '')
  const ref = extended(
    '<field name="ref" position="attributes"><attribute name="class" add="z" remove="x" separator=" "/></field>',
  )
  t.match(ref, 'class="y z"')
})

t.test('a node that moves is taken from where it was', async (t) => {
  const moved = extended('<group name="b" position="inside"><field name="ref" position="move"/></group>')
  t.match(
    moved,
    '<group name="a"><field name="city" invisible="not ref"/></group><group name="b"><field name="ref" class="x y"/></group>',
  )
})

t.test('extensions apply by priority, then age, each followed by its own', async (t) => {
  const add = (id: number, field: string, more: object): ReturnType<typeof source> =>
    source(id, `<field name="ref" position="after"><field name="${field}"/></field>`, { inheritId: 1, ...more })
  const arch = combined(
    source(1, BASE),
    add(2, 'zip', { priority: 20 }),
    add(3, 'street', { priority: 5 }),
    source(4, '<field name="street" position="after"><field name="email"/></field>', { inheritId: 3, priority: 99 }),
  )
  t.match(textOf(arch), /ref"[^>]*\/><field name="zip"\/><field name="street"\/><field name="email"\/>/)
})

t.test('an extension that does not fit is left out whole, and the view works without it', async (t) => {
  const broken = source(
    2,
    '<data><field name="ref" position="before"><field name="zip"/></field><field name="gone" position="after"/></data>',
    { inheritId: 1 },
  )
  const fits = source(3, '<field name="city" position="after"><field name="street"/></field>', {
    inheritId: 1,
    priority: 20,
  })
  const arch = combined(source(1, BASE), broken, fits)
  t.notMatch(textOf(arch), 'zip')
  t.match(textOf(arch), 'street')
  t.match(failures(arch), [/<field name="gone"> finds nothing in the view that it extends/])
})

t.test('every mistake of an extension is told, with its line and what was meant perhaps', async (t) => {
  const arch = combined(
    source(1, BASE),
    source(
      2,
      '<data>\n<field name="citi" position="after"/>\n<field name="ref" position="besides"/>\n<xpath expr="//field[" position="after"/>\n</data>',
      { inheritId: 1, file: 'addons/x/views/a.xml', line: 10 },
    ),
  )
  t.match(failures(arch), [
    /^addons\/x\/views\/a\.xml:11, view test\.view_2: .*finds nothing.*; did you mean 'city'\?$/,
    /^addons\/x\/views\/a\.xml:12, .*no position 'besides'; did you mean 'inside'\?|no position 'besides'/,
    /^addons\/x\/views\/a\.xml:13, .*cannot be read/,
  ])
})

t.test('a primary view that inherits another is one of its own', async (t) => {
  const own = source(3, '<field name="ref" position="after"><field name="street"/></field>', {
    inheritId: 1,
    mode: 'primary',
  })
  const views = [
    source(1, BASE),
    source(2, '<field name="city" position="after"><field name="zip"/></field>', { inheritId: 1 }),
    own,
  ]
  t.notMatch(textOf(combined(...views)), 'street')
  t.match(textOf(combined(own, views[0] as never, views[1] as never)), /street.*city.*zip/)
})
