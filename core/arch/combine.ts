import { childElements, parseXml, type XmlElement } from '../tools/xml.ts'
import { describeTarget, locate } from './locate.ts'
import { Origins } from './origin.ts'
import { applyAt, POSITIONS } from './position.ts'
import type { Mistake, ViewSource } from './source.ts'
import { suggest } from '../expr/suggest.ts'

/** An arch with the changes of its extensions. */
export interface CombinedArch {
  readonly view: ViewSource
  readonly root: XmlElement
  readonly origins: Origins
  /** Extensions that did not fit: they are left out, whole. */
  readonly failed: readonly { readonly view: ViewSource; readonly mistakes: readonly Mistake[] }[]
}

/** Views of a model that may take part, by the view that they inherit. */
export type Extensions = ReadonlyMap<number, readonly ViewSource[]>

/**
 * The arch of a primary view after all extensions: those of its parent when it inherits one, its own changes, and the
 * extensions of it. Extensions apply by priority, then age, each followed by its own extensions. One that does not fit is
 * left out and told in `failed`. `sourceOf` gives the views that are inherited.
 */
export function combine(
  view: ViewSource,
  extensions: Extensions,
  sourceOf: (id: number) => ViewSource | undefined,
): CombinedArch {
  const parent = view.inheritId === null ? undefined : sourceOf(view.inheritId)
  const failed: { view: ViewSource; mistakes: readonly Mistake[] }[] = []
  const origins = new Origins()
  let root: XmlElement
  if (parent) {
    const below = combine(primaryOf(parent, sourceOf), extensions, sourceOf)
    failed.push(...below.failed)
    root = below.root
    origins.copyFrom(below.origins, below.root, below.view)
    const outcome = applyExtension(root, view, origins)
    root = outcome.root
    if (outcome.mistakes.length > 0) failed.push({ view, mistakes: outcome.mistakes })
  } else {
    root = parsed(view)
    origins.mark(root, view)
  }
  root = extend(root, view, extensions, origins, failed)
  return { view, root, origins, failed }
}

/** The view that an extension changes in the end. */
export function primaryOf(view: ViewSource, sourceOf: (id: number) => ViewSource | undefined): ViewSource {
  let current = view
  for (let up = 0; current.mode === 'extension' && current.inheritId !== null && up < 100; up++) {
    const parent = sourceOf(current.inheritId)
    if (!parent) break
    current = parent
  }
  return current
}

function extend(
  start: XmlElement,
  view: ViewSource,
  extensions: Extensions,
  origins: Origins,
  failed: { view: ViewSource; mistakes: readonly Mistake[] }[],
): XmlElement {
  let root = start
  const mine = (extensions.get(view.id) ?? []).filter(({ mode }) => mode === 'extension')
  for (const extension of mine.toSorted((a, b) => a.priority - b.priority || a.id - b.id)) {
    const before = root.cloneNode(true) as XmlElement
    origins.copy(root, before)
    const parent = root.parentNode
    const outcome = applyExtension(root, extension, origins)
    if (outcome.mistakes.length > 0) {
      failed.push({ view: extension, mistakes: outcome.mistakes })
      // What it changed before it failed is taken back.
      parent?.replaceChild(before, outcome.root)
      root = before
      continue
    }
    root = extend(outcome.root, extension, extensions, origins, failed)
  }
  return root
}

/** Carries out the changes of one extension; its mistakes are all collected. */
export function applyExtension(
  start: XmlElement,
  view: ViewSource,
  origins: Origins,
): { root: XmlElement; mistakes: Mistake[] } {
  const mistakes: Mistake[] = []
  let root = start
  let specs: readonly XmlElement[]
  try {
    const arch = parsed(view)
    origins.mark(arch, view)
    specs = arch.nodeName === 'data' ? childElements(arch) : [arch]
  } catch (error) {
    return { root, mistakes: [{ view, line: 1, message: messageOf(error) }] }
  }
  for (const spec of specs) {
    const at = (message: string, hint?: string): void =>
      void mistakes.push({ view, line: origins.of(spec, view).line, message, hint })
    const position = spec.getAttribute('position') || 'inside'
    if (!(POSITIONS as readonly string[]).includes(position) || position === 'move') {
      at(`there is no position '${position}'`, suggest(position, POSITIONS))
      continue
    }
    let target: XmlElement | undefined
    try {
      target = locate(root, spec)
    } catch (error) {
      at(`${describeTarget(spec)} cannot be read: ${messageOf(error)}`)
      continue
    }
    if (!target) {
      at(`${describeTarget(spec)} finds nothing in the view that it extends`, nearestName(root, spec))
      continue
    }
    const outcome = applyAt(root, target, spec)
    root = outcome.root
    if (outcome.mistake !== undefined) at(outcome.mistake)
  }
  return { root, mistakes }
}

/** The root of a view's arch. @throws XML_MALFORMED */
export function parsed({ arch, xmlid, name }: ViewSource): XmlElement {
  return parseXml(arch, xmlid ?? name).documentElement as XmlElement
}

/** A name in the view that is like the one that a spec looks for. */
function nearestName(root: XmlElement, spec: XmlElement): string | undefined {
  const wanted =
    spec.getAttribute('name') ??
    /@name='([^']+)'|@name="([^"]+)"/
      .exec(spec.getAttribute('expr') ?? '')
      ?.slice(1)
      .find(Boolean)
  if (!wanted) return undefined
  const names = new Set<string>()
  const collect = (node: XmlElement): void => {
    const name = node.getAttribute('name')
    if (name) names.add(name)
    for (const child of childElements(node)) collect(child)
  }
  collect(root)
  return suggest(wanted, names)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
