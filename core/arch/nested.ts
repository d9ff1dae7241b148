import type { FieldInfo } from '../fields/info.ts'
import type { Registry } from '../orm/registry.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import { childElements, type XmlElement } from '../tools/xml.ts'
import { VIEW_TYPES } from './source.ts'

/** The views of the other model that stand inside the node of a relation. */
export function nestedViews(
  node: XmlElement,
  field: FieldInfo | undefined,
  registry: Registry,
): readonly (readonly [XmlElement, ModelInfo])[] {
  if (!field?.comodel || !registry.has(field.comodel)) return []
  const info = registry.get(field.comodel)
  return childElements(node)
    .filter(({ nodeName }) => (VIEW_TYPES as readonly string[]).includes(nodeName))
    .map((child) => [child, info] as const)
}
