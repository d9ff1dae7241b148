import type { FastifyInstance } from 'fastify'
import type { Values } from '../../../views/page.ts'
import { columnView, moreView, PAGE } from '../../../views/types/kanban/view-model.ts'
import { allOf } from '../../../views/types/search/combine.ts'
import { COLUMN_GONE, PARAMS_INVALID } from '../../errors.ts'
import { jsonRpcRoute, type Handler } from '../../json-rpc.ts'
import { validator, type Schema } from '../../validate.ts'
import { fragmentHtml } from '../answer.ts'
import { inPage } from '../in-page.ts'
import { orderOf, segmentOf, typedValue } from './board.ts'
import { moveCard, type Move } from './move.ts'
import { askedBoard, cardsHtml, columnsOf, patchOf } from './patch.ts'
import { createCard, quickForm } from './quick-create.ts'

const KEY: Schema = { type: 'string', maxLength: 1000 }
const ID: Schema = { type: 'integer', minimum: 1 }

/** What is asked about the board of an address. */
function question<T>(
  properties: Readonly<Record<string, Schema>>,
  optional: readonly string[] = [],
): (value: unknown) => T & { path: string } {
  const all = { path: { type: 'string' }, ...properties }
  const required = Object.keys(all).filter((name) => !optional.includes(name))
  return validator<T & { path: string }>({ type: 'object', required, properties: all }, 'params', PARAMS_INVALID)
}

const drawParams = question<{ keys: string[]; ids: number[] }>({
  keys: { type: 'array', maxItems: 200, items: KEY },
  ids: { type: 'array', maxItems: 200, items: ID },
})
const moveParams = question<Move>({
  id: ID,
  from: KEY,
  to: KEY,
  order: { type: 'array', maxItems: 2000, items: ID },
})
const columnParams = question<{ key: string }>({ key: KEY })
const moreParams = question<{ key: string; offset: number }>({ key: KEY, offset: { type: 'integer', minimum: 0 } })
const createParams = question<{ key: string; name?: string; values?: Values }>(
  { key: KEY, name: { type: 'string', minLength: 1 }, values: { type: 'object' } },
  ['name', 'values'],
)
const nameParams = question<{ name: string }>({ name: { type: 'string', minLength: 1 } })
const orderParams = question<{ keys: string[] }>({ keys: { type: 'array', maxItems: 200, items: KEY } })

/** Heads and cards as they now are. */
const draw: Handler = (params, exchange) => {
  const { path, keys, ids } = drawParams(params)
  return inPage(exchange, 'read', async (calls) => patchOf(await askedBoard(calls, path), keys, ids))
}

const move: Handler = (params, exchange) => {
  const { path, ...moved } = moveParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { grouping } = await columnsOf(asked)
    await moveCard(asked, grouping, moved)
    return patchOf(asked, [...new Set([moved.from, moved.to])], [moved.id])
  })
}

/** The next cards of a column. */
const more: Handler = (params, exchange) => {
  const { path, key, offset } = moreParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { request, arch } = asked
    const { board, columns, domains } = await columnsOf(asked)
    const column = columns.find((one) => one.key === key)
    const domain = domains.get(key)
    if (!column || !domain) throw new COLUMN_GONE(request.model, key)
    const ids = await calls.call<number[]>(
      request.model,
      'search',
      [allOf([domain, segmentOf(board.state, key, arch)])],
      {
        offset,
        limit: PAGE,
        order: orderOf(request, arch) ?? false,
      },
    )
    const found = await cardsHtml(asked, ids)
    const next = moreView(column, board, offset + ids.length)
    return {
      cards: ids.flatMap((id) => found.get(id) ?? []),
      more: next && fragmentHtml(next.template, next, calls.env.lang),
    }
  })
}

/** The form of a new card. */
const quick: Handler = (params, exchange) => {
  const { path, key } = columnParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { grouping } = await columnsOf(asked)
    const form = await quickForm(asked, grouping, key)
    return { html: fragmentHtml(form.template, form, calls.env.lang) }
  })
}

const create: Handler = (params, exchange) => {
  const { path, key, name, values } = createParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { grouping } = await columnsOf(asked)
    const id = await createCard(asked, grouping, key, name === undefined ? { values: values ?? {} } : { name })
    return { id, url: asked.request.recordHref(id), ...(await patchOf(asked, [key], [id])) }
  })
}

/** Archives all records of a column. */
const archive: Handler = (params, exchange) => {
  const { path, key } = columnParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { domains } = await columnsOf(asked)
    const { model } = asked.request
    const domain = domains.get(key)
    if (!domain) throw new COLUMN_GONE(model, key)
    const ids = await calls.call<number[]>(model, 'search', [domain])
    if (ids.length > 0) await calls.call(model, 'action_archive', [ids])
    return { archived: ids.length }
  })
}

/** A new column: a record of the model that the board is grouped by. */
const createColumn: Handler = (params, exchange) => {
  const { path, name } = nameParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const asked = await askedBoard(calls, path)
    const { grouping, board } = await columnsOf(asked)
    const [id, title] = await asked.request.calls.call<[number, string]>(grouping.field.relation ?? '', 'name_create', [
      name,
    ])
    const column = { key: String(id), title, count: 0, sum: null, progress: null, records: [] }
    return { html: fragmentHtml('types/kanban/column', columnView(column, board), calls.env.lang) }
  })
}

/** Puts columns into another order. */
const orderColumns: Handler = (params, exchange) => {
  const { path, keys } = orderParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const { grouping } = await columnsOf(await askedBoard(calls, path))
    const ids = keys.map((key) => typedValue(key, grouping.field)).filter((id) => typeof id === 'number')
    const model = grouping.field.relation ?? ''
    const records = await calls.call<{ id: number; sequence: number }[]>(model, 'read', [ids, ['sequence']])
    const known = new Map(records.map(({ id, sequence }) => [id, sequence]))
    const lowest = Math.min(...known.values())
    for (const [i, id] of ids.entries())
      if (known.get(id) !== lowest + i) await calls.call(model, 'write', [[id], { sequence: lowest + i }])
    return true
  })
}

/** What a board asks while a person works on it. */
export async function kanbanRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/kanban/draw', 'lenient', draw)
  jsonRpcRoute(app, '/odoo/kanban/move', 'lenient', move)
  jsonRpcRoute(app, '/odoo/kanban/more', 'lenient', more)
  jsonRpcRoute(app, '/odoo/kanban/quick', 'lenient', quick)
  jsonRpcRoute(app, '/odoo/kanban/create', 'lenient', create)
  jsonRpcRoute(app, '/odoo/kanban/archive', 'lenient', archive)
  jsonRpcRoute(app, '/odoo/kanban/column', 'lenient', createColumn)
  jsonRpcRoute(app, '/odoo/kanban/columns', 'lenient', orderColumns)
}
