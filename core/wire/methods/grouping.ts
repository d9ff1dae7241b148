import { readGroup, webReadGroup, type ReadGroupOptions } from '../../orm/group/read-group.ts'
import { given, schemas, type Call, type WireMethod } from '../method.ts'
import { openGroups, type Opening } from '../open-groups.ts'
import type { Specification } from '../specification.ts'

const groupby = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }

/** Records of an open group, unless the call says how many. */
const DEFAULT_LIMIT = 80
/** What a client knows of one group: whether it is folded, how many of its records are wanted, which of them. */
const opening = {
  type: 'object',
  required: ['value'],
  properties: {
    value: { type: ['string', 'number', 'boolean'] },
    folded: { type: 'boolean' },
    limit: { type: 'integer', minimum: 1 },
    offset: { type: 'integer', minimum: 0 },
    progressbar_domain: { anyOf: [{ type: 'array' }, { enum: [false, null] }] },
  },
}

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
      unfold_read_specification: { anyOf: [schemas.specification, { enum: [false, null] }], default: null },
      unfold_read_default_limit: schemas.limit,
      unfold_read_order: schemas.order,
      opening_info: { anyOf: [{ type: 'array', items: opening }, { enum: [false, null] }], default: null },
    },
    answers: 'grouped',
    run: async (call) => {
      const { env, info, args } = call
      const asked = options(call)
      const answer = await webReadGroup(env, info.name, asked)
      const specification = given<Specification>(args['unfold_read_specification'])
      const [by] = asked.groupby
      if (specification && by)
        await openGroups(env, info.name, answer.groups, {
          by,
          specification,
          limit: given<number>(args['unfold_read_default_limit']) ?? DEFAULT_LIMIT,
          order: given<string>(args['unfold_read_order']) ?? null,
          openings: given<readonly Opening[]>(args['opening_info']) ?? [],
        })
      return answer
    },
  },
}
