import type { FieldInfo } from '../fields/info.ts'
import type { ModelInfo } from '../orm/model-info.ts'
import type { Registry } from '../orm/registry.ts'
import { children, type Node } from '../expr/nodes.ts'
import { parse } from '../expr/parse.ts'

/**
 * The field paths that a domain compares, in order, those inside `any` left out: they are of the other model.
 * @throws EXPR_SYNTAX
 */
export function domainPaths(source: string): string[] {
  const found: string[] = []
  const look = (node: Node): void => {
    const path = pathOfLeaf(node)
    if (path === undefined) for (const child of children(node)) look(child)
    else found.push(path)
  }
  look(parse(source).root)
  return found
}

/** The path of `('field.path', 'operator', value)`; the value says nothing of the model. */
function pathOfLeaf(node: Node): string | undefined {
  if ((node.kind !== 'tuple' && node.kind !== 'list') || node.items.length !== 3) return undefined
  const [path, operator] = node.items.map((item) =>
    item.kind === 'constant' && typeof item.value === 'string' ? item.value : undefined,
  )
  // `['|', '&', x]` begins with operators, not with a path.
  return path === undefined || operator === undefined || /^[|&!]$/.test(path) ? undefined : path
}

/**
 * What a context says under `group_by`, without the interval after the colon; empty when it says nothing that is fixed.
 * @throws EXPR_SYNTAX
 */
export function groupBysOf(source: string): string[] {
  const { root } = parse(source)
  if (root.kind !== 'dict') return []
  const values = root.entries
    .filter(([key]) => key.kind === 'constant' && key.value === 'group_by')
    .flatMap(([, value]) => (value.kind === 'list' ? value.items : [value]))
  return values.flatMap((value) =>
    value.kind === 'constant' && typeof value.value === 'string' ? [value.value.split(':')[0] ?? ''] : [],
  )
}

/** Where a path ends: at a field, or at a name that a model does not have. What follows a date or properties is their own. */
export function followPath(
  registry: Registry,
  info: ModelInfo,
  path: string,
): { field: FieldInfo } | { unknown: string; info: ModelInfo } {
  let current = info
  const names = path.split('.')
  for (const [i, name] of names.entries()) {
    const field = current.fields.get(name)
    if (!field) return { unknown: name, info: current }
    const isLast = i === names.length - 1
    if (isLast || !field.comodel || !registry.has(field.comodel)) return { field }
    current = registry.get(field.comodel)
  }
  return { unknown: path, info }
}
