import type { FastifyInstance } from 'fastify'
import { evaluate } from '../../core/expr/evaluate.ts'
import { scopeOf } from '../../views/arch/modifiers.ts'
import type { LineId } from '../../views/lines.ts'
import type { Values } from '../../views/page.ts'
import { PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator, type Schema } from '../validate.ts'
import { changeForm, type ChangedForm } from './form-change.ts'
import { drawLine, drawMoreLines } from './form-line.ts'
import type { FormQuestion } from './form-question.ts'
import { saveForm, type SaveQuestion } from './form-save.ts'
import { inPage } from './in-page.ts'
import { nextOf } from './next.ts'

const form: Readonly<Record<string, Schema>> = {
  model: { type: 'string' },
  view: { anyOf: [{ type: 'integer' }, { const: false }] },
  context: { type: 'object' },
  id: { type: ['integer', 'null'] },
  changes: { type: 'object' },
  prefix: { type: 'string', pattern: '^\\w+$' },
}
const OPTIONAL = ['prefix']
const LINE: Schema = { type: ['integer', 'string'] }

function question<T>(more: Readonly<Record<string, Schema>>, optional: readonly string[] = []): (value: unknown) => T {
  const properties = { ...form, ...more }
  const required = Object.keys(properties).filter((name) => ![...OPTIONAL, ...optional].includes(name))
  return validator<T>({ type: 'object', required, properties }, 'params', PARAMS_INVALID)
}

const changeParams = question<
  FormQuestion & {
    field: string
    editing: Readonly<Record<string, LineId>>
    line?: { id: LineId; name: string }
    draw?: boolean
  }
>(
  {
    field: { type: 'string' },
    editing: { type: 'object' },
    line: { type: 'object', required: ['id', 'name'], properties: { id: LINE, name: { type: 'string' } } },
    draw: { type: 'boolean' },
  },
  ['line', 'draw'],
)
const lineParams = question<FormQuestion & { field: string; line: LineId | null; editing: boolean; with?: string }>(
  {
    field: { type: 'string' },
    line: { anyOf: [LINE, { type: 'null' }] },
    editing: { type: 'boolean' },
    with: { type: 'string' },
  },
  ['with'],
)
const linesParams = question<FormQuestion & { field: string; from: number }>({
  field: { type: 'string' },
  from: { type: 'integer', minimum: 0 },
})
const buttonParams = validator<{
  model: string
  id: number
  context: Values
  path: string
  call: { name: string; type: string; context?: string | null }
}>(
  {
    type: 'object',
    required: ['model', 'id', 'context', 'call', 'path'],
    properties: {
      model: { type: 'string' },
      id: { type: 'integer' },
      context: { type: 'object' },
      path: { type: 'string' },
      call: {
        type: 'object',
        required: ['name', 'type'],
        properties: {
          name: { type: 'string' },
          type: { enum: ['object', 'action'] },
          context: { type: ['string', 'null'] },
        },
      },
    },
  },
  'params',
  PARAMS_INVALID,
)
const saveParams = question<SaveQuestion>({ path: { type: 'string' }, version: { type: ['string', 'null'] } }, [
  'version',
  'prefix',
])

/** What changing one field brings. */
const change: Handler = (params, exchange): Promise<ChangedForm> => {
  const asked = changeParams(params)
  return inPage(exchange, 'read', (calls) => changeForm(calls, asked))
}

/** One line of an x2many field, shown or open for editing; without `line` a new one. */
const line: Handler = (params, exchange) => {
  const asked = lineParams(params)
  return inPage(exchange, 'read', (calls) => drawLine(calls, asked))
}

/** Lines that a form left out. */
const lines: Handler = (params, exchange) => {
  const asked = linesParams(params)
  return inPage(exchange, 'read', (calls) => drawMoreLines(calls, asked))
}

/** Saves a form, or tells what stands against it. */
const save: Handler = (params, exchange) => {
  const asked = saveParams(params)
  return inPage(exchange, 'write', (calls) => saveForm(calls, asked))
}

/** Presses a button of a saved record and tells what the page does next. */
const button: Handler = (params, exchange) => {
  const { model, id, context, call, path } = buttonParams(params)
  return inPage(exchange, 'write', async (calls) => {
    if (call.type === 'action')
      return nextOf(
        calls,
        await calls.call('ir.actions.actions', 'load_action', [call.name], {
          context: { ...context, active_id: id, active_ids: [id], active_model: model },
        }),
        path,
      )
    const more = call.context ? (evaluate(call.context, scopeOf({ id }, {}, context)) as Values) : {}
    return nextOf(calls, await calls.call(model, call.name, [[id]], { context: { ...context, ...more } }), path)
  })
}

/** What forms ask while a person works in them. */
export async function formRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/form/change', 'lenient', change)
  jsonRpcRoute(app, '/odoo/form/line', 'lenient', line)
  jsonRpcRoute(app, '/odoo/form/lines', 'lenient', lines)
  jsonRpcRoute(app, '/odoo/form/save', 'lenient', save)
  jsonRpcRoute(app, '/odoo/form/button', 'lenient', button)
}
