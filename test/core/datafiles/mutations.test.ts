/* Data files changed at random: each is loaded, or refused with file and line; none crashes. DATA_MUTATIONS sets how many. */
import { readFileSync } from 'node:fs'
import t, { type Test } from 'tap'
import { sql } from '#core'
import { readCsvFile } from '#core/datafiles/csv-file.ts'
import { loadSteps } from '#core/datafiles/load-steps.ts'
import { readXmlFile } from '#core/datafiles/xml-file.ts'
import { XmlIds } from '#core/datafiles/xml-id.ts'
import { ComptoirError, errorTable } from '#core/errors.ts'
import type { Runtime } from '#core/runtime.ts'
import { installedRuntime, settle } from '#test/env.ts'
import { mutated, randomNumbers } from '#test/mutate.ts'

const RUNS = Number(process.env['DATA_MUTATIONS'] ?? 350)
const SYSTEM = { uid: 1, su: true, context: { lang: 'en_US', active_test: false } } as const

/** Every form that a data file knows. */
const FORMS = `<?xml version="1.0"?>
<odoo>
  <data noupdate="1">
    <record id="tag" model="res.partner.category"><field name="name">Tag</field><field name="color" type="int">3</field></record>
    <record id="firm" model="res.partner" context="{'lang': 'en_US'}">
      <field name="name">Firm</field>
      <field name="is_company" eval="True"/>
      <field name="country_id" ref="base.be"/>
      <field name="state_id" search="[('code', '=', 'VLG')]"/>
      <field name="category_id" eval="[Command.set([ref('tag')])]"/>
      <field name="comment" type="html"><p>Written by <b>hand</b></p></field>
      <field name="partner_latitude" eval="2 * 3.5"/>
      <field name="child_ids">
        <record id="desk" model="res.partner"><field name="name">Desk</field><field name="type">contact</field></record>
      </field>
    </record>
  </data>
  <record id="view" model="ir.ui.view">
    <field name="name">firms</field>
    <field name="model">res.partner</field>
    <field name="arch" type="xml"><list string="Firms"><field name="name"/><field name="country_id" optional="show"/></list></field>
  </record>
  <record id="action" model="ir.actions.act_window">
    <field name="name">Firms</field><field name="res_model">res.partner</field><field name="domain">[('is_company', '=', True)]</field>
  </record>
  <function model="res.partner" name="write"><value eval="[ref('firm')]"/><value eval="{'city': 'Ghent'}"/></function>
  <function model="ir.config_parameter" name="set_param" eval="['test.key', 'value']"/>
  <menuitem id="top" name="Top" sequence="5"><menuitem id="below" action="action" groups="base.group_user"/></menuitem>
  <delete model="res.partner" id="desk"/>
  <delete model="res.partner.category" search="[('name', '=', 'Gone')]"/>
</odoo>
`
const PARTNERS = `id,name,color,active,country_id/id,category_id/id,parent_id/id,partner_latitude
one,"One, ""and""",2,True,base.be,,,2.5
two,"Two
lines",3,False,base.fr,,one,
three,Three,,1,,,"two",1e1
`
const product = (path: string): [string, string] => [path, readFileSync(path, 'utf8')]
const FILES: readonly (readonly [file: string, text: string])[] = [
  ['data/forms.xml', FORMS],
  ['data/res.partner.csv', PARTNERS],
  product('addons/base/data/res_groups.xml'),
  ['data/forms.xml', FORMS],
  ['data/res.partner.csv', PARTNERS],
  product('addons/base/views/res_partner_title.xml'),
  product('data/res.partner.title.csv'),
  product('addons/base/data/res_company.xml'),
]
const XML_PIECES =
  `<|>|"|/>|=|&|&lt;|&#0;|<!--|]]>|<![CDATA[|<?x?>|</record>|<record id="x" model="res.partner">|<record model="constructor"/>
|<field name="x"/>|<field name="name"/>|<field name="id" eval="1"/>| eval="obj(1).name"| eval="ref('base.be')"| eval="1/0"| eval="[]"| model="res.partner"
| ref="base.gone"| search="[('id', '>', 0)]"| use="name"| type="int"| type="xml"| file="."| file="data"| type="base64"| context="{'lang': 1}"| noupdate="1"| id="a.b.c"| id=""
|<function model="res.partner" name="constructor"/>|<function model="res.partner" name="toString"/>|<function model="res.partner" name="write" eval="[[1], None]"/>
|<function model="res.partner" name="load" eval="[[1], 5]"/>|<function model="res.partner" name="read_group"/>|<function model="res.partner" name="with" eval="[None]"/>|<delete model="res.partner" id="firm"/>
|<delete model="res.users" search="[]"/>|<value>x</value>|__proto__|constructor|%(base.gone)d|%(base.be)d|-1|1e999|😀|\u0000|\ud800|None|{|[|(|'`
    .split(/\n?\|/)
    .map((piece) => piece.replaceAll('\n', ' '))
const CSV_PIECES = [
  '"',
  '""',
  ',',
  '\n',
  '\r',
  ';',
  '\t',
  ',,,',
  '/id',
  '/.id',
  ':id',
  '.id',
  'id',
  'name',
  '__proto__',
]
CSV_PIECES.push(
  'constructor',
  'child_ids',
  'base.be',
  'base.gone',
  '-1',
  '1e999',
  '2024-13-45',
  '\u0000',
  '\ud800',
  '😀',
  'x'.repeat(3000),
)

class Undone extends Error {}

/** Loads the file in a transaction that is undone: what it was refused with, null when it was not. */
async function refusal(runtime: Runtime, file: string, text: string): Promise<unknown> {
  try {
    await runtime.call(SYSTEM, 'write', async (env) => {
      const loading = {
        env,
        xmlIds: new XmlIds(env),
        module: 'base',
        folder: '.',
        mode: 'init',
        named: new Set<string>(),
      } as const
      await loadSteps(loading, file.endsWith('.csv') ? readCsvFile(text, file) : readXmlFile(text, file), file)
      await settle(env)
      throw new Undone('undone')
    })
    return null
  } catch (error) {
    return error instanceof Undone ? null : error
  }
}

const names = (error: unknown, file: string): boolean =>
  error instanceof ComptoirError &&
  errorTable.has(error.code) &&
  new RegExp(`^${file}:[1-9]\\d*[: ]`).test(error.message)

async function counts(runtime: Runtime): Promise<unknown> {
  return runtime.call(SYSTEM, 'read', async ({ connection }) =>
    connection.rows(sql`SELECT (SELECT COUNT(*) FROM ir_model_data) AS named, (SELECT COUNT(*) FROM res_partner) AS partners,
      (SELECT COUNT(*) FROM ir_ui_view) AS views, (SELECT COUNT(*) FROM res_groups) AS groups`),
  )
}

t.test(`${RUNS} changed data files are loaded or refused, with file and line`, async (t: Test) => {
  const runtime = await installedRuntime(t, 'sqlite')
  for (const [file, text] of FILES) t.equal(await refusal(runtime, file, text), null, `${file} itself is loaded`)
  const before = await counts(runtime)
  const next = randomNumbers(11)
  const random = Array.from({ length: RUNS }, (_, i) => {
    const [file, text] = FILES[i % FILES.length] as (typeof FILES)[number]
    return [file, mutated(text, file.endsWith('.csv') ? CSV_PIECES : XML_PIECES, next)] as const
  })
  const appended = XML_PIECES.map((piece) => ['data/forms.xml', `<odoo>${piece}</odoo>`] as const)
  let refused = 0
  for (const [file, changed] of [...appended, ...random]) {
    const error = await refusal(runtime, file, changed)
    if (error === null) continue
    refused++
    if (!names(error, file)) t.fail(`${String(error)} for ${file}`, { changed, stack: String((error as Error).stack) })
  }
  t.ok(refused > RUNS / 4, `${refused} refused`)
  t.ok(refused < RUNS, 'some are loaded')
  t.same(await counts(runtime), before, 'nothing stays of what was refused')
  for (const [file, text] of FILES) t.equal(await refusal(runtime, file, text), null, `${file} is loaded afterwards`)
})
