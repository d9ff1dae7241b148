import type { FastifyInstance } from 'fastify'
import type { Values } from '../../views/page.ts'
import { isHandle } from '../../views/types/list/row.ts'
import { insideViews } from '../../views/types/list/group-view.ts'
import { footTotal, totalOf, currencyFieldOf, type Total } from '../../views/types/list/totals.ts'
import { footOf, readListArch } from '../../views/types/list/view-model.ts'
import { LIST_UNORDERED, PARAMS_INVALID } from '../errors.ts'
import { jsonRpcRoute, type Handler } from '../json-rpc.ts'
import { validator } from '../validate.ts'
import { fragmentHtml } from './answer.ts'
import { askedPage } from './asked-page.ts'
import { inPage } from './in-page.ts'
import { groupPlace, groupQuestion, listSetup } from './kinds/list.ts'
import { readInside } from './list-groups.ts'
import { selectedDomain, SELECTED, type Selected } from './selected.ts'

const insideParams = validator<{
  path: string
  group: { path: string; domain: unknown[]; count: number; level: number }
  offset: number
}>(
  {
    type: 'object',
    required: ['path', 'group', 'offset'],
    properties: {
      path: { type: 'string' },
      offset: { type: 'integer', minimum: 0 },
      group: {
        type: 'object',
        required: ['path', 'domain', 'count', 'level'],
        properties: {
          path: { type: 'string' },
          domain: { type: 'array' },
          count: { type: 'integer', minimum: 0 },
          level: { type: 'integer', minimum: 0 },
        },
      },
    },
  },
  'params',
  PARAMS_INVALID,
)

/** Rows inside of a group that a person opens, from one of its records on. */
const inside: Handler = (params, exchange) => {
  const { path, group, offset } = insideParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const request = await askedPage(calls, path)
    const setup = listSetup(request)
    const asked = {
      ...groupQuestion(request, setup),
      open: new Set<string>(),
      offsets: new Map([[group.path, offset]]),
    }
    const opened = await readInside(asked, group)
    const rows = insideViews(setup.arch, request.fields, opened, request.page, setup.place, groupPlace(request, setup))
    const html = rows.map((row) => fragmentHtml(row.template, row, calls.env.lang)).join('')
    return { html, from: offset + 1, to: offset + opened.records.length }
  })
}

const totalsParams = validator<{ path: string; selected: Selected }>(
  { type: 'object', required: ['path', 'selected'], properties: { path: { type: 'string' }, selected: SELECTED } },
  'params',
  PARAMS_INVALID,
)

/** The foot of a list for the records that are selected. */
const totals: Handler = (params, exchange) => {
  const { path, selected } = totalsParams(params)
  return inPage(exchange, 'read', async (calls) => {
    const request = await askedPage(calls, path)
    const { arch } = listSetup(request)
    const places = arch.columns.filter(footTotal)
    const names = places.flatMap((place) => [place.name, currencyFieldOf(place) ?? []].flat())
    const found =
      names.length === 0
        ? []
        : await request.calls.call<Values[]>(request.model, 'search_read', [], {
            domain: selectedDomain(request, selected),
            fields: [...new Set(names)],
            load: null,
          })
    const byName = new Map(
      places.map((place): [string, Total] => [place.name, totalOf(place, footTotal(place)?.take ?? 'sum', found)]),
    )
    const foot = footOf(arch, byName, request.page)
    return { html: foot ? fragmentHtml('types/list/foot', { foot }, calls.env.lang) : '' }
  })
}

const orderParams = validator<{ path: string; ids: number[] }>(
  {
    type: 'object',
    required: ['path', 'ids'],
    properties: { path: { type: 'string' }, ids: { type: 'array', items: { type: 'integer', minimum: 1 } } },
  },
  'params',
  PARAMS_INVALID,
)

/** Keeps rows in the order in which somebody put them: their handles share out the places that they had. */
const order: Handler = (params, exchange) => {
  const { path, ids } = orderParams(params)
  return inPage(exchange, 'write', async (calls) => {
    const { calls: own, model, arch, fields, page } = await askedPage(calls, path)
    const handle = readListArch(arch, model, page.models, page.context).columns.find(isHandle)
    if (!handle || fields[handle.name]?.type !== 'integer') throw new LIST_UNORDERED(model)
    const records = await own.call<Values[]>(model, 'read', [ids, [handle.name]])
    const before = new Map(records.map((record) => [record['id'] as number, Number(record[handle.name])]))
    const places = [...before.values()].toSorted((a, b) => a - b)
    const first = places[0] ?? 0
    // Places that several share say nothing: each record gets its own from the first on.
    const isShared = new Set(places).size < places.length
    for (const [i, id] of ids.entries()) {
      const place = isShared ? first + i : places[i]
      if (before.get(id) !== place) await own.call(model, 'write', [[id], { [handle.name]: place }])
    }
    return true
  })
}

/** What lists ask while a person works in them. */
export async function listRoutes(app: FastifyInstance): Promise<void> {
  jsonRpcRoute(app, '/odoo/list/inside', 'lenient', inside)
  jsonRpcRoute(app, '/odoo/list/order', 'lenient', order)
  jsonRpcRoute(app, '/odoo/list/totals', 'lenient', totals)
}
