/** Records that a person selected: these, or all that the page is about. */
export type Selected = readonly number[] | 'all'

/** What a list tells of its selection, and what it is told; both go through the document. */
export interface SelectionEvents {
  /** A list has another selection. */
  readonly 'list:selected': {
    readonly selected: Selected
    readonly count: number | string
    /** How many could be selected, when that is more than now and everything on the page is. */
    readonly more: number | string | null
  }
  /** Everything that the page is about shall be selected, or nothing. */
  readonly 'selection:change': 'all' | 'none'
}

export function tell<K extends keyof SelectionEvents>(name: K, detail: SelectionEvents[K]): void {
  document.dispatchEvent(new CustomEvent(name, { detail }))
}

/** Listens until the function that it gives is called. */
export function hear<K extends keyof SelectionEvents>(
  name: K,
  listener: (detail: SelectionEvents[K]) => void,
): () => void {
  const heard = (event: Event): void => listener((event as CustomEvent<SelectionEvents[K]>).detail)
  document.addEventListener(name, heard)
  return () => document.removeEventListener(name, heard)
}
