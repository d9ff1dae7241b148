import Handlebars from 'handlebars'
import { suggest, type Env, type FieldInfo } from '#core'
import { TEMPLATE_FIELD, TEMPLATE_SYNTAX, type TemplatePlace } from './errors.ts'
import { HELPER_NAMES } from './helpers.ts'

/** A text that was read and found right: what it needs of the record and of the user, as dotted paths. */
export interface Analyzed {
  readonly program: hbs.AST.Program
  readonly object: readonly string[]
  readonly user: readonly string[]
}

/** What a name means inside of a block: the whole, something of a record, or something that nothing is known of. */
type Scope =
  | { readonly kind: 'root' }
  | { readonly kind: 'record'; readonly root: Root; readonly path: readonly string[]; readonly model: string }
  | { readonly kind: 'other' }

type Root = 'object' | 'user'
const ROOTS: readonly string[] = ['object', 'user', 'ctx']
const BLOCKS: ReadonlySet<string> = new Set(['if', 'unless', 'each', 'with'])

/**
 * Reads a text with `{{…}}` and holds every name in it against the model. `{{ object.name or 'x' }}` is understood as
 * `{{or object.name 'x'}}`, and `object` means the record inside of blocks as well.
 * @throws TEMPLATE_SYNTAX, TEMPLATE_FIELD with template, field and line
 */
export function analyze(env: Env, model: string, source: string, place: TemplatePlace): Analyzed {
  const program = parsed(source, place)
  const analysis = new Analysis(env, model, place)
  analysis.program(program, [{ kind: 'root' }], [])
  return { program, object: [...analysis.paths.object], user: [...analysis.paths.user] }
}

function parsed(source: string, place: TemplatePlace): hbs.AST.Program {
  try {
    return Handlebars.parse(source)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const line = Number(/line (\d+)/i.exec(text)?.[1] ?? 1)
    throw new TEMPLATE_SYNTAX(place, line, text.replace(/^Parse error on line \d+:\s*/, '').replaceAll('\n', ' ')).with(
      { ...place, line },
    )
  }
}

type Scopes = readonly [Scope, ...Scope[]]
type Names = readonly (readonly [name: string, scope: Scope])[]

class Analysis {
  readonly paths = { object: new Set<string>(), user: new Set<string>() }
  readonly #env: Env
  readonly #models: Readonly<Record<Root, string>>
  readonly #place: TemplatePlace

  constructor(env: Env, model: string, place: TemplatePlace) {
    this.#env = env
    this.#models = { object: model, user: 'res.users' }
    this.#place = place
  }

  program(program: hbs.AST.Program, scopes: Scopes, names: Names): void {
    for (const statement of program.body) this.#statement(statement, scopes, names)
  }

  #statement(node: hbs.AST.Statement, scopes: Scopes, names: Names): void {
    switch (node.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return
      case 'MustacheStatement':
        return this.#mustache(node as hbs.AST.MustacheStatement, scopes, names)
      case 'BlockStatement':
        return this.#block(node as hbs.AST.BlockStatement, scopes, names)
      default:
        throw this.#wrong(node, 'Partials and decorators are not possible here.')
    }
  }

  #mustache(node: hbs.AST.MustacheStatement, scopes: Scopes, names: Names): void {
    asHelper(node)
    if (node.path.type !== 'PathExpression') return
    this.#call(node as hbs.AST.SubExpression & hbs.AST.MustacheStatement, scopes, names)
  }

  /** A value, or a helper with its values. */
  #call(
    node: {
      path: hbs.AST.Expression
      params: hbs.AST.Expression[]
      hash?: hbs.AST.Hash
      loc: hbs.AST.SourceLocation
      type: string
    },
    scopes: Scopes,
    names: Names,
  ): void {
    const path = node.path as hbs.AST.PathExpression
    const isCall = node.params.length > 0 || node.type === 'SubExpression'
    if (!isCall && !HELPER_NAMES.has(path.original)) return void this.#path(path, scopes, names)
    if (!HELPER_NAMES.has(path.original)) {
      throw this.#wrong(
        node,
        `There is no helper '${path.original}'.${likely(path.original, [...HELPER_NAMES, ...BLOCKS])}`,
      )
    }
    for (const [i, param] of node.params.entries()) {
      this.#value(param, scopes, names, path.original === 'monetary' && i === 1 ? ['name'] : [])
    }
    if (path.original === 'monetary') this.#addCurrency(node, scopes, names)
    for (const { value } of node.hash?.pairs ?? []) this.#value(value, scopes, names)
  }

  /** `{{monetary object.amount}}` shows the currency that the field names. */
  #addCurrency(node: { params: hbs.AST.Expression[] }, scopes: Scopes, names: Names): void {
    const [amount, currency] = node.params
    if (currency !== undefined || amount?.type !== 'PathExpression') return
    const path = amount as hbs.AST.PathExpression
    const found = this.#path(path, scopes, names)
    const field = found?.field?.currencyField
    if (!field) return
    const parts = [...path.parts.slice(0, -1), field]
    const other = { ...path, parts, original: path.original.replace(/[^./]+$/, field) }
    node.params.push(other)
    this.#path(other, scopes, names, ['name'])
  }

  #value(node: hbs.AST.Expression, scopes: Scopes, names: Names, more: readonly string[] = []): void {
    if (node.type === 'PathExpression') this.#path(node as hbs.AST.PathExpression, scopes, names, more)
    else if (node.type === 'SubExpression') this.#call(node as hbs.AST.SubExpression, scopes, names)
  }

  #block(node: hbs.AST.BlockStatement, scopes: Scopes, names: Names): void {
    const name = node.path.original
    if (!BLOCKS.has(name)) throw this.#wrong(node, `There is no block '#${name}'.${likely(name, [...BLOCKS])}`)
    const [subject] = node.params
    if (!subject || node.params.length > 1) throw this.#wrong(node, `'#${name}' takes one value.`)
    if (name === 'if' || name === 'unless') {
      this.#value(subject, scopes, names)
      this.#parts(node, scopes, names)
      return
    }
    const inner = this.#scopeOf(subject, scopes, names, name === 'each')
    const bound: Names = node.program.blockParams?.[0] ? [...names, [node.program.blockParams[0], inner]] : names
    this.program(node.program, [inner, ...scopes], bound)
    if (node.inverse) this.program(node.inverse, scopes, names)
  }

  #parts(node: hbs.AST.BlockStatement, scopes: Scopes, names: Names): void {
    this.program(node.program, scopes, names)
    if (node.inverse) this.program(node.inverse, scopes, names)
  }

  #scopeOf(subject: hbs.AST.Expression, scopes: Scopes, names: Names, isEach: boolean): Scope {
    if (subject.type !== 'PathExpression') {
      this.#value(subject, scopes, names)
      return { kind: 'other' }
    }
    const found = this.#path(subject as hbs.AST.PathExpression, scopes, names)
    if (!found) return { kind: 'other' }
    if (isEach && found.field && found.field.type !== 'one2many' && found.field.type !== 'many2many') {
      throw this.#wrong(subject, `'${found.path.join('.')}' is no list.`)
    }
    return { kind: 'record', root: found.root, path: found.path, model: found.model }
  }

  /** What a path leads to; `undefined` when it is nothing of a record. It is noted as needed, with `more` behind it. */
  #path(node: hbs.AST.PathExpression, scopes: Scopes, names: Names, more: readonly string[] = []): Found | undefined {
    const parts = [...node.parts] as string[]
    if (node.data && parts[0] !== 'root') return undefined
    const isRooted = node.data || (node.depth === 0 && scopes[0].kind !== 'root' && ROOTS.includes(parts[0] ?? ''))
    if (isRooted) {
      if (node.data) parts.shift()
      Object.assign(node, { data: true, depth: 0, parts: ['root', ...parts], original: `@root.${parts.join('.')}` })
      return this.#fromRoot(node, parts, more)
    }
    const bound = node.depth === 0 ? names.findLast(([name]) => name === parts[0])?.[1] : undefined
    const scope = bound ?? scopes[Math.min(node.depth, scopes.length - 1)] ?? scopes[0]
    if (scope.kind === 'other') return undefined
    if (scope.kind === 'root') return this.#fromRoot(node, parts, more)
    return this.#resolve(node, scope.root, scope.path, scope.model, bound ? parts.slice(1) : parts, more)
  }

  #fromRoot(
    node: hbs.AST.PathExpression,
    [root, ...rest]: readonly string[],
    more: readonly string[],
  ): Found | undefined {
    if (root === 'ctx') return undefined
    if (root !== 'object' && root !== 'user') {
      throw this.#unknown(node, `There is no '${root ?? ''}': a text has object, user and ctx.`)
    }
    return this.#resolve(node, root, [], this.#models[root], rest, more)
  }

  #resolve(
    node: hbs.AST.PathExpression,
    root: Root,
    base: readonly string[],
    start: string,
    rest: readonly string[],
    more: readonly string[],
  ): Found {
    let model = start
    let field: FieldInfo | undefined
    const path = [...base]
    for (const [i, name] of rest.entries()) {
      const isLast = i === rest.length - 1
      const isList = field?.type === 'one2many' || field?.type === 'many2many'
      if (isList && isLast && name === 'length') break
      if (isList) throw this.#unknown(node, `'${path.join('.')}' is a list: write {{#each …}} around it.`)
      if (field && !field.comodel) throw this.#unknown(node, `'${path.join('.')}' has no fields.`)
      const { fields } = this.#env.registry.get(model)
      field = fields.get(name)
      if (!field) throw this.#unknown(node, `${model} has no field '${name}'.${likely(name, fields.keys())}`)
      path.push(name)
      if (field.comodel) model = field.comodel
    }
    const needed = field?.comodel || !field ? [...path, ...(more.length > 0 ? more : ['display_name'])] : path
    this.paths[root].add(needed.join('.'))
    return { root, path, model, field }
  }

  #wrong(node: { readonly loc: hbs.AST.SourceLocation }, problem: string): Error {
    const { line } = node.loc.start
    return new TEMPLATE_SYNTAX(this.#place, line, problem).with({ ...this.#place, line })
  }

  #unknown(node: hbs.AST.PathExpression, problem: string): Error {
    const { line } = node.loc.start
    return new TEMPLATE_FIELD(this.#place, line, node.original, problem).with({ ...this.#place, line })
  }
}

interface Found {
  readonly root: Root
  readonly path: readonly string[]
  /** The model of what the path leads to, or that it is a field of. */
  readonly model: string
  readonly field: FieldInfo | undefined
}

/** Understands `{{ a or b or c }}` as `{{or a b c}}`. */
function asHelper(node: hbs.AST.MustacheStatement): void {
  const [first] = node.params
  if (
    !isOr(first) ||
    node.path.type !== 'PathExpression' ||
    HELPER_NAMES.has(String((node.path as hbs.AST.PathExpression).original))
  )
    return
  const or = first as hbs.AST.PathExpression
  const values = node.params.filter((_param, i) => i % 2 === 1)
  if (values.length * 2 !== node.params.length || !node.params.every((param, i) => i % 2 === 1 || isOr(param))) return
  node.params = [node.path, ...values]
  node.path = or
}

function isOr(node: hbs.AST.Expression | undefined): boolean {
  return node?.type === 'PathExpression' && (node as hbs.AST.PathExpression).original === 'or'
}

function likely(wrong: string, known: Iterable<string>): string {
  const found = suggest(wrong, known)
  return found === undefined ? '' : ` Did you mean '${found}'?`
}
