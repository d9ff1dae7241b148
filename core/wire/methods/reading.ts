import { given, schemas, type Call, type WireMethod } from '../method.ts'
import { askedFields, readRecords, searchRecords } from '../read.ts'
import { withVersions } from '../version-give.ts'
import type { SearchOptions } from '../../orm/operations.ts'

/** The options of a search out of a call's arguments. */
export function searchOptions({ args }: Call): SearchOptions {
  const [order, limit, offset] = [
    given<string>(args['order']),
    given<number>(args['limit']),
    given<number>(args['offset']),
  ]
  return { ...(order ? { order } : {}), ...(limit ? { limit } : {}), ...(offset ? { offset } : {}) }
}

const domainOf = ({ args }: Call): readonly unknown[] => given<readonly unknown[]>(args['domain']) ?? []

const load = { enum: ['_classic_read', '_classic_write', '', null, false], default: '_classic_read' }
const naming = (value: unknown): 'pairs' | 'ids' => (value === '_classic_read' ? 'pairs' : 'ids')

export const reading: Readonly<Record<string, WireMethod>> = {
  search: {
    on: 'model',
    readonly: true,
    params: { domain: schemas.domainNeeded, offset: schemas.offset, limit: schemas.limit, order: schemas.order },
    answers: 'ids',
    run: async (call) => (await call.env.model(call.info.name).search(domainOf(call), searchOptions(call))).ids,
  },
  search_count: {
    on: 'model',
    readonly: true,
    params: { domain: schemas.domainNeeded, limit: schemas.limit },
    answers: 'count',
    run: (call) => call.env.model(call.info.name).search_count(domainOf(call), given(call.args['limit'])),
  },
  read: {
    on: 'records',
    readonly: true,
    params: { fields: schemas.names, load },
    answers: 'records',
    run: async ({ env, info, ids, args }) =>
      withVersions(
        env,
        info,
        await readRecords(
          env,
          info.name,
          ids,
          await askedFields(env, info, given(args['fields'])),
          naming(args['load']),
        ),
      ),
  },
  search_read: {
    on: 'model',
    readonly: true,
    params: {
      domain: schemas.domain,
      fields: schemas.names,
      offset: schemas.offset,
      limit: schemas.limit,
      order: schemas.order,
      load,
    },
    answers: 'records',
    run: async (call) => {
      const { env, info, args } = call
      const fields = await askedFields(env, info, given(args['fields']))
      return withVersions(
        env,
        info,
        await searchRecords(env, info.name, domainOf(call), fields, searchOptions(call), naming(args['load'])),
      )
    },
  },
  exists: {
    on: 'records',
    readonly: true,
    params: {},
    answers: 'ids',
    run: async ({ env, info, ids }) => (await env.model(info.name, ids).exists()).ids,
  },
}
