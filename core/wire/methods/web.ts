import type { Loose } from '../../orm/operations.ts'
import { given, schemas, type WireMethod } from '../method.ts'
import { searchSpecified, specified, type Specification } from '../specification.ts'
import { fromWire } from '../values.ts'
import { checkVersions } from '../version-check.ts'
import { withVersions } from '../version-give.ts'
import { searchOptions } from './reading.ts'

export const web: Readonly<Record<string, WireMethod>> = {
  web_read: {
    on: 'records',
    readonly: true,
    params: { specification: schemas.specification },
    answers: 'records',
    run: async ({ env, info, ids, args }) =>
      withVersions(env, info, await specified(env, info.name, ids, args['specification'] as Specification)),
  },
  web_search_read: {
    on: 'model',
    readonly: true,
    params: {
      domain: schemas.domain,
      specification: schemas.specification,
      offset: schemas.offset,
      limit: schemas.limit,
      order: schemas.order,
      count_limit: schemas.limit,
    },
    answers: 'page',
    run: async (call) => {
      const { env, info, args } = call
      const domain = given<readonly unknown[]>(args['domain']) ?? []
      const options = searchOptions(call)
      const records = withVersions(
        env,
        info,
        await searchSpecified(env, info.name, domain, args['specification'] as Specification, options),
      )
      // clients take a page past the end for an empty list, and go back to the first one
      if (records.length === 0) return { length: 0, records }
      const seen = (options.offset ?? 0) + records.length
      const complete = options.limit === undefined || records.length < options.limit
      const countLimit = given<number>(args['count_limit'])
      const length = complete ? seen : await env.model(info.name).search_count(domain, countLimit)
      return { length, records }
    },
  },
  web_save: {
    on: 'records',
    readonly: false,
    params: {
      vals: schemas.values,
      specification: schemas.specification,
      next_id: {
        anyOf: [{ type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 }, { enum: [false, null] }],
        default: null,
      },
      version: schemas.version,
    },
    answers: 'records',
    run: async ({ env, info, ids, args }) => {
      const tokens = given<string | readonly string[]>(args['version'])
      if (tokens !== undefined) await checkVersions(env, info, ids, args['vals'] as Loose, [tokens].flat())
      const values = fromWire(env.registry, info, args['vals'] as Loose)
      let saved = ids
      if (ids.length > 0) await env.model(info.name, ids).write(values)
      else saved = (await env.model(info.name).create([values])).ids
      const next = given<number>(args['next_id'])
      const shown = env.with({ context: { bin_size: true } })
      return withVersions(
        env,
        info,
        await specified(shown, info.name, next ? [next] : saved, args['specification'] as Specification),
      )
    },
  },
}
