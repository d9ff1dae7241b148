import type { AnyModelDef } from '../model.ts'
import { Abstract } from '../model.ts'

/** The layers that one addon brings, in order. */
export interface AddonLayers {
  readonly addon: string
  readonly models: readonly (AnyModelDef | Abstract<unknown>)[]
}

/** One layer of one model, and the addon that it comes from. */
export interface Layer {
  readonly addon: string
  readonly def: AnyModelDef
}

export interface LayeredModel {
  readonly name: string
  readonly abstract: boolean
  readonly inherits: readonly string[]
  /** From the base up, the layers of inherited abstract models in their place. */
  readonly layers: readonly Layer[]
}

/** The abstract model that every other one is, without saying so. */
export const EVERY_MODEL = 'base'

/**
 * Puts the layers of every model in order: an abstract model's layers, those of later addons included, come right
 * below the layer that inherits it. Layers of the abstract model `base` come on top of every model that has records.
 * Mistakes are added to `mistakes`, one sentence each.
 */
export function layerModels(addons: readonly AddonLayers[], mistakes: string[]): LayeredModel[] {
  const own = new Map<string, Layer[]>()
  for (const { addon, models } of addons) {
    for (const entry of models) {
      const def = entry instanceof Abstract ? entry.def : entry
      const layers = own.get(def.name)
      if (def.kind === 'extension' && !layers) {
        mistakes.push(`${addon}: extends '${def.name}', which no addon that it depends on declares.`)
      } else if (def.kind !== 'extension' && layers) {
        mistakes.push(
          `${addon}: declares '${def.name}', which ${layers[0]?.addon} declared already; extend it instead.`,
        )
      } else if (layers) layers.push({ addon, def })
      else own.set(def.name, [{ addon, def }])
    }
  }
  return [...own].map(([name, layers]) => {
    const inherits = new Set<string>()
    const ordered: Layer[] = []
    const add = (layer: Layer): void => {
      for (const parent of layer.def.spec.inherit ?? []) {
        if (inherits.has(parent.def.name)) continue
        inherits.add(parent.def.name)
        const parents = own.get(parent.def.name)
        if (!parents) mistakes.push(`${layer.addon}: '${name}' inherits '${parent.def.name}', which no addon brings.`)
        else for (const below of parents) add(below)
      }
      ordered.push(layer)
    }
    for (const layer of layers) add(layer)
    const abstract = layers[0]?.def.kind === 'abstract'
    if (!abstract) ordered.push(...(own.get(EVERY_MODEL) ?? []))
    return { name, abstract, inherits: [...inherits], layers: ordered }
  })
}
