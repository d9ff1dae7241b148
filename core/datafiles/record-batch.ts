import { undoneOnError } from '../orm/attempt.ts'
import type { Env } from '../orm/env.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Context } from '../orm/models.ts'
import type { Loose } from '../orm/operations.ts'
import type { ExternalId } from '../orm/transfer/external-ids.ts'
import { recordError } from './errors.ts'
import type { Loading } from './loading.ts'
import type { Place } from './place.ts'

/** A record that waits to be created. */
export interface Planned {
  readonly place: Place
  readonly model: string
  /** The complete external id that it gets. */
  readonly xmlid: string | null
  readonly noupdate: boolean
  readonly values: Loose
}

/** Records of one model in a row, created together: the result is that of creating one after the other. */
export class RecordBatch {
  readonly #loading: Loading
  #planned: Planned[] = []
  #context: Context | null = null
  readonly #names = new Set<string>()

  constructor(loading: Loading) {
    this.#loading = loading
  }

  /** Whether the record with this external id waits here. */
  holds(xmlid: string): boolean {
    return this.#names.has(xmlid)
  }

  /** Adds a record that refers to none of those that wait; one of another model or context has them created first. */
  async add(planned: Planned, context: Context | null): Promise<void> {
    if (this.#planned[0]?.model !== planned.model || context !== null) await this.flush()
    this.#planned.push(planned)
    this.#context = context
    if (planned.xmlid !== null) this.#names.add(planned.xmlid)
    if (context !== null) await this.flush()
  }

  /** Creates what waits. @throws DATA_RECORD naming the record that the model refuses */
  async flush(): Promise<void> {
    const planned = this.#planned
    const [first] = planned
    if (!first) return
    this.#planned = []
    this.#names.clear()
    try {
      await undoneOnError(this.#loading.env, () => this.#create(first.model, planned))
    } catch (error) {
      if (planned.length > 1) await this.#findCulprit(planned)
      throw recordError(error, first.place)
    }
  }

  async #create(model: string, planned: readonly Planned[]): Promise<void> {
    const { env: system, xmlIds } = this.#loading
    const env = this.#context ? system.with({ context: this.#context }) : system
    const { ids } = await env.model(model).create(planned.map(({ values }) => values))
    const given = planned.flatMap(({ xmlid, noupdate }, i) => {
      const id = ids[i]
      return xmlid === null || id === undefined ? [] : [{ xmlid, model, id, noupdate }]
    })
    const behind = await delegatedIds(env, model, planned, ids)
    await xmlIds.ask(behind.map(({ xmlid }) => xmlid))
    await xmlIds.give([...given, ...behind])
  }

  /** Creates one after the other what failed together, which nothing is left of: the first that fails is to blame. */
  async #findCulprit(planned: readonly Planned[]): Promise<void> {
    for (const one of planned) {
      try {
        await undoneOnError(this.#loading.env, () => this.#create(one.model, [one]))
      } catch (error) {
        throw recordError(error, one.place)
      }
    }
  }
}

/** The external ids of the records behind a record (`_inherits`): `desk_product_template` behind `desk`. */
export function delegatedNames({ delegates }: ModelInfo, xmlid: string): string[] {
  return [...delegates.keys()].map((comodel) => `${xmlid}_${comodel.replaceAll('.', '_')}`)
}

/** The ids of records that were created behind new ones; those that the file names itself are known already. */
async function delegatedIds(
  env: Env,
  model: string,
  planned: readonly Planned[],
  ids: readonly number[],
): Promise<ExternalId[]> {
  const info = env.registry.get(model)
  if (info.delegates.size === 0) return []
  const delegates = [...info.delegates]
  const records = await env.model(model, ids).load(delegates.map(([, through]) => through))
  return planned.flatMap(({ xmlid, values, noupdate }, i) =>
    delegatedNames(info, xmlid ?? '').flatMap((name, at) => {
      const [comodel = '', through = ''] = delegates[at] ?? []
      const behind = records[i]?.[through] as { readonly id: number } | null | undefined
      const isOwn = xmlid !== null && !values[through] && behind
      return isOwn ? [{ xmlid: name, model: comodel, id: behind.id, noupdate }] : []
    }),
  )
}
