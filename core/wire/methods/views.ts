import { getView } from '../../arch/get-view.ts'
import { VIEW_TYPE } from '../../arch/errors.ts'
import { VIEW_TYPES } from '../../arch/source.ts'
import type { Env } from '../../orm/env.ts'
import type { ModelInfo } from '../../orm/model-info.ts'
import { fieldsGet } from '../fields-get.ts'
import { given, type Call, type WireMethod } from '../method.ts'

const ID = { type: ['integer', 'boolean', 'null'], default: null }

const idOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** One view: its arch and the fields that it uses, by model. */
async function view({ env, info, args }: Call): Promise<object> {
  const { arch, id, models } = await getView(env, info, idOf(args['view_id']), String(args['view_type']))
  return { arch, id: id ?? false, model: info.name, models }
}

type AskedView = readonly [id: number | boolean | null, type: string]

interface Options {
  readonly toolbar?: boolean
  readonly load_filters?: boolean
  readonly action_id?: number | false
}

/** Several views by kind, with descriptions of all fields that they use. */
async function views({ env, info, args }: Call): Promise<object> {
  const options = given<Options>(args['options']) ?? {}
  const used = new Map<string, Set<string>>()
  const answer: Record<string, object> = {}
  const bindings = options.toolbar ? await bindingsOf(env, info) : undefined
  for (const [id, type] of args['views'] as AskedView[]) {
    const kind = type === 'tree' ? 'list' : type
    if (!(VIEW_TYPES as readonly string[]).includes(kind)) throw new VIEW_TYPE(type, VIEW_TYPES)
    const found = await getView(env, info, idOf(id), kind)
    for (const [model, names] of Object.entries(found.models))
      used.set(model, new Set([...(used.get(model) ?? []), ...names]))
    const filters =
      options.load_filters && kind === 'search' ? { filters: await filtersOf(env, info, options.action_id) } : {}
    answer[type] = {
      id: found.id ?? false,
      arch: found.arch,
      ...(bindings ? { toolbar: forKind(bindings, kind) } : {}),
      ...filters,
    }
  }
  const models: Record<string, object> = {}
  for (const [model, names] of used)
    models[model] = { fields: await fieldsGet(env, env.registry.get(model), [...names], undefined) }
  return { views: answer, models }
}

/** Actions and reports that are bound to a model, as the addon `base` knows them. */
interface Bindings {
  readonly action?: readonly Binding[]
  readonly print?: readonly Binding[]
}
type Binding = Readonly<Record<string, unknown>> & { readonly binding_view_types?: string }

async function bindingsOf(env: Env, info: ModelInfo): Promise<Bindings> {
  if (!env.registry.has('ir.actions.actions')) return {}
  const actions = env.model('ir.actions.actions') as unknown as { get_bindings(model: string): Promise<Bindings> }
  return actions.get_bindings(info.name)
}

function forKind(bindings: Bindings, kind: string): object {
  const fits = ({ binding_view_types: types }: Binding): boolean =>
    !types ||
    types
      .split(',')
      .map((one) => one.trim().replace(/^tree$/, 'list'))
      .includes(kind)
  return Object.fromEntries(
    Object.entries(bindings)
      .map(([group, all]) => [group, (all as readonly Binding[]).filter(fits)])
      .filter(([, all]) => all && all.length > 0),
  )
}

async function filtersOf(env: Env, info: ModelInfo, action: number | false | undefined): Promise<unknown> {
  const filters = env.model('ir.filters') as unknown as {
    get_filters(model: string, action: number | null): Promise<readonly Readonly<Record<string, unknown>>[]>
  }
  const found = await filters.get_filters(info.name, action || null)
  return found.map((one) => ({ ...one, user_id: one['user_id'] ?? false, action_id: one['action_id'] || false }))
}

export const viewMethods: Readonly<Record<string, WireMethod>> = {
  get_view: {
    on: 'model',
    readonly: true,
    answers: 'any',
    params: {
      view_id: ID,
      view_type: { type: 'string', default: 'form' },
      toolbar: { type: ['boolean', 'integer'], default: false },
      action_id: ID,
      load_filters: { type: ['boolean', 'integer'], default: false },
      mobile: { type: 'boolean', default: false },
    },
    run: view,
  },
  get_views: {
    on: 'model',
    readonly: true,
    answers: 'any',
    params: {
      views: {
        type: 'array',
        items: { type: 'array', minItems: 2, maxItems: 2, prefixItems: [ID, { type: 'string' }], items: {} },
      },
      options: { type: ['object', 'boolean', 'null'], default: null },
    },
    run: views,
  },
}
