/* All that an addon may import. */
export { ComptoirError, defineError } from './errors.ts'

// models
export { field } from './fields/builders.ts'
export type { Field, Json, ToMany, ToOne } from './fields/field.ts'
export { abstractModel, model, type Ctor, type ModelDef, type RecordsOf } from './orm/model.ts'
export { RecordSet, type AnyRecordSet } from './orm/record-set.ts'
export type { AutomaticFields, Context, FieldName, ModelName, Models, Recs } from './orm/models.ts'
export type { Command, Data, Domain, Loaded, Paths, Values } from './orm/path.ts'
export type { Loose, Operation, SearchOptions } from './orm/operations.ts'
export type { CacheSubject } from './orm/process-caches.ts'
export type { Env, UserFacts } from './orm/env.ts'
export type { Caller, Calls } from './orm/calls.ts'
export type { OnchangeAnswer } from './orm/statements.ts'
export { undoneOnError } from './orm/attempt.ts'
export { saysMore, type JobAnswer } from './jobs/answer.ts'
export type { ModelInfo } from './orm/model-info.ts'
export type { FieldInfo } from './fields/info.ts'
export type { Transaction } from './orm/transaction.ts'
export { RECORD_MISSING } from './orm/errors.ts'
// addons
export { addonFolder } from './addons/folders.ts'
export type { Manifest } from './addons/manifest.ts'
export type { Hooks } from './addons/hooks.ts'
export type { Migration } from './addons/migrations.ts'
export type { Tables } from './addons/tables.ts'
export type { AddonChange, AddonService, ChangePlan, Losses, ShelfAddon } from './orm/addon-service.ts'

// SQL, where the record API does not reach
export { ident, join, raw, sql, type Sql } from './sql/fragment.ts'

// rights and secrets
export { hashPassword, verifyPassword } from './security/password.ts'
export { KEY_INDEX_LENGTH } from './security/credentials.ts'
export { mayUseField, NOBODY } from './security/access.ts'
export { explainAccess } from './security/explain.ts'
export type { AccessExplanation } from './security/explain-types.ts'
export { ruleScope } from './security/rule-scope.ts'
export { ruleDomain } from './security/rules.ts'
export { inGroups, SUPERUSER_ID } from './security/users.ts'

// expressions
export { evaluate, evaluateLive } from './expr/evaluate.ts'
export { dayValue, Moment } from './expr/moments.ts'
export type { Node } from './expr/nodes.ts'
export type { Expression } from './expr/parse.ts'
export { parse } from './expr/parse.ts'
export { Run } from './expr/run.ts'
export { parseScript, type Statement } from './expr/script.ts'
export { suggest } from './expr/suggest.ts'
export { callable, itemsOf, truthy, type ExprObject, type Scope, type Value } from './expr/values.ts'

// the wire, for methods that answer what a client would read
export { callIn, takesRecords } from './wire/dispatch.ts'

// views
export { checkViews } from './arch/check-views.ts'
export { deferViews } from './arch/deferred.ts'
export { refuseRoot, typeOfArch } from './arch/roots.ts'
export { VIEW_TYPES } from './arch/source.ts'

// translations
export { catalog } from './i18n/catalog.ts'
export { choicesOf } from './orm/transfer/choices.ts'
export { loadLanguage, type LoadLanguageOptions } from './i18n/load-language.ts'
export { textIn } from './i18n/text-in.ts'

// pure tools
export { avatarOf, resizeImage } from './tools/image.ts'
export { isActiveMimetype, mimetypeOf } from './tools/mimetype.ts'
export {
  addTo,
  daysInMonth,
  formatDate,
  formatDatetime,
  fromZone,
  isDate,
  parseDate,
  parseDatetime,
  startOf,
  today,
  toZone,
} from './tools/dates.ts'
export { compare, isZero, roundTo } from './tools/decimal.ts'
export { chunk, groupBy, indexBy, sumBy, unique } from './tools/iter.ts'
export { escapeHtml, htmlToText, sanitizeHtml } from './tools/html.ts'
export { pdfOf, type Paper } from './tools/pdf/pdf.ts'
export { isZone } from './tools/zones.ts'
