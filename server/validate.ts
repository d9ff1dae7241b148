import { Ajv, type ErrorObject } from 'ajv'
import type { ErrorType } from '../core/errors.ts'

/** A schema of JSON Schema draft 7. */
export type Schema = Readonly<Record<string, unknown>>

const ajv = new Ajv({ strict: true, strictTuples: false, allowUnionTypes: true })

function describe([error]: readonly ErrorObject[], subject: string): string {
  if (!error) return `${subject} is not valid`
  const where = `${subject}${error.instancePath.replaceAll('/', '.').slice(0, 100)}`
  const params = error.params as Readonly<Record<string, unknown>> // Ajv documents a shape per keyword; only two are read
  if (error.keyword === 'additionalProperties')
    return `${where} has an unknown key '${String(params['additionalProperty']).slice(0, 100)}'`
  if (error.keyword === 'enum')
    return `${where} must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`
  return `${where} ${error.message ?? 'is not valid'}`
}

/**
 * Compiles a schema once and gives the function that checks values against it: `subject` is what messages call the
 * value, `Refusal` the error thrown with a sentence that names the first problem. Values are never changed.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the schema proves T, which no argument can show
export function validator<T>(
  schema: Schema,
  subject: string,
  Refusal: ErrorType<[problem: string]>,
): (value: unknown) => T {
  const validate = ajv.compile(schema)
  return (value) => {
    if (!validate(value)) throw new Refusal(describe(validate.errors ?? [], subject))
    return value as T // the schema is the proof
  }
}
