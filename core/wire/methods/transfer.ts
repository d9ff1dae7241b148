import { exportData } from '../../orm/transfer/export-rows.ts'
import { loadRows } from '../../orm/transfer/import-rows.ts'
import type { WireMethod } from '../method.ts'

const strings = { type: 'array', items: { type: 'string' } }

export const transfer: Readonly<Record<string, WireMethod>> = {
  load: {
    on: 'model',
    readonly: false,
    params: { fields: strings, data: { type: 'array', items: { type: 'array' } } },
    answers: 'any',
    run: ({ env, info, args }) => loadRows(env, info.name, args['fields'] as string[], args['data'] as string[][]),
  },
  export_data: {
    on: 'records',
    // an external id is made for records that have none
    readonly: false,
    params: { fields_to_export: strings },
    answers: 'any',
    run: ({ env, info, ids, args }) => exportData(env, info.name, ids, args['fields_to_export'] as string[]),
  },
}
