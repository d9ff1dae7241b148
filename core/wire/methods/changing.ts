import type { Loose } from '../../orm/operations.ts'
import { given, schemas, type WireMethod } from '../method.ts'
import { fromWire } from '../values.ts'
import { checkVersions } from '../version-check.ts'

const valuesOrList = { anyOf: [{ type: 'object' }, { type: 'array', items: { type: 'object' } }] }

export const changing: Readonly<Record<string, WireMethod>> = {
  create: {
    on: 'model',
    readonly: false,
    params: { vals_list: valuesOrList },
    answers: 'idOrIds',
    run: async ({ env, info, args }) => {
      const values = args['vals_list'] as Loose | readonly Loose[]
      const list = Array.isArray(values) ? (values as readonly Loose[]) : [values as Loose]
      const { ids } = await env.model(info.name).create(list.map((one) => fromWire(env.registry, info, one)))
      return Array.isArray(values) ? ids : ids[0]
    },
  },
  write: {
    on: 'records',
    readonly: false,
    params: { vals: schemas.values, version: schemas.version },
    answers: 'flag',
    run: async ({ env, info, ids, args }) => {
      const tokens = given<string | readonly string[]>(args['version'])
      if (tokens !== undefined) await checkVersions(env, info, ids, args['vals'] as Loose, [tokens].flat())
      await env.model(info.name, ids).write(fromWire(env.registry, info, args['vals'] as Loose))
      return true
    },
  },
  unlink: {
    on: 'records',
    readonly: false,
    params: {},
    answers: 'flag',
    run: async ({ env, info, ids }) => {
      await env.model(info.name, ids).unlink()
      return true
    },
  },
  copy: {
    on: 'records',
    readonly: false,
    params: { default: { anyOf: [{ type: 'object' }, { enum: [false, null] }], default: null } },
    answers: 'ids',
    run: async ({ env, info, ids, args }) =>
      (await env.model(info.name, ids).copy(fromWire(env.registry, info, given<Loose>(args['default']) ?? {}))).ids,
  },
  action_archive: {
    on: 'records',
    readonly: false,
    params: {},
    answers: 'flag',
    run: async ({ env, info, ids }) => {
      await env.model(info.name, ids).action_archive()
      return true
    },
  },
  action_unarchive: {
    on: 'records',
    readonly: false,
    params: {},
    answers: 'flag',
    run: async ({ env, info, ids }) => {
      await env.model(info.name, ids).action_unarchive()
      return true
    },
  },
  toggle_active: {
    on: 'records',
    readonly: false,
    params: {},
    answers: 'flag',
    run: async ({ env, info, ids }) => {
      const field = info.activeField ?? 'active'
      const records = await env.model(info.name, ids).load([field])
      const idsWhere = (active: boolean): number[] =>
        records.filter((record) => record[field] === active).map((record) => record.id)
      const [active, archived] = [idsWhere(true), idsWhere(false)]
      if (active.length > 0) await env.model(info.name, active).action_archive()
      if (archived.length > 0) await env.model(info.name, archived).action_unarchive()
      return true
    },
  },
}
