import type { ModelInfo } from './model-info.ts'
import { buildGraph, type Graph } from './compute/graph.ts'
import { MODEL_UNKNOWN, REGISTRY_WRONG } from './errors.ts'
import { ProcessCaches } from './process-caches.ts'
import { checkModels, hint } from './setup/checks.ts'
import { layerModels, type AddonLayers } from './setup/layers.ts'
import { draftModel, ModelResolver } from './setup/models.ts'
import { addNameFields } from './setup/names.ts'

const DEFAULT_DIGITS = 2

/** The models of one database: each is the chain of its layers, in dependency order. Immutable once built. */
export class Registry {
  readonly #models: ReadonlyMap<string, ModelInfo>
  readonly graph: Graph
  /** Names of `decimal.precision` -> number of decimals; kept up to date by the runtime. */
  readonly digits: Map<string, number>
  /** What is read once per process and kept until a transaction makes it wrong. */
  readonly caches: ProcessCaches

  private constructor(
    models: ReadonlyMap<string, ModelInfo>,
    graph: Graph,
    digits: Map<string, number>,
    caches: ProcessCaches,
  ) {
    this.#models = models
    this.graph = graph
    this.digits = digits
    this.caches = caches
  }

  /**
   * Builds the models that the addons' layers declare.
   * @throws REGISTRY_WRONG naming every mistake at once
   */
  static build(addons: readonly AddonLayers[], caches = new ProcessCaches()): Registry {
    const mistakes: string[] = []
    const digits = new Map<string, number>()
    const layered = layerModels(addons, mistakes)
    const hasUsers = layered.some(({ name }) => name === 'res.users')
    const drafts = new Map(layered.map((model) => [model.name, draftModel(model, mistakes, hasUsers)]))
    const resolver = new ModelResolver(drafts, mistakes, (name) => digits.get(name) ?? DEFAULT_DIGITS)
    for (const name of drafts.keys()) resolver.resolve(name)
    const models = new Map(
      [...drafts.keys()].map((name) => [name, addNameFields(resolver.done.get(name) as ModelInfo)]),
    )
    mistakes.push(...checkModels(models))
    if (mistakes.length > 0) throw new REGISTRY_WRONG(mistakes)
    const graph = buildGraph(models, mistakes)
    if (mistakes.length > 0) throw new REGISTRY_WRONG(mistakes)
    return new Registry(models, graph, digits, caches)
  }

  /** @throws MODEL_UNKNOWN */
  get(name: string): ModelInfo {
    const info = this.#models.get(name)
    if (!info) throw new MODEL_UNKNOWN(name).with({ model: name, hint: hint(name, this.#models.keys()) })
    return info
  }

  has(name: string): boolean {
    return this.#models.has(name)
  }

  models(): Iterable<ModelInfo> {
    return this.#models.values()
  }
}
