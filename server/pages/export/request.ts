import { checkContext } from '../../../core/wire/context.ts'
import type { Context } from '../../../core/orm/models.ts'
import { PARAMS_INVALID } from '../../errors.ts'
import { validator } from '../../validate.ts'

/** What is exported, as clients of `/web/export/csv` and `/web/export/xlsx` say it. */
export interface ExportRequest {
  readonly model: string
  readonly columns: readonly { readonly path: string; readonly label: string }[]
  /** `null` for all records of the domain. */
  readonly ids: readonly number[] | null
  readonly domain: readonly unknown[]
  readonly order: string | null
  readonly groupBy: readonly string[]
  readonly context: Context
  /** Whether the file is to be imported again: its header then has names instead of labels. */
  readonly isCompatible: boolean
}

interface Data {
  readonly model: string
  readonly fields: readonly { readonly name: string; readonly label?: string }[]
  readonly ids?: readonly number[] | false | null
  readonly domain?: readonly unknown[] | false | null
  readonly groupby?: readonly string[] | string | false | null
  readonly order?: string | false | null
  readonly context?: Record<string, unknown> | null
  readonly import_compat?: boolean
}

const orNothing = (schema: object): object => ({ anyOf: [schema, { enum: [false, null] }] })

const dataOf = validator<Data>(
  {
    type: 'object',
    required: ['model', 'fields'],
    properties: {
      model: { type: 'string' },
      fields: {
        type: 'array',
        minItems: 1,
        maxItems: 500,
        items: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string', minLength: 1, maxLength: 300 }, label: { type: 'string' } },
        },
      },
      ids: orNothing({ type: 'array', items: { type: 'integer' } }),
      domain: orNothing({ type: 'array' }),
      groupby: orNothing({ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }),
      order: orNothing({ type: 'string' }),
      context: { type: ['object', 'null'] },
      import_compat: { type: 'boolean' },
    },
  },
  'data',
  PARAMS_INVALID,
)

/** Reads the parameter `data`. @throws PARAMS_INVALID, CONTEXT_WRONG */
export function readExportRequest(text: unknown): ExportRequest {
  const data = dataOf(parsed(text))
  const { model, fields, ids, domain, groupby, order, context, import_compat: isCompatible = true } = data
  return {
    model,
    columns: fields.map(({ name, label }) => ({ path: name, label: isCompatible ? name : (label ?? name) })),
    ids: ids || null,
    domain: domain || [],
    order: order || null,
    groupBy: isCompatible ? [] : [groupby || []].flat(),
    context: { ...checkContext(context), import_compat: isCompatible } as Context,
    isCompatible,
  }
}

function parsed(text: unknown): unknown {
  if (typeof text !== 'string') throw new PARAMS_INVALID('data is missing')
  try {
    return JSON.parse(text)
  } catch {
    throw new PARAMS_INVALID('data is not JSON')
  }
}
