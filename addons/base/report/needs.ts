import { suggest, type Env, type FieldInfo } from '#core'
import { REPORT_SYNTAX } from './errors.ts'
import { templateFile, type TemplateFile } from './template.ts'

/** What a template and its partials need. */
export interface TemplateNeeds {
  /** Dotted paths of the record `doc`. */
  readonly paths: readonly string[]
  /** Selections whose labels are shown, `model.field`. */
  readonly choices: readonly FieldInfo[]
  /** Names of the partials, the template itself included. */
  readonly templates: readonly string[]
}

/** What a name means inside of a block: the whole, something of the record, or something that nothing is known of. */
type Scope = 'root' | readonly string[] | null
type Scopes = readonly Scope[]

/**
 * Finds out what a report's template reads of the records of a model, along its blocks and partials, so that all of it
 * can be read at once. Names that the model does not have are refused.
 * @throws REPORT_TEMPLATE, REPORT_SYNTAX with file and line
 */
export function templateNeeds(env: Env, model: string, name: string): TemplateNeeds {
  const reader = new NeedsReader(env, model)
  reader.template(name)
  return {
    paths: [...reader.paths],
    choices: [...reader.choices.values()],
    templates: [...reader.templates],
  }
}

class NeedsReader {
  readonly paths = new Set<string>()
  readonly choices = new Map<string, FieldInfo>()
  readonly templates = new Set<string>()
  readonly #env: Env
  readonly #model: string
  #file!: TemplateFile

  constructor(env: Env, model: string) {
    this.#env = env
    this.#model = model
  }

  template(name: string, scopes: Scopes = ['root'], names: ReadonlyMap<string, Scope> = new Map()): void {
    const outer = this.#file
    this.#file = templateFile(name)
    // a partial may be used in several places, where its names mean different things
    this.templates.add(name)
    this.#program(this.#file.program, scopes, names)
    this.#file = outer
  }

  #program(program: hbs.AST.Program | undefined, scopes: Scopes, names: ReadonlyMap<string, Scope>): void {
    for (const node of program?.body ?? []) this.#statement(node, scopes, names)
  }

  #statement(node: hbs.AST.Statement, scopes: Scopes, names: ReadonlyMap<string, Scope>): void {
    switch (node.type) {
      case 'MustacheStatement':
        return this.#call(node as hbs.AST.MustacheStatement, scopes, names)
      case 'BlockStatement':
        return this.#block(node as hbs.AST.BlockStatement, scopes, names)
      case 'PartialStatement':
      case 'PartialBlockStatement':
        return this.#partial(node as hbs.AST.PartialBlockStatement, scopes, names)
      default:
    }
  }

  /** A value, or a helper with its values. */
  #call(
    node: { path: hbs.AST.Expression; params: hbs.AST.Expression[]; hash?: hbs.AST.Hash },
    scopes: Scopes,
    names: ReadonlyMap<string, Scope>,
  ): void {
    const path = node.path as hbs.AST.PathExpression
    if (node.params.length === 0) return void this.#value(path, scopes, names)
    for (const [i, param] of node.params.entries()) {
      const found = this.#value(param, scopes, names)
      if (path.original === 'choice' && i === 0 && found?.field) {
        const key = `${found.field.model}.${found.field.name}`
        this.choices.set(key, found.field)
        node.params[1] = { type: 'StringLiteral', value: key, original: key, loc: param.loc } as hbs.AST.StringLiteral
      }
      if (path.original === 'monetary' && i === 1 && found) this.#add([...found.path, 'name'], param)
    }
    for (const { value } of node.hash?.pairs ?? []) this.#value(value, scopes, names)
  }

  #block(node: hbs.AST.BlockStatement, scopes: Scopes, names: ReadonlyMap<string, Scope>): void {
    const [subject] = node.params
    const found = subject ? this.#value(subject, scopes, names) : undefined
    if (node.path.original !== 'each' && node.path.original !== 'with') {
      this.#program(node.program, scopes, names)
      this.#program(node.inverse, scopes, names)
      return
    }
    const inner: Scope = found ? found.path : null
    const bound = node.program.blockParams?.[0]
    this.#program(node.program, [inner, ...scopes], bound ? new Map([...names, [bound, inner]]) : names)
    this.#program(node.inverse, scopes, names)
  }

  #partial(node: hbs.AST.PartialBlockStatement, scopes: Scopes, names: ReadonlyMap<string, Scope>): void {
    for (const { value } of node.hash?.pairs ?? []) this.#value(value, scopes, names)
    const name = (node.name as hbs.AST.PathExpression).original
    if (name !== '@partial-block') this.template(name, scopes, names)
    this.#program(node.program as hbs.AST.Program | undefined, scopes, names)
  }

  #value(
    node: hbs.AST.Expression,
    scopes: Scopes,
    names: ReadonlyMap<string, Scope>,
  ): { path: readonly string[]; field: FieldInfo | undefined } | undefined {
    if (node.type === 'SubExpression') this.#call(node as hbs.AST.SubExpression, scopes, names)
    if (node.type !== 'PathExpression') return undefined
    const { data, depth, original, parts: written } = node as hbs.AST.PathExpression & { parts: string[] }
    let scope: Scope | undefined = data ? null : scopes[depth]
    let parts = written
    if (data && parts[0] === 'root') [scope, parts] = ['root', parts.slice(1)]
    const [first = ''] = parts
    if (!data && depth === 0 && names.has(first) && !original.startsWith('this')) {
      scope = names.get(first) ?? null
      parts = parts.slice(1)
    } else if (scope === 'root') {
      if (first !== 'doc') return undefined
      scope = []
      parts = parts.slice(1)
    }
    if (scope === null || scope === undefined || scope === 'root') return undefined
    const path = [...scope, ...parts]
    return { path, field: this.#add(path, node) }
  }

  /** Adds a path that the model has; records on its end are shown by their names. */
  #add(path: readonly string[], node: hbs.AST.Node): FieldInfo | undefined {
    let model = this.#model
    let field: FieldInfo | undefined
    for (const name of path) {
      const { fields } = this.#env.registry.get(model)
      field = fields.get(name)
      if (!field) {
        if (name === 'length' || name === 'id') return undefined
        const like = suggest(name, [...fields.keys()])
        const hint = like ? ` Did you mean '${like}'?` : ''
        throw new REPORT_SYNTAX(this.#file.file, node.loc.start.line, `${model} has no field '${name}'.${hint}`)
      }
      if (field.comodel) model = field.comodel
    }
    if (path.length > 0) this.paths.add((field?.comodel ? [...path, 'display_name'] : path).join('.'))
    return field
  }
}
