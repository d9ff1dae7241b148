import type { FieldInfo } from '../../fields/info.ts'
import type { Env } from '../../orm/env.ts'
import type { ModelInfo } from '../../orm/model-info.ts'
import { hasModelAccess, mayUseField } from '../../security/access.ts'
import type { AnswerShape, Params } from '../method.ts'
import { wireMethods } from '../methods/index.ts'
import { readSchema, type Schema, writeSchema } from './fields.ts'

/** What every description of the interface says beside its models: errors by status, and how callers name themselves. */
export interface DocumentFrame {
  readonly title: string
  readonly version: string
  /** The path that those of the methods follow. */
  readonly base: string
  /** HTTP status -> what it says. */
  readonly refusals: Readonly<Record<number, string>>
}

interface Method {
  readonly on: 'records' | 'model'
  readonly params: Params
  readonly answers: AnswerShape
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const list = (items: Schema): Schema => ({ type: 'array', items })
const IDS = list({ type: 'integer' })
const PAIR: Schema = { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'string' }], minItems: 2, maxItems: 2 }
const GROUPS = list({ type: 'object' })

function answerSchema(shape: AnswerShape, model: string): Schema {
  switch (shape) {
    case 'records':
      return list(ref(model))
    case 'page':
      return {
        type: 'object',
        required: ['length', 'records'],
        properties: { length: { type: 'integer' }, records: list(ref(model)) },
      }
    case 'values':
      return { type: 'object' }
    case 'groups':
      return GROUPS
    case 'grouped':
      return {
        type: 'object',
        required: ['length', 'groups'],
        properties: { length: { type: 'integer' }, groups: GROUPS },
      }
    case 'onchange':
      return { type: 'object', properties: { value: { type: 'object' }, warning: { type: 'object' } } }
    case 'metadata':
      return list({ type: 'object' })
    case 'pairs':
      return list(PAIR)
    case 'pair':
      return { anyOf: [PAIR, { type: 'boolean' }] }
    case 'ids':
      return IDS
    case 'idOrIds':
      return { anyOf: [{ type: 'integer' }, IDS] }
    case 'fields':
      return { type: 'object', additionalProperties: { type: 'object' } }
    case 'count':
      return { type: 'integer' }
    case 'flag':
      return { type: 'boolean' }
    case 'any':
      return {}
  }
}

/** Arguments that hold values of the model's fields, and how. */
const VALUES: Readonly<Record<string, (values: Schema) => Schema>> = {
  vals: (values) => values,
  vals_list: (values) => ({ anyOf: [values, list(values)] }),
}

function requestSchema({ on, params }: Method, model: string): Schema {
  const properties: Record<string, Schema> = {}
  if (on === 'records') properties['ids'] = IDS
  for (const [name, schema] of Object.entries(params))
    properties[name] = VALUES[name]?.(ref(`${model}.values`)) ?? (schema as Schema)
  properties['context'] = ref('Context')
  const required = Object.entries(params).flatMap(([name, schema]) => ('default' in schema ? [] : [name]))
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
}

function operation(model: string, name: string, method: Method, statuses: readonly string[]): Schema {
  return {
    tags: [model],
    operationId: `${model}.${name}`.replaceAll('.', '_'),
    requestBody: {
      required: Object.values(method.params).some((schema) => !('default' in schema)),
      content: { 'application/json': { schema: requestSchema(method, model) } },
    },
    responses: {
      200: {
        description: 'What the method answers.',
        content: { 'application/json': { schema: answerSchema(method.answers, model) } },
      },
      ...Object.fromEntries(statuses.map((status) => [status, { $ref: `#/components/responses/${status}` }])),
    },
  }
}

function methodsOf(info: ModelInfo): Map<string, Method> {
  const methods = new Map<string, Method>(Object.entries(wireMethods))
  for (const [name, { on, params }] of info.callables)
    if (!name.startsWith('_')) methods.set(name, { on, params, answers: 'any' })
  return methods
}

function modelSchemas(info: ModelInfo, fields: readonly FieldInfo[]): Record<string, Schema> {
  const written = fields.filter((field) => field.name !== 'id')
  return {
    [info.name]: {
      type: 'object',
      description: info.description,
      properties: {
        ...Object.fromEntries(fields.map((field) => [field.name, readSchema(field)])),
        id: { type: 'integer' },
      },
    },
    [`${info.name}.values`]: {
      type: 'object',
      properties: Object.fromEntries(written.map((field) => [field.name, writeSchema(field)])),
    },
  }
}

const COMMAND: Schema = {
  description:
    '[0, 0, values] create, [1, id, values] change, [2, id, 0] delete, [3, id, 0] take out, [4, id, 0] add, [5, 0, 0] empty, [6, 0, ids] set.',
  anyOf: [
    { type: 'array', prefixItems: [{ enum: [0, 1, 2, 3, 4, 5, 6] }], minItems: 1, maxItems: 3 },
    { type: 'integer' },
  ],
}
const CONTEXT: Schema = {
  type: ['object', 'null'],
  properties: {
    lang: { type: 'string' },
    tz: { type: 'string' },
    active_test: { type: 'boolean' },
    allowed_company_ids: IDS,
    with_version: { type: 'boolean' },
  },
}
const ERROR: Schema = {
  type: 'object',
  required: ['name', 'message', 'arguments', 'context', 'debug', 'code'],
  properties: {
    name: { type: 'string', description: 'The exception, as clients written for Odoo know it.' },
    message: { type: 'string' },
    arguments: { type: 'array' },
    context: { type: 'object' },
    debug: { type: 'string' },
    code: { type: 'string', description: 'What a program should compare.' },
    hint: { type: 'string' },
    model: { type: 'string' },
    field: { type: 'string' },
    ids: IDS,
  },
}

/** The OpenAPI 3.1 document of what the user of the environment can call: readable models, their methods, visible fields. */
export async function openApiDocument(env: Env, { title, version, base, refusals }: DocumentFrame): Promise<Schema> {
  const statuses = Object.keys(refusals)
  const paths: Record<string, Schema> = {}
  const schemas: Record<string, Schema> = { Command: COMMAND, Context: CONTEXT, Error: ERROR }
  const tags: Schema[] = []
  for (const info of [...env.registry.models()].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!(await hasModelAccess(env, info, 'read'))) continue
    Object.assign(
      schemas,
      modelSchemas(
        info,
        [...info.fields.values()].filter((field) => mayUseField(env, field)),
      ),
    )
    tags.push({ name: info.name, description: info.description })
    for (const [name, method] of methodsOf(info))
      paths[`${base}/${info.name}/${name}`] = { post: operation(info.name, name, method, statuses) }
  }
  const responses = Object.fromEntries(
    Object.entries(refusals).map(([status, description]) => [
      status,
      { description, content: { 'application/json': { schema: ref('Error') } } },
    ]),
  )
  return {
    openapi: '3.1.0',
    info: { title, version },
    tags,
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas,
      responses,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'session_id' },
      },
    },
  }
}
