import type { FastifyInstance } from 'fastify'
import type { Values } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator, type Schema } from '../validate.ts'
import { askedPage } from './asked-page.ts'
import { wireValues } from './form-record.ts'
import { inPage } from './in-page.ts'
import { changeRow, drawRow, saveRow, type RowQuestion } from './list-row.ts'
import { SELECTED, selectedIds, type Selected } from './selected.ts'

const ROW: Readonly<Record<string, Schema>> = {
  path: { type: 'string' },
  id: { type: ['integer', 'null'] },
  changes: { type: 'object' },
}

function question<T>(more: Readonly<Record<string, Schema>>, optional: readonly string[] = []): (value: unknown) => T {
  const properties = { ...ROW, ...more }
  const required = Object.keys(properties).filter((name) => !optional.includes(name))
  return validator<T>({ type: 'object', required, properties }, 'params', PARAMS_INVALID)
}

const drawParams = question<RowQuestion & { editing: boolean }>({ editing: { type: 'boolean' } })
const changeParams = question<RowQuestion & { field: string; draw?: boolean }>(
  { field: { type: 'string' }, draw: { type: 'boolean' } },
  ['draw'],
)
const saveParams = question<RowQuestion>({})
const writeParams = validator<{ path: string; selected: Selected; changes: Values }>(
  {
    type: 'object',
    required: ['path', 'selected', 'changes'],
    properties: { path: { type: 'string' }, selected: SELECTED, changes: { type: 'object' } },
  },
  'params',
  PARAMS_INVALID,
)

const draw: Handler = (params, exchange) => {
  const asked = drawParams(params)
  return inPage(exchange, 'read', (calls) => drawRow(calls, asked))
}

const change: Handler = (params, exchange) => {
  const asked = changeParams(params)
  return inPage(exchange, 'read', (calls) => changeRow(calls, asked))
}

const save: Handler = (params, exchange) => {
  const asked = saveParams(params)
  return inPage(exchange, 'write', (calls) => saveRow(calls, asked))
}

/** Writes the same to all selected records; how many they are. */
const write: Handler = (params, exchange) => {
  const { path, selected, changes } = writeParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const request = await askedPage(calls, path)
    const ids = await selectedIds(request, selected)
    if (ids.length > 0) await request.calls.call(request.model, 'write', [ids, wireValues(changes)])
    return ids.length
  })
}

/** What a list asks while a person edits its rows in place. */
export async function listRowRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/list/row', 'lenient', draw)
  jsonRpcRoute(app, '/odoo/list/change', 'lenient', change)
  jsonRpcRoute(app, '/odoo/list/save', 'lenient', save)
  jsonRpcRoute(app, '/odoo/list/write', 'lenient', write)
}
