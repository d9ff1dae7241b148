import { given, schemas, type WireMethod } from '../method.ts'
import { specified } from '../specification.ts'

const operator = { type: 'string', default: 'ilike' }
const name = { anyOf: [{ type: 'string' }, { enum: [false, null] }], default: '' }
const limit = { ...schemas.limit, default: 100 }

export const naming: Readonly<Record<string, WireMethod>> = {
  name_search: {
    on: 'model',
    readonly: true,
    params: { name, args: schemas.domain, operator, limit },
    answers: 'pairs',
    run: ({ env, info, args }) =>
      env
        .model(info.name)
        .name_search(
          given<string>(args['name']) ?? '',
          given(args['args']) ?? [],
          args['operator'] as string,
          given(args['limit']),
        ),
  },
  web_name_search: {
    on: 'model',
    readonly: true,
    params: { name, specification: schemas.specification, domain: schemas.domain, operator, limit },
    answers: 'records',
    run: async ({ env, info, args }) => {
      const found = await env
        .model(info.name)
        .name_search(
          given<string>(args['name']) ?? '',
          given(args['domain']) ?? [],
          args['operator'] as string,
          given(args['limit']),
        )
      return specified(
        env,
        info.name,
        found.map(([id]) => id),
        args['specification'] as Record<string, never>,
      )
    },
  },
  name_create: {
    on: 'model',
    readonly: false,
    params: { name: schemas.text },
    answers: 'pair',
    run: ({ env, info, args }) => env.model(info.name).name_create(args['name'] as string),
  },
}
