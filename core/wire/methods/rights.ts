import type { ComptoirError } from '../../errors.ts'
import type { Operation } from '../../orm/operations.ts'
import { checkModelAccess, hasModelAccess } from '../../security/access.ts'
import { checkAccess } from '../../orm/check-access.ts'
import { schemas, type WireMethod } from '../method.ts'

export const rights: Readonly<Record<string, WireMethod>> = {
  check_access_rights: {
    on: 'model',
    readonly: true,
    params: { operation: schemas.operation, raise_exception: schemas.flag(true) },
    answers: 'flag',
    run: async ({ env, info, args }) => {
      const operation = args['operation'] as Operation
      if (args['raise_exception']) await checkModelAccess(env, info, operation)
      return hasModelAccess(env, info, operation)
    },
  },
  check_access: {
    on: 'records',
    readonly: true,
    params: { operation: schemas.operation },
    answers: 'any',
    run: async ({ env, info, ids, args }) => {
      await checkAccess(env, info.name, ids, args['operation'] as Operation)
      return null
    },
  },
  has_access: {
    on: 'records',
    readonly: true,
    params: { operation: schemas.operation },
    answers: 'flag',
    run: async ({ env, info, ids, args }) => {
      try {
        await checkAccess(env, info.name, ids, args['operation'] as Operation)
        return true
      } catch (error) {
        if ((error as ComptoirError).exception === 'AccessError') return false
        throw error
      }
    },
  },
}
