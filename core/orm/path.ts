import type { Field, ToMany, ToOne } from '../fields/field.ts'
import type { FieldName, FieldsOf, ModelName, Recs } from './models.ts'

/** The value of a field as JavaScript holds it. */
export type ValueOf<F> = F extends Field<infer V> ? V : never

type Comodel<F> = F extends { comodel: infer M extends ModelName } ? M : never

/**
 * Checks one dotted path, segment by segment. For a wrong segment it evaluates to the right
 * ones, which is what the editor then offers.
 */
export type Path<N extends ModelName, P> = P extends `${infer H}.${infer T}`
  ? H extends FieldName<N>
    ? [Comodel<FieldsOf<N>[H]>] extends [never]
      ? FieldName<N>
      : `${H}.${Path<Comodel<FieldsOf<N>[H]>, T>}`
    : FieldName<N>
  : FieldName<N> | '*'

/** The field at the end of a path. */
export type FieldAt<N extends ModelName, P> = P extends `${infer H}.${infer T}`
  ? H extends FieldName<N>
    ? FieldAt<Comodel<FieldsOf<N>[H]>, T>
    : never
  : P extends FieldName<N>
    ? FieldsOf<N>[P]
    : never

type Checked<N extends ModelName, P> = { readonly [I in keyof P]: Path<N, P[I]> }
/** `P` itself when every path of it exists; otherwise what should stand there, so that the error names it. */
export type Paths<N extends ModelName, P extends readonly string[]> = P extends Checked<N, P> ? P : Checked<N, P>

type Head<P> = P extends `${infer H}.${string}` ? H : P
type Tail<P, H extends string> = P extends `${H}.${infer T}` ? T : never
type Scalar<N extends ModelName> = {
  [K in FieldName<N>]: FieldsOf<N>[K] extends ToMany<never> ? never : K
}[FieldName<N>]
type Names<N extends ModelName, P> = Extract<Head<P>, FieldName<N>> | ('*' extends P ? Scalar<N> : never)

type Read<F, P extends string> =
  F extends ToOne<infer M, infer Null>
    ? ([P] extends [never] ? Recs<M> & { readonly id: number } : Loaded<M, P>) | Null
    : F extends ToMany<infer M>
      ? [P] extends [never]
        ? Recs<M>
        : readonly Loaded<M, P>[]
      : ValueOf<F>

/** What the paths `P` of a record of model `N` read as: plain data, nothing else is reachable. */
export type Data<N extends ModelName, P extends string> = { readonly id: number } & PickData<
  FieldsOf<N>,
  Names<N, P>,
  P
>
type PickData<F, K extends keyof F, P> = { readonly [X in K]: ReadData<F[X], Tail<P, X & string>> }
type ReadData<F, P extends string> =
  F extends ToOne<infer M, infer Null>
    ? Data<M, P> | Null
    : F extends ToMany<infer M>
      ? readonly Data<M, P>[]
      : ValueOf<F>

/** A record of which the paths `P` are in the cache: its methods, and those fields. */
export type Loaded<N extends ModelName, P extends string> = Recs<N> & { readonly id: number } & PickRead<
    FieldsOf<N>,
    Names<N, P>,
    P
  >
type PickRead<F, K extends keyof F, P> = { readonly [X in K]: Read<F[X], Tail<P, X & string>> }

export type Command<M extends ModelName> =
  | { create: Values<M> }
  | { update: readonly [number, Values<M>] }
  | { delete: number }
  | { unlink: number }
  | { link: number }
  | { clear: true }
  | { set: readonly number[] }

type WriteValue<F> =
  F extends ToOne<infer M, infer Null>
    ? number | Recs<M> | Null
    : F extends ToMany<infer M>
      ? readonly Command<M>[]
      : ValueOf<F>

/** Values for `create` and `write`. */
export type Values<N extends ModelName> = { readonly [K in keyof FieldsOf<N>]?: WriteValue<FieldsOf<N>[K]> }

type Scalarish<F> = F extends ToMany<infer _> ? number : ValueOf<F> | null
type ValueAt<N extends ModelName, P> = P extends `${infer H}.${infer T}`
  ? H extends FieldName<N>
    ? ValueAt<Comodel<FieldsOf<N>[H]>, T>
    : never
  : P extends FieldName<N>
    ? Scalarish<FieldsOf<N>[P]>
    : never

type Equality = '=' | '!=' | '=?'
type Order = '<' | '<=' | '>' | '>='
type Like = 'like' | 'ilike' | 'not like' | 'not ilike' | '=like' | '=ilike'
type Tree = 'child_of' | 'parent_of'
type Membership = 'in' | 'not in'
type Any = 'any' | 'not any'
export type Operator = Equality | Order | Like | Membership | Tree | Any

type Operand<V, O> = [V] extends [never]
  ? unknown
  : O extends Membership
    ? readonly V[]
    : O extends Like
      ? string
      : O extends Tree
        ? number | readonly number[]
        : O extends Any
          ? readonly unknown[]
          : V

type Leaf<N extends ModelName, L> = L extends readonly [infer P, infer O, unknown]
  ? readonly [Path<N, P>, Operator, Operand<ValueAt<N, P>, O>]
  : L extends '&' | '|' | '!'
    ? L
    : readonly [FieldName<N>, Operator, unknown] | '&' | '|' | '!'

/** A search domain of which every path, operator and operand is checked. */
export type Domain<N extends ModelName, D extends readonly unknown[]> = D extends Leaves<N, D> ? D : Leaves<N, D>
type Leaves<N extends ModelName, D> = { readonly [I in keyof D]: Leaf<N, D[I]> }
