import type { FieldName, ModelName } from '../orm/models.ts'
import type {
  BinaryOptions,
  Field,
  FieldType,
  HtmlOptions,
  Json,
  ManyToManyOptions,
  ManyToOneOptions,
  ManyToOneReferenceOptions,
  MonetaryOptions,
  NumberOptions,
  OneToManyOptions,
  Options,
  PropertiesOptions,
  ReferenceOptions,
  SelectionOptions,
  TextOptions,
  ToMany,
  ToOne,
} from './field.ts'
import type { Env } from '../orm/env.ts'

type Required = { required: true }
type Nullable<O> = O extends Required ? never : null

const make = (type: FieldType, options: object = {}, rest: object = {}): never => ({ type, options, ...rest }) as never

/** Definitions of fields: `name = field.char({ required: true })` in a model's field class. */
export const field = {
  /** One line of text. */
  char: <const O extends TextOptions>(o?: O): Field<string | Nullable<O>> => make('char', o),
  /** Text of several lines. */
  text: <const O extends TextOptions>(o?: O): Field<string | Nullable<O>> => make('text', o),
  /** Rich text, sanitized when stored. */
  html: <const O extends HtmlOptions>(o?: O): Field<string | Nullable<O>> => make('html', o),
  /** A whole number of 32 bits; unset reads as 0. */
  integer: (o?: Options<number>): Field<number> => make('integer', o),
  /** A number, rounded to `digits` if given; unset reads as 0. */
  float: (o?: NumberOptions): Field<number> => make('float', o),
  /** An amount in the currency of `currencyField`, rounded as that currency is; unset reads as 0. */
  monetary: (o?: MonetaryOptions): Field<number> => make('monetary', o),
  boolean: (o?: Options<boolean>): Field<boolean> => make('boolean', o),
  /** A calendar day: text `YYYY-MM-DD`, which has no time zone. */
  date: <const O extends Options<string>>(o?: O): Field<string | Nullable<O>> => make('date', o),
  /** An instant, to the second. */
  datetime: <const O extends Options<Date>>(o?: O): Field<Date | Nullable<O>> => make('datetime', o),
  /** `S` is inferred from the labels, or given as `keyof SomeStates` so that addons can add to it. */
  selection: <S extends string, const O extends SelectionOptions<S> = SelectionOptions<S>>(
    labels: { readonly [K in S]?: string },
    o?: O,
  ): Field<S | Nullable<O>> => make('selection', o, { labels }),
  /** A selection whose values are known only at run time. */
  dynamicSelection: <const O extends Options<string>>(
    labels: (env: Env) => Promise<Readonly<Record<string, string>>>,
    o?: O,
  ): Field<string | Nullable<O>> => make('selection', o, { labels }),
  /** A file's content, kept as an attachment. */
  binary: <const O extends BinaryOptions>(o?: O): Field<Uint8Array | Nullable<O>> => make('binary', o),
  /** Any JSON. */
  json: <const O extends Options<Json>>(o?: O): Field<Json | Nullable<O>> => make('json', o),
  /** `'model,id'`: a record of one of several models. */
  reference: <const O extends ReferenceOptions>(o?: O): Field<string | Nullable<O>> => make('reference', o),
  /** The id of a record whose model another field names. */
  many2oneReference: (o: ManyToOneReferenceOptions): Field<number | null> => make('many2one_reference', o),
  /** Values of properties that the record's parent defines. */
  properties: (o: PropertiesOptions): Field<Readonly<Record<string, Json>>> => make('properties', o),
  /** The definitions that children's `properties` follow. */
  propertiesDefinition: (o?: Options<readonly Json[]>): Field<readonly Json[]> => make('properties_definition', o),
  many2one: <M extends ModelName, const O extends ManyToOneOptions>(comodel: M, o?: O): ToOne<M, Nullable<O>> =>
    make('many2one', o, { comodel }),
  one2many: <M extends ModelName>(comodel: M, inverse: FieldName<M>, o?: OneToManyOptions): ToMany<M> =>
    make('one2many', o, { comodel, inverse }),
  many2many: <M extends ModelName>(comodel: M, o?: ManyToManyOptions): ToMany<M> => make('many2many', o, { comodel }),
}
