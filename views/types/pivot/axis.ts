/** Keys of groups inside each other, each encoded: `/` for all records, `/75/2026-10-01` for one country and month. */
export type Path = string

export const ROOT: Path = '/'

/** One side of a pivot: by what it is grouped, and which groups are open. */
export interface Axis {
  /** `field` or `field:month`, from the outside in. */
  readonly groups: readonly string[]
  /** So many levels are open, all but those in `shut`. */
  readonly depth: number
  /** Open beneath those levels. */
  readonly opened: ReadonlySet<Path>
  readonly shut: ReadonlySet<Path>
}

/** An axis with all of its groups open. */
export function openAxis(groups: readonly string[]): Axis {
  return { groups, depth: groups.length, opened: new Set(), shut: new Set() }
}

/** How many groups a path goes through. */
export function levelOf(path: Path): number {
  return path === ROOT ? 0 : path.split('/').length - 1
}

export function childPath(path: Path, key: string): Path {
  return `${path === ROOT ? '' : path}/${encodeURIComponent(key)}`
}

/** Whether the groups inside one are shown. */
export function isOpen({ groups, depth, opened, shut }: Axis, path: Path): boolean {
  const level = levelOf(path)
  if (level >= groups.length) return false
  return level < depth ? !shut.has(path) : opened.has(path)
}

/** Shows the groups inside one, by what the axis is grouped next. */
export function open(axis: Axis, path: Path): Axis {
  if (levelOf(path) < axis.depth) return { ...axis, shut: without(axis.shut, path) }
  return { ...axis, opened: new Set([...axis.opened, path]) }
}

/** Shows the groups inside one that nothing is inside of yet, by another field; its neighbours stay closed. */
export function openBy(axis: Axis, path: Path, group: string): Axis {
  const groups = [...axis.groups.slice(0, levelOf(path)), group]
  if (path === ROOT) return openAxis(groups)
  return { ...axis, groups, opened: new Set([...axis.opened, path]) }
}

/** Hides the groups inside one. What all records are grouped by is forgotten with them. */
export function close(axis: Axis, path: Path): Axis {
  if (path === ROOT) return openAxis([])
  if (levelOf(path) < axis.depth) return { ...axis, shut: new Set([...axis.shut, path]) }
  return { ...axis, opened: without(axis.opened, path) }
}

function without(set: ReadonlySet<Path>, path: Path): ReadonlySet<Path> {
  return new Set([...set].filter((one) => one !== path))
}
