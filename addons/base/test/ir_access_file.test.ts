import { readFile } from 'node:fs/promises'
import t from 'tap'
import { parseCsv } from '#core/tools/csv.ts'
import { baseEnv } from './base-env.ts'
import { models } from '../index.ts'

const read = (name: string): Promise<string> => readFile(new URL(`../security/${name}`, import.meta.url), 'utf8')

t.test('rights are given to every model of the addon, and to no other', async (t) => {
  const [header = [], ...lines] = parseCsv(await read('ir.model.access.csv')).rows.map((row) => row.cells)
  const column = (line: readonly string[], name: string): string => line[header.indexOf(name)] ?? ''
  const declared = new Set(models.flatMap((one) => ('name' in one ? `model_${one.name.replaceAll('.', '_')}` : [])))
  const given = new Set(lines.map((line) => column(line, 'model_id/id')))
  t.same(
    [...declared].filter((name) => !given.has(name)),
    [],
  )
  t.same(
    [...given].filter((name) => !declared.has(name)),
    [],
  )
  t.equal(new Set(lines.map((line) => column(line, 'id'))).size, lines.length, 'no external id twice')
})

t.test('what is technical or secret is not for everybody', async (t) => {
  const lines = (await read('ir.model.access.csv')).split('\n').map((line) => line.split(','))
  const readers = (model: string): string[] =>
    lines
      .filter((line) => line[2] === model && line[4] === '1')
      .map((line) => line[3] ?? '')
      .sort()
  t.same(readers('model_ir_config_parameter'), ['group_system'])
  t.same(readers('model_ir_cron'), ['group_system'])
  t.same(readers('model_ir_rule'), ['group_erp_manager'])
  t.same(readers('model_res_partner'), ['group_partner_manager', 'group_portal', 'group_public', 'group_user'])
  t.same(readers('model_res_country'), ['', 'group_partner_manager'])
})

t.test('the rules of the addon can be written', async (t) => {
  const env = await baseEnv(t, 'sqlite')
  await env['ir.model']._reflect([...env.registry.models()])
  const records = [...(await read('ir_rules.xml')).matchAll(/<record id="(\w+)" model="ir.rule">([^]*?)<\/record>/g)]
  t.ok(records.length > 15)
  for (const [, id = '', body = ''] of records) {
    const [, model_id = 0] = (await env.xmlId(`base.${/ref="(model_\w+)"/.exec(body)?.[1]}`)) ?? []
    const domain_force = /name="domain_force">([^<]*)</.exec(body)?.[1] ?? null
    await t.resolves(env['ir.rule'].create([{ name: id, model_id, domain_force }]), id)
  }
})
