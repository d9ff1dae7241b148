import { childElements, lineOf, type XmlElement, type XmlNode } from '../tools/xml.ts'
import type { ViewSource } from './source.ts'

/** Which view brought each element of a combined arch. */
export class Origins {
  readonly #views = new WeakMap<XmlNode, ViewSource>()
  /** Lines of copies, which know none themselves. */
  readonly #lines = new WeakMap<XmlNode, number>()

  /** Notes that a view brought an element and all that is in it. */
  mark(element: XmlElement, view: ViewSource): void {
    this.#views.set(element, view)
    for (const child of childElements(element)) this.mark(child, view)
  }

  /** Notes for a copy of a tree what is known of the tree. */
  copy(from: XmlElement, to: XmlElement): void {
    const view = this.#views.get(from)
    if (view) this.#views.set(to, view)
    this.#lines.set(to, this.#lines.get(from) ?? lineOf(from))
    const [sources, copies] = [childElements(from), childElements(to)]
    for (const [i, source] of sources.entries()) if (copies[i]) this.copy(source, copies[i])
  }

  /** Takes over what another one knows of a tree. */
  copyFrom(other: Origins, root: XmlElement, fallback: ViewSource): void {
    const { view, line } = other.of(root, fallback)
    this.#views.set(root, view)
    this.#lines.set(root, line)
    for (const child of childElements(root)) this.copyFrom(other, child, fallback)
  }

  /** The view that brought an element, or `fallback` for one that was made here, and its line there. */
  of(element: XmlElement, fallback: ViewSource): { view: ViewSource; line: number } {
    return {
      view: this.#views.get(element) ?? fallback,
      line: Math.max(1, this.#lines.get(element) ?? lineOf(element)),
    }
  }
}
