import Handlebars from 'handlebars'
import { choicesOf, groupBy, type Env } from '#core'
import { REPORT_SYNTAX } from './errors.ts'
import { reportHelpers } from './helpers.ts'
import { templateNeeds } from './needs.ts'
import { recordData, type RecordData } from '../tools/record-data.ts'
import { templateFile } from './template.ts'

/** The document of one record: HTML with a `<header>` and a `<footer>` for every page. */
export interface RenderedRecord {
  readonly id: number
  readonly lang: string
  readonly html: string
}

const COMPANY = [
  'name',
  'logo',
  'street',
  'street2',
  'zip',
  'city',
  'state_id.name',
  'country_id.name',
  'phone',
  'email',
  'website',
  'vat',
  'company_registry',
]

/**
 * Renders a template for records in their order, each in the language of its reader and with the head of its company.
 * What the template reads is read at once for all records of a language.
 * @throws REPORT_TEMPLATE, REPORT_SYNTAX, and what refuses to read the records
 */
export async function renderRecords(
  env: Env,
  model: string,
  ids: readonly number[],
  template: string,
): Promise<RenderedRecord[]> {
  const needs = templateNeeds(env, model, template)
  const engine = engineFor(needs.templates)
  const facts = await factsOf(env, model, ids)
  const rendered = new Map<number, RenderedRecord>()
  for (const [lang, group] of groupBy(facts, (one) => one.lang)) {
    const inside = env.with({ context: { lang } })
    const docs = await recordData(
      inside,
      model,
      group.map(({ id }) => id),
      needs.paths,
      // pictures are drawn
      { files: true },
    )
    const companies = await companiesOf(
      inside,
      group.map(({ company }) => company),
    )
    const labels = new Map<string, Readonly<Record<string, string>>>()
    for (const field of needs.choices) labels.set(`${field.model}.${field.name}`, await choicesOf(inside, field))
    const { addon, file } = templateFile(template)
    const helpers = reportHelpers({ lang, zone: env.zone, addon, labels })
    for (const { id, company } of group) {
      const root = {
        doc: docs.get(id),
        company: companies.get(company),
        user: { name: env.user.name },
        now: new Date(),
      }
      rendered.set(id, { id, lang, html: run(engine, template, root, helpers, file) })
    }
  }
  return ids.flatMap((id) => rendered.get(id) ?? [])
}

type Engine = typeof Handlebars

function engineFor(templates: readonly string[]): Engine {
  const engine = Handlebars.create()
  for (const name of templates)
    engine.registerPartial(name, engine.compile(templateFile(name).program, { preventIndent: true }))
  return engine
}

function run(engine: Engine, template: string, root: object, helpers: object, file: string): string {
  try {
    return engine.compile(`{{> [${template}]}}`)(root, { helpers } as Handlebars.RuntimeOptions)
  } catch (error) {
    throw new REPORT_SYNTAX(file, 1, error instanceof Error ? error.message : String(error))
  }
}

interface RecordFacts {
  readonly id: number
  readonly lang: string
  readonly company: number
}

/** In which language and for which company each record is printed: its own, that of its partner, that of whoever prints. */
async function factsOf(env: Env, model: string, ids: readonly number[]): Promise<RecordFacts[]> {
  const { fields } = env.registry.get(model)
  const isPartner = fields.get('partner_id')?.comodel === 'res.partner'
  const lang = fields.has('lang') ? 'lang' : isPartner ? 'partner_id.lang' : null
  const company = fields.get('company_id')?.comodel === 'res.company' ? 'company_id' : null
  const installed = new Set((await env['res.lang'].get_installed()).map(([code]) => code))
  const records = await env.model(model, ids).load(['id', ...(lang ? [lang] : []), ...(company ? [company] : [])])
  return records.map((record) => {
    const own = lang === 'lang' ? record['lang'] : (record['partner_id'] as { lang?: unknown } | null)?.lang
    return {
      id: record.id,
      lang: typeof own === 'string' && installed.has(own) ? own : env.lang,
      company: (record['company_id'] as { id: number } | null | undefined)?.id ?? env.companyId,
    }
  })
}

async function companiesOf(env: Env, ids: readonly number[]): Promise<ReadonlyMap<number, RecordData>> {
  return recordData(
    env.sudo('documents name the company that they are of'),
    'res.company',
    [...new Set(ids)],
    COMPANY,
    {
      files: true,
    },
  )
}
