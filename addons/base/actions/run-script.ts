import {
  callIn,
  evaluateLive,
  itemsOf,
  parseScript,
  Run,
  takesRecords,
  truthy,
  type Env,
  type Expression,
  type Node,
  type Statement,
  type Value,
} from '#core'
import { SCRIPT_JOB_UNKNOWN, SCRIPT_RAISED, SCRIPT_TOO_LONG } from './errors.ts'
import { isLooking, plain, ScriptRecords, ScriptSet } from './script-records.ts'
import { scriptScope, type Subject } from './script-scope.ts'

/** Statements that one script may carry out. */
const MAX_STATEMENTS = 20_000
/** Items that one loop may go over. */
const MAX_ITEMS = 100_000

/** What a loop does next. */
type Flow = 'on' | 'break' | 'continue'

/**
 * Carries out a script on records and gives what it answers: the dict that it calls `action`, else the dict that its
 * one expression makes, else nothing. It does what clients may do with the methods of models, with the user's rights.
 * @throws EXPR_…, SCRIPT_…, and what the methods throw, with the line of the script in `details`
 */
export async function runScript(env: Env, source: string, subject: Subject): Promise<Record<string, unknown> | null> {
  const statements = parseScript(source)
  const script = new Script(env, subject)
  const answer = await script.run(statements)
  return isAction(answer) ? answer : null
}

const isAction = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value of one expression, with ids in place of records. @throws EXPR_…, SCRIPT_… */
export async function scriptAnswer(env: Env, source: Expression, subject: Subject): Promise<unknown> {
  const records = new ScriptRecords(env)
  const scope = scriptScope(records, subject)
  return records.settled(() => plain(evaluateLive(source, scope, { zone: env.zone })))
}

/**
 * The values of one expression over each of the records, as a server action computes what it writes: record -> value.
 * The number of queries does not depend on how many records there are.
 * @throws EXPR_…, SCRIPT_…
 */
export async function scriptValues(
  env: Env,
  source: Expression,
  subject: Subject,
): Promise<ReadonlyMap<number, unknown>> {
  const records = new ScriptRecords(env)
  const values = new Map<number, unknown>()
  for (const id of subject.ids) {
    const scope = scriptScope(records, { ...subject, id })
    values.set(id, await records.settled(() => plain(evaluateLive(source, scope, { zone: env.zone }))))
  }
  return values
}

class Script {
  readonly #env: Env
  readonly #records: ScriptRecords
  readonly #scope: Record<string, unknown>
  readonly #subject: Subject
  #left = MAX_STATEMENTS
  #last: Value = null

  constructor(env: Env, subject: Subject) {
    this.#env = env
    this.#subject = subject
    this.#records = new ScriptRecords(env)
    this.#scope = scriptScope(this.#records, subject)
  }

  async run(statements: readonly Statement[]): Promise<unknown> {
    await this.#block(statements)
    const [only] = statements
    return plain(
      (this.#scope['action'] as Value | undefined) ??
        (statements.length === 1 && only?.kind === 'do' ? this.#last : null),
    )
  }

  async #block(statements: readonly Statement[]): Promise<Flow> {
    for (const statement of statements) {
      if (this.#left-- <= 0) throw new SCRIPT_TOO_LONG(MAX_STATEMENTS)
      const flow = await this.#statement(statement)
      if (flow !== 'on') return flow
    }
    return 'on'
  }

  async #statement(statement: Statement): Promise<Flow> {
    switch (statement.kind) {
      case 'assign':
        this.#scope[statement.name] = await this.#perform(statement.value)
        return 'on'
      case 'do':
        this.#last = await this.#perform(statement.value)
        return 'on'
      case 'raise':
        throw new SCRIPT_RAISED(String(plain(await this.#value(statement.value))))
      case 'if':
        for (const { test, body } of statement.branches) {
          if (test === undefined || truthy(await this.#value(test))) return this.#block(body)
        }
        return 'on'
      case 'for':
        return this.#loop(statement)
      case 'pass':
        return 'on'
      default:
        return statement.kind
    }
  }

  async #loop({ iterable, targets, body }: Statement & { readonly kind: 'for' }): Promise<Flow> {
    const items = itemsOf(await this.#value(iterable), new Run({}))
    if (items.length > MAX_ITEMS) throw new SCRIPT_TOO_LONG(MAX_STATEMENTS)
    for (const item of items) {
      this.#bind(targets, item)
      if ((await this.#block(body)) === 'break') break
    }
    return 'on'
  }

  #bind(targets: readonly string[], item: Value): void {
    const [first = ''] = targets
    if (targets.length === 1) {
      this.#scope[first] = item
      return
    }
    const parts = itemsOf(item, new Run({}))
    for (const [at, target] of targets.entries()) this.#scope[target] = parts[at] ?? null
  }

  #value(expression: Expression): Promise<Value> {
    return this.#records.settled(() => evaluateLive(expression, this.#scope, { zone: this.#env.zone }))
  }

  /** The value of a statement's expression. A call of a method on records is made; any other is only evaluated. */
  async #perform(expression: Expression): Promise<Value> {
    const { root, source } = expression
    if (root.kind !== 'call' || root.callee.kind !== 'attribute') return this.#value(expression)
    const part = (node: Node): Promise<Value> => this.#value({ source, root: node })
    const { name } = root.callee
    const target = await part(root.callee.of)
    if (!(target instanceof ScriptSet) || isLooking(name)) return this.#value(expression)
    const args: unknown[] = []
    for (const arg of root.args) args.push(plain(await part(arg)))
    const kwargs: Record<string, unknown> = {}
    for (const [key, value] of root.keywords) kwargs[key] = plain(await part(value))
    return this.#call(target, name, args, kwargs)
  }

  async #call(
    target: ScriptSet,
    method: string,
    args: readonly unknown[],
    kwargs: Readonly<Record<string, unknown>>,
  ): Promise<Value> {
    const { model, ids } = target
    if (this.#subject.isJob && method.startsWith('_cron')) return this.#job(target, method)
    const onRecords = takesRecords(this.#env.registry.get(model), method)
    const answer = await callIn(this.#env, { model, method, args: onRecords ? [[...ids], ...args] : args, kwargs })
    this.#records.forget()
    const made = method === 'create' || method === 'copy' ? [answer].flat() : undefined
    return made
      ? this.#records.set(
          model,
          made.filter((id) => typeof id === 'number'),
        )
      : (answer as Value) // JSON
  }

  /** What the scheduler alone may call: the methods that addons keep for it. */
  async #job({ model, ids }: ScriptSet, method: string): Promise<Value> {
    const records = this.#env.model(model, ids)
    const found: unknown = Reflect.get(records, method)
    if (typeof found !== 'function') throw new SCRIPT_JOB_UNKNOWN(model, method)
    const answer: unknown = await Reflect.apply(found, records, [])
    this.#records.forget()
    return typeof answer === 'object' && answer !== null && 'more' in answer ? { more: answer.more === true } : null
  }
}
