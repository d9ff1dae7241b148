import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import { sanitizeHtml } from '../core/tools/html.ts'
import './widgets/index.ts'
import { icon } from './icons.ts'
import type { Translate } from './page.ts'

/** What every template may use beside its view model. */
export interface RenderOptions {
  readonly translate: Translate
  /** BCP 47 language of the page. */
  readonly language: string
}

/** Data of a render as Handlebars hands it to helpers. */
interface HelperOptions {
  readonly data: { readonly options: RenderOptions }
  readonly hash: Readonly<Record<string, unknown>>
}

const ROOT = fileURLToPath(new URL('.', import.meta.url))

/**
 * The templates of this folder: `widgets/char/edit.hbs` is the partial `widgets/char/edit`. A template chooses another
 * at run time by name: `{{> (lookup . 'template')}}`. Everything is escaped unless it is HTML that this room made, or that `storedHtml` cleaned.
 */
export class Renderer {
  readonly #handlebars = Handlebars.create()
  readonly #compiled = new Map<string, Handlebars.TemplateDelegate>()

  constructor(root = ROOT) {
    for (const entry of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!entry.endsWith('.hbs')) continue
      const name = entry.slice(0, -'.hbs'.length)
      // Line breaks between tags would become spaces between inline elements.
      this.#handlebars.registerPartial(name, readFileSync(join(root, entry), 'utf8').replace(/\n\s*/g, '\n').trim())
    }
    this.#registerHelpers()
  }

  /** HTML of a template; `model` is plain data. */
  render(name: string, model: object, options: RenderOptions): string {
    let template = this.#compiled.get(name)
    if (!template) {
      template = this.#handlebars.compile(`{{> ${name}}}`, { preventIndent: true })
      this.#compiled.set(name, template)
    }
    return template(model, { data: { options } })
  }

  #registerHelpers(): void {
    const helpers = this.#handlebars
    helpers.registerHelper('t', (...args: unknown[]) => {
      const { data } = args.pop() as HelperOptions
      const [source, ...values] = args as [string, ...unknown[]]
      return data.options.translate(source, ...values.map(String))
    })
    // words for scripts: source -> translation
    helpers.registerHelper('texts', (...args: unknown[]) => {
      const { data } = args.pop() as HelperOptions
      return JSON.stringify(
        Object.fromEntries((args as string[]).map((source) => [source, data.options.translate(source, '%s', '%s')])),
      )
    })
    helpers.registerHelper('svg', (name: unknown) => new Handlebars.SafeString(icon(String(name))))
    helpers.registerHelper('eq', (a: unknown, b: unknown) => a === b)
    helpers.registerHelper('json', (value: unknown) => new Handlebars.SafeString(jsonForScript(value)))
    helpers.registerHelper('data', (value: unknown) => JSON.stringify(value))
    // the one way for HTML of records into a page: cleaned again, without styles, which the policy would refuse
    helpers.registerHelper(
      'storedHtml',
      (html: unknown) =>
        new Handlebars.SafeString(sanitizeHtml(String(html ?? ''), { stripStyle: true, stripClasses: true })),
    )
    helpers.registerHelper(
      'attrs',
      (attributes: unknown) => new Handlebars.SafeString(attributesHtml((attributes ?? {}) as Record<string, unknown>)),
    )
    helpers.registerHelper('lang', ({ data }: HelperOptions) => data.options.language)
  }
}

/** JSON that may stand inside a `<script type="application/json">`: nothing in it ends the element. */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
}

/** HTML attributes of an object: `true` gives the bare name; `false`, `null` and `undefined` give none. */
function attributesHtml(attributes: Readonly<Record<string, unknown>>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) =>
      value === true
        ? name
        : `${name}="${Handlebars.escapeExpression(typeof value === 'object' ? JSON.stringify(value) : String(value))}"`,
    )
    .join(' ')
}
