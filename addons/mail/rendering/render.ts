import Handlebars from 'handlebars'
import { unique, type Env } from '#core'
import { analyze, type Analyzed } from './analyze.ts'
import { TEMPLATE_SYNTAX, type TemplatePlace } from './errors.ts'
import { HELPER_NAMES, helpersFor } from './helpers.ts'
import { recordData } from '#addons/base/tools/record-data.ts'

/** A text of a template. */
export interface TemplateText extends TemplatePlace {
  readonly source: string
  /** Whether it is markup, in which values are escaped. */
  readonly isHtml: boolean
}

/** Handlebars without what templates of people do not need: nothing reaches other values than those that are given. */
const engine = Handlebars.create()
engine.unregisterHelper('log')
engine.unregisterHelper('lookup')

const KNOWN = Object.fromEntries([...HELPER_NAMES, 'if', 'unless', 'each', 'with'].map((name) => [name, true]))

/**
 * Renders texts for records of one model, in the language and time zone and with the rights of the environment:
 * record -> name of the text -> result. What all texts need is read at once for all records.
 * @throws TEMPLATE_SYNTAX, TEMPLATE_FIELD
 */
export async function renderTexts<K extends string>(
  env: Env,
  model: string,
  ids: readonly number[],
  texts: Readonly<Record<K, TemplateText>>,
): Promise<ReadonlyMap<number, Readonly<Record<K, string>>>> {
  const analyzed = (Object.entries(texts) as [K, TemplateText][]).map(([name, text]) => ({
    name,
    text,
    analyzed: analyze(env, model, text.source, text),
  }))
  const need = (root: 'object' | 'user'): string[] => unique(analyzed.flatMap((one) => [...one.analyzed[root]]))
  const objects = await recordData(env, model, ids, need('object'))
  const own = env.sudo('texts tell who sends them')
  const users = await recordData(own, 'res.users', [env.uid], need('user'))
  const helpers = helpersFor({ lang: env.lang, zone: env.zone })
  const prepared = analyzed.map(({ name, text, analyzed }) => ({ name, text, run: compiled(analyzed, text.isHtml) }))
  return new Map(
    ids.map((id) => {
      const context = { object: objects.get(id), user: users.get(env.uid), ctx: env.context }
      const results = prepared.map(({ name, text, run }) => [name, rendered(run, context, helpers, text)] as const)
      return [id, Object.fromEntries(results) as Record<K, string>] // one result per text
    }),
  )
}

type Run = ReturnType<typeof Handlebars.compile>

function compiled({ program }: Analyzed, isHtml: boolean): Run {
  return engine.compile(program, { knownHelpers: KNOWN as never, knownHelpersOnly: true, noEscape: !isHtml })
}

function rendered(run: Run, context: object, helpers: ReturnType<typeof helpersFor>, place: TemplateText): string {
  try {
    return run(context, {
      // Handlebars passes its own options behind the values
      helpers: Object.fromEntries(
        Object.entries(helpers).map(([name, help]) => [name, (...values: unknown[]) => help(...values.slice(0, -1))]),
      ),
      allowProtoPropertiesByDefault: false,
      allowProtoMethodsByDefault: false,
    })
  } catch (error) {
    throw new TEMPLATE_SYNTAX(place, 1, error instanceof Error ? error.message : String(error))
  }
}

/** Holds texts against a model without rendering them. @throws TEMPLATE_SYNTAX, TEMPLATE_FIELD */
export function checkTexts(env: Env, model: string, texts: readonly TemplateText[]): void {
  for (const text of texts) analyze(env, model, text.source, text)
}
