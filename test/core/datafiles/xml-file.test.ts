import t from 'tap'
import { readXmlFile } from '#core/datafiles/xml-file.ts'
import type { RecordStep, Step } from '#core/datafiles/steps.ts'

const read = (body: string, noupdate?: boolean): Step[] => readXmlFile(`<odoo>${body}</odoo>`, 'data/a.xml', noupdate)
const field = (attributes: string, inner = '') => {
  const [record] = read(`<record id="r" model="m"><field name="f" ${attributes}>${inner}</field></record>`)
  return (record as RecordStep).fields[0]?.content
}
const refused = (body: string) => () => read(body)

t.test('an XML data file', async (t) => {
  t.test('gives its records in order, with what surrounds them', async (t) => {
    const steps = read(`
      <record id="a" model="res.partner"><field name="name">A</field></record>
      <data noupdate="1" context="{'x': 1}">
        <record id="b" model="res.partner" forcecreate="False" context="{'y': 2}"/>
        <record model="res.country"/>
      </data>`)
    t.match(steps, [
      { kind: 'record', line: 2, id: 'a', model: 'res.partner', noupdate: false, forcecreate: true, context: null },
      { kind: 'record', line: 4, id: 'b', noupdate: true, forcecreate: false, context: "{'y': 2}" },
      { kind: 'record', line: 5, id: null, model: 'res.country', noupdate: true, context: "{'x': 1}" },
    ])
    t.match(read('<record id="a" model="m"/>', true), [{ noupdate: true }])
    t.match(read('<data noupdate="0"><record id="a" model="m"/></data>', true), [{ noupdate: false }])
  })

  t.test('reads every way to state a value', async (t) => {
    t.same(field('', ' A &amp; B '), { form: 'text', text: ' A & B ' })
    t.same(field('ref="base.be"'), { form: 'ref', id: 'base.be' })
    t.same(field('eval="1 + 1" model="m"'), { form: 'eval', source: '1 + 1', model: 'm' })
    t.same(field(`search="[('a', '=', 1)]"`), { form: 'search', domain: "[('a', '=', 1)]", model: null, use: 'id' })
    t.same(field('search="[]" model="m" use="code"'), { form: 'search', domain: '[]', model: 'm', use: 'code' })
    t.same(field('type="int"', '5'), { form: 'typed', type: 'int', text: '5' })
    t.same(field('type="base64" file="static/a.png"'), { form: 'content', file: 'static/a.png', base64: true })
    t.same(field('file="a.txt"'), { form: 'content', file: 'a.txt', base64: false })
    t.same(field('type="list"', '<value type="int">1</value><value eval="2"/>'), {
      form: 'list',
      items: [
        { form: 'typed', type: 'int', text: '1' },
        { form: 'eval', source: '2', model: null },
      ],
    })
  })

  t.test('keeps markup as it stands', async (t) => {
    const form = '<form><field name="a"/><button name="%(act)d"/></form>'
    t.same(field('type="xml"', `\n  ${form}\n`), { form: 'markup', text: form, line: 2 })
    t.same(field('type="html"', '<p>A<br/><i class="x"/></p>'), {
      form: 'markup',
      text: '<p>A<br/><i class="x"></i></p>',
      line: 1,
    })
  })

  t.test('reads the records of a one2many', async (t) => {
    t.match(field('', '<record id="x" model="line"><field name="n">1</field></record>'), {
      form: 'records',
      records: [{ id: 'x', model: 'line', fields: [{ name: 'n', content: { text: '1' } }] }],
    })
  })

  t.test('reads functions and deletions', async (t) => {
    t.match(
      read('<function model="m" name="go" eval="[1, 2]"/><function model="m" name="stop"><value>a</value></function>'),
      [
        { kind: 'function', model: 'm', name: 'go', eval: '[1, 2]', args: [] },
        { kind: 'function', name: 'stop', eval: null, args: [{ form: 'text', text: 'a' }] },
      ],
    )
    t.match(read(`<delete model="m" id="a"/><delete model="m" search="[('a', '=', 1)]"/>`), [
      { kind: 'delete', model: 'm', id: 'a', search: null },
      { kind: 'delete', model: 'm', id: null, search: "[('a', '=', 1)]" },
    ])
  })
})

t.test('an XML data file is refused', async (t) => {
  t.test('with the line of an element that does not exist, and the one that was meant', async (t) => {
    const wrong = '\n<recor id="a" model="m"/>'
    t.throws(refused(wrong), { code: 'DATA_ELEMENT', message: /^data\/a\.xml:2: <recor> .* did you mean 'record'\?$/ })
    t.throws(refused('<template id="a"/>'), { code: 'DATA_ELEMENT', message: /:1: <template> is no element/ })
    t.throws(() => readXmlFile('<openerp/>', 'a.xml'), { code: 'DATA_ELEMENT', message: /a\.xml:1: <openerp>/ })
    t.throws(refused('<record id="a" model="m"><field name="f"><b/></field></record>'), {
      code: 'DATA_ELEMENT',
      message: /record 'a': <b> is no element/,
    })
  })

  t.test('with the attribute that does not exist or is missing', async (t) => {
    t.throws(refused('<record id="a" modl="m"/>'), { code: 'DATA_SYNTAX', message: /'modl'; did you mean 'model'\?/ })
    t.throws(refused('<record id="a"/>'), { code: 'DATA_SYNTAX', message: /<record> has no attribute 'model'/ })
    t.throws(refused('<record id="a" model="m"><field>1</field></record>'), {
      message: /<field> has no attribute 'name'/,
    })
    t.throws(refused('<data noupdate="yes"/>'), { message: /'noupdate' of <data> is 'yes': write 1 or 0/ })
    t.throws(refused('<delete model="m"/>'), { message: /needs either 'id' or 'search'/ })
  })

  t.test('with the field that has two values', async (t) => {
    const record = (fields: string) => `<record id="a" model="m">\n${fields}</record>`
    t.throws(refused(record('<field name="f" ref="x" eval="1"/>')), {
      code: 'DATA_SYNTAX',
      message: "data/a.xml:2: record 'a': field 'f': 'ref' and 'eval' contradict each other",
    })
    t.throws(refused(record('<field name="f">1</field>\n<field name="f">2</field>')), {
      message: "data/a.xml:3: record 'a': field 'f': the record sets the field twice",
    })
    t.throws(refused(record('<field name="f" ref="x"><b/></field>')), { code: 'DATA_ELEMENT' })
    t.throws(refused(record('<field name="f" ref="x">text</field>')), {
      message: /holds text that nothing reads: 'text'/,
    })
    t.throws(refused(record('<field name="f" type="integer">1</field>')), { message: /no type 'integer'/ })
    t.throws(refused(record('stray')), { message: /holds text that nothing reads: 'stray'/ })
  })

  t.test('with the place where it is not well-formed', async (t) => {
    t.throws(refused('\n<record>'), { code: 'XML_MALFORMED', message: /data\/a\.xml:2/ })
  })
})
