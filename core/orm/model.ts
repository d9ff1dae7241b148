import type { Env } from './env.ts'
import type { FieldName, FieldsOf, ModelName, Recs } from './models.ts'
import type { Data, FieldAt, Path, Paths, ValueOf } from './path.ts'
import type { RecordSet } from './record-set.ts'
import type {
  CallableStatement,
  ComputeStatement,
  ConstraintStatement,
  InverseStatement,
  OnchangeAnswer,
  RecomputedStatement,
  OnchangeStatement,
  OndeleteStatement,
  RelatedStatement,
  SearchStatement,
} from './statements.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- a mixin constructor must take any[]
export type Ctor<T> = new (...args: any[]) => T

/** What is said about a model as a whole. */
export interface Spec<I extends readonly Abstract<unknown>[] = readonly Abstract<unknown>[]> {
  readonly description?: string
  /** Abstract models whose methods this model gets; its field class extends theirs. */
  readonly inherit?: I
  /** `'date desc, id desc'`; by default `'id'`. */
  readonly order?: string
  /** The field that names a record; by default `name` or `x_name`. */
  readonly recName?: string
  readonly recNamesSearch?: readonly string[]
  /** The many2one that makes a tree; by default `parent_id`. */
  readonly parentName?: string
  /** Whether `parent_path` is kept for the tree. */
  readonly parentStore?: boolean
  /** Comodel -> many2one: the model has the other's fields too, kept there (`_inherits`). */
  readonly delegate?: Readonly<Record<string, string>>
  /**
   * A model whose records are numbered together with those of this one: each record is created with a record of that
   * model, from the fields that both have, and has its id.
   */
  readonly idFrom?: string
  /** Records that are deleted by themselves after some hours (wizards). */
  readonly transient?: boolean
  /** Whether who and when are kept; by default yes. */
  readonly logAccess?: boolean
  readonly table?: string
  /** The name, or names, that the model had in earlier versions: its table and what is recorded of it are renamed. */
  readonly renamedFrom?: string | readonly string[]
  /** The query behind a model that only reads (reports). */
  readonly view?: (dialect: 'sqlite' | 'postgres') => string
  /** Constraints of the table: name -> [definition, message]. */
  readonly sqlConstraints?: Readonly<Record<string, readonly [definition: string, message: string]>>
  /** Indexes beside those of fields: name -> columns or expressions, optionally with a WHERE. */
  readonly indexes?: Readonly<Record<string, string>>
}

type ValueAt<N extends ModelName, K extends FieldName<N>> = ValueOf<FieldsOf<N>[K]>
type MethodName<R> = { [K in keyof R]: R[K] extends (...args: never[]) => unknown ? K : never }[keyof R] & string

export interface CallableOptions {
  /** `records` (by default): clients pass ids first. `model`: they do not. */
  readonly on?: 'records' | 'model'
  /** Whether it only reads: it may then run on a read connection. */
  readonly readonly?: boolean
  /** Parameters in order: name -> JSON schema. */
  readonly params?: Readonly<Record<string, object>>
  /** Whether the method takes its arguments as one object, for methods with many that may be left out. */
  readonly named?: boolean
}

/** One layer of a model: its declaration, or an addon's extension of it. Plain data until a registry is built. */
export class ModelDef<N extends ModelName, R> {
  readonly name: N
  readonly fields: new () => object
  readonly spec: Spec
  readonly mixin: (Base: never) => Ctor<R>
  readonly kind: 'model' | 'abstract' | 'extension'
  readonly computes: ComputeStatement[] = []
  readonly relateds: RelatedStatement[] = []
  readonly inverses: InverseStatement[] = []
  readonly searches: SearchStatement[] = []
  readonly constraints: ConstraintStatement[] = []
  readonly onchanges: OnchangeStatement[] = []
  readonly ondeletes: OndeleteStatement[] = []
  readonly recomputeds: RecomputedStatement[] = []
  readonly callables: CallableStatement[] = []
  readonly defaults: { field: string; value: unknown }[] = []
  readonly selections: { field: string; labels: Readonly<Record<string, string>> }[] = []
  readonly changes: { field: string; options: Readonly<Record<string, unknown>> }[] = []

  constructor(
    name: N,
    fields: new () => object,
    spec: Spec,
    mixin: (Base: never) => Ctor<R>,
    kind: 'model' | 'abstract' | 'extension',
  ) {
    this.name = name
    this.fields = fields
    this.spec = spec
    this.mixin = mixin
    this.kind = kind
  }

  /** Declares how a field is computed: a pure function of the paths it depends on. `base` is the layer below. */
  compute<K extends FieldName<N>, const P extends readonly string[]>(
    field: K,
    depends: Paths<N, P>,
    run: (record: Data<N, P[number]>, base: () => ValueAt<N, K>) => ValueAt<N, K>,
  ): this {
    this.computes.push({ field, depends, run: run as never, addon: '' })
    return this
  }

  /**
   * For values that need a search: gets the data of all records at once, saved or not, and answers id -> value with a
   * number of queries that does not grow with them. `base` holds what the layers below computed,
   * `model` names the model, which matters to abstract ones.
   */
  computeBatch<K extends FieldName<N>, const P extends readonly string[]>(
    field: K,
    depends: Paths<N, P>,
    run: (
      records: readonly Data<N, P[number]>[],
      env: Env,
      base: ReadonlyMap<number, ValueAt<N, K>>,
      model: string,
    ) => Promise<ReadonlyMap<number, ValueAt<N, K>>>,
  ): this {
    this.computes.push({ field, depends, runBatch: run as never, addon: '' })
    return this
  }

  /** A field that mirrors the end of a path; both must be of one type. Unless `readonly`, writing it writes there. */
  related<K extends FieldName<N>, const P extends string>(
    field: K,
    path: P extends Path<N, P>
      ? FieldAt<N, P> extends FieldsOf<N>[K]
        ? P
        : `${K} and ${P} differ in type`
      : Path<N, P>,
  ): this {
    this.relateds.push({ field, path: path as string })
    return this
  }

  /** Brings values written to a computed field (id -> value) to where they come from. */
  inverse<K extends FieldName<N>>(
    field: K,
    run: (values: ReadonlyMap<number, ValueAt<N, K>>, env: Env, model: string) => Promise<void>,
  ): this {
    this.inverses.push({ field, run: run as never })
    return this
  }

  /** Makes a field without a column searchable: answers a domain on fields that have one. */
  search<K extends FieldName<N>>(
    field: K,
    run: (operator: string, operand: unknown, env: Env) => readonly unknown[] | Promise<readonly unknown[]>,
  ): this {
    this.searches.push({ field, run })
    return this
  }

  /** A rule that every saved record obeys: a pure function that says what is wrong, or nothing. */
  constrain<const P extends readonly string[]>(
    paths: Paths<N, P>,
    check: (record: Data<N, P[number]>) => string | undefined | null | false,
  ): this {
    this.constraints.push({ paths, check: check as never })
    return this
  }

  /** A rule that needs a search, for all changed records at once. */
  constrainBatch<const P extends readonly string[]>(
    paths: Paths<N, P>,
    check: (records: readonly Data<N, P[number]>[], env: Env) => Promise<string | undefined | null | false>,
  ): this {
    this.constraints.push({ paths, checkBatch: check as never })
    return this
  }

  /** What a form fills in or warns of when a person changes one of `fields`; `depends` is what the function reads. */
  onchange<const F extends readonly FieldName<N>[], const P extends readonly string[]>(
    fields: F,
    depends: Paths<N, P>,
    run: (
      draft: Data<N, P[number]>,
      env: Env,
    ) => OnchangeAnswer | undefined | void | Promise<OnchangeAnswer | undefined | void>,
  ): this {
    this.onchanges.push({ fields, depends, run: run as never })
    return this
  }

  /** Runs before records are deleted: throws to refuse, or cleans up what no foreign key reaches. */
  ondelete(run: (records: Recs<N>, env: Env) => Promise<void>): this {
    const name = this.name
    this.ondeletes.push({ run: (env, ids) => run(env.browse(name, ids), env) })
    return this
  }

  /** Is told of stored values that were recomputed: the ids and what they were before. It cannot wait. */
  recomputed(run: (env: Env, model: string, field: string, before: ReadonlyMap<number, unknown>) => void): this {
    this.recomputeds.push({ run })
    return this
  }

  /** The default of a field, where it needs the environment or comes from an extension. */
  default<K extends FieldName<N>>(
    field: K,
    value: ValueAt<N, K> | ((env: Env) => ValueAt<N, K> | Promise<ValueAt<N, K>>),
  ): this {
    this.defaults.push({ field, value })
    return this
  }

  /** Adds values to a selection whose type is an open interface. */
  addSelection<K extends FieldName<N>>(field: K, labels: { readonly [S in ValueAt<N, K> & string]?: string }): this {
    this.selections.push({ field, labels: labels as Record<string, string> })
    return this
  }

  /** Changes options of a field that a lower layer declared (required, string, groups, copy …). */
  change<K extends FieldName<N>>(field: K, options: Readonly<Record<string, unknown>>): this {
    this.changes.push({ field, options })
    return this
  }

  /** Lets clients call a method over RPC. */
  callable<K extends MethodName<R>>(method: K, options: CallableOptions = {}): this {
    this.callables.push({
      method,
      on: options.on ?? 'records',
      readonly: options.readonly ?? false,
      params: options.params ?? {},
      named: options.named ?? false,
    })
    return this
  }

  /** A view of this layer and another one of the same model, for an addon that depends on both. */
  and<R2>(_other: ModelDef<N, R2>): ModelDef<N, R & R2> {
    return this as never
  }

  /** Another layer on top of this one. */
  extend<C extends Ctor<R>, const I extends readonly Abstract<unknown>[] = []>(
    fields: new () => object,
    mixin: (Base: Ctor<R & Inherited<I>>) => C,
    spec: Spec<I> = {},
  ): ModelDef<N, InstanceType<C>> {
    return new ModelDef(this.name, fields, spec as Spec, mixin as never, 'extension')
  }
}

/** An abstract model: `M` is the interface of its methods, which every model that inherits it gets. */
export class Abstract<M> {
  declare readonly '~methods': M
  readonly def: ModelDef<ModelName, unknown>
  constructor(def: ModelDef<ModelName, unknown>) {
    this.def = def
  }
}

/** Declares an abstract model whose methods are stated as an interface `M` (see docs/decisions). */
export function abstractModel<M>() {
  return <N extends ModelName, C extends Ctor<Partial<M>>>(
    name: N,
    fields: new () => object,
    mixin: (Base: Ctor<RecordSet<N>>) => C,
    spec: Spec = {},
  ): { readonly def: ModelDef<N, InstanceType<C>> } & Abstract<M> =>
    new Abstract(new ModelDef(name, fields, spec, mixin as never, 'abstract') as never) as never
}

type Inherited<I> = I extends readonly [Abstract<infer M>, ...infer Rest] ? M & Inherited<Rest> : unknown

/** Declares a model: its name, field class, what is said about it, and its methods as a mixin. */
export function model<N extends ModelName, const I extends readonly Abstract<unknown>[], C extends Ctor<object>>(
  name: N,
  fields: new () => object,
  spec: Spec<I>,
  mixin: (Base: Ctor<RecordSet<N> & Inherited<I>>) => C,
): ModelDef<N, InstanceType<C>> {
  return new ModelDef(name, fields, spec as Spec, mixin as never, 'model') as never
}

/** The record-set class that a definition declares; addons merge it into the model's interface. */
export type RecordsOf<D> = D extends ModelDef<infer _, infer R> ? R : never

/** A definition of which only the run-time data matters. */
export type AnyModelDef = ModelDef<ModelName, unknown>
