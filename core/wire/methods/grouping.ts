import { readGroup, webReadGroup, type ReadGroupOptions } from '../../orm/group/read-group.ts'
import { given, schemas, type Call, type WireMethod } from '../method.ts'

const groupby = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }

function options({ args }: Call): ReadGroupOptions {
  const orderby = given<string>(args['orderby'])
  const limit = given<number>(args['limit'])
  return {
    domain: given<unknown[]>(args['domain']) ?? [],
    fields: given<string[]>(args['fields']) ?? [],
    groupby: [args['groupby'] as string[]].flat(),
    lazy: Boolean(args['lazy']),
    ...(orderby ? { orderby } : {}),
    ...(limit ? { limit } : {}),
    offset: given<number>(args['offset']) ?? 0,
  }
}

export const grouping: Readonly<Record<string, WireMethod>> = {
  read_group: {
    on: 'model',
    readonly: true,
    params: {
      domain: schemas.domain,
      fields: schemas.names,
      groupby,
      offset: schemas.offset,
      limit: schemas.limit,
      orderby: schemas.order,
      lazy: schemas.flag(true),
    },
    answers: 'groups',
    run: (call) => readGroup(call.env, call.info.name, options(call)),
  },
  web_read_group: {
    on: 'model',
    readonly: true,
    params: {
      domain: schemas.domain,
      fields: schemas.names,
      groupby,
      limit: schemas.limit,
      offset: schemas.offset,
      orderby: schemas.order,
      lazy: schemas.flag(true),
    },
    answers: 'grouped',
    run: (call) => webReadGroup(call.env, call.info.name, options(call)),
  },
}
