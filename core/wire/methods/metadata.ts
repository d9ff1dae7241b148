import type { Loose } from '../../orm/operations.ts'
import { getExternalId, getMetadata } from '../../orm/metadata.ts'
import { getFieldTranslations, updateFieldTranslations } from '../../orm/translations.ts'
import { fieldsGet } from '../fields-get.ts'
import { given, schemas, type WireMethod } from '../method.ts'
import { onchange } from '../onchange.ts'
import type { Specification } from '../specification.ts'
import { defaultsToWire } from '../defaults.ts'

const strings = { type: 'array', items: { type: 'string' } }

export const metadata: Readonly<Record<string, WireMethod>> = {
  fields_get: {
    on: 'model',
    readonly: true,
    params: { allfields: schemas.names, attributes: schemas.names },
    answers: 'fields',
    run: ({ env, info, args }) => fieldsGet(env, info, given(args['allfields']), given(args['attributes'])),
  },
  default_get: {
    on: 'model',
    readonly: true,
    params: { fields_list: strings },
    answers: 'values',
    run: async ({ env, info, args }) =>
      defaultsToWire(info, await env.model(info.name).default_get(args['fields_list'] as string[])),
  },
  onchange: {
    on: 'records',
    readonly: true,
    params: {
      values: schemas.values,
      field_names: { anyOf: [strings, { type: 'string' }] },
      fields_spec: schemas.specification,
    },
    answers: 'onchange',
    run: ({ env, info, ids, args }) =>
      onchange(
        env,
        info,
        ids,
        args['values'] as Loose,
        [args['field_names'] as string[]].flat(),
        args['fields_spec'] as Specification,
      ),
  },
  get_metadata: {
    on: 'records',
    readonly: true,
    params: {},
    answers: 'metadata',
    run: ({ env, info, ids }) => getMetadata(env, info.name, ids),
  },
  get_external_id: {
    on: 'records',
    readonly: true,
    params: {},
    answers: 'any',
    run: ({ env, info, ids }) => getExternalId(env, info.name, ids),
  },
  get_field_translations: {
    on: 'records',
    readonly: true,
    params: { field_name: schemas.text, langs: schemas.names },
    answers: 'any',
    run: ({ env, info, ids, args }) =>
      getFieldTranslations(env, info.name, ids[0] as number, args['field_name'] as string, given(args['langs'])),
  },
  update_field_translations: {
    on: 'records',
    readonly: false,
    params: {
      field_name: schemas.text,
      translations: schemas.values,
      source_lang: { type: ['string', 'null', 'boolean'], default: null },
    },
    answers: 'any',
    run: ({ env, info, ids, args }) =>
      updateFieldTranslations(
        env,
        info.name,
        ids,
        args['field_name'] as string,
        args['translations'] as Record<string, string | false>,
      ),
  },
}
