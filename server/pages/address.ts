/** One step of the way to what a page shows. */
export interface Step {
  /** A path, an id or an external id of an action; with `model`, none. */
  readonly action?: string
  readonly model?: string
  /** A record of it; `new` for one that is not saved yet. */
  readonly record?: number | 'new'
}

/**
 * The steps of an address such as `/odoo/contacts/12/action-7/new`: each is an action or a model (`m-res.partner`) with
 * a record of it or without. The last one is what the page shows, those before are its breadcrumbs.
 */
export function parseAddress(path: string): Step[] {
  const steps: Step[] = []
  for (const part of path.split('/').slice(2).filter(Boolean).map(decodeURIComponent)) {
    const last = steps.at(-1)
    if (part === 'new' || /^\d+$/.test(part)) {
      if (!last) continue
      if (last.record === undefined) steps[steps.length - 1] = { ...last, record: recordOf(part) }
      else steps.push({ ...last, record: recordOf(part) })
    } else if (part.startsWith('m-')) steps.push({ model: part.slice(2) })
    else steps.push({ action: part.startsWith('action-') ? part.slice('action-'.length) : part })
  }
  return steps
}

/** The path of steps, the other way round. */
export function pathOf(steps: readonly Step[]): string {
  const parts = steps.flatMap((step) => [partOf(step), ...(step.record === undefined ? [] : [String(step.record)])])
  return ['/odoo', ...parts.map(encodeURIComponent)].join('/')
}

/** The list or board that a record was opened from: the step without its record, after the steps before it. */
export function withoutRecord(steps: readonly Step[]): Step[] {
  const { record: _record, ...last } = steps.at(-1) ?? {}
  return [...steps.slice(0, -1), last]
}

const recordOf = (part: string): number | 'new' => (part === 'new' ? 'new' : Number(part))

function partOf({ action = '', model }: Step): string {
  if (model !== undefined) return `m-${model}`
  return /^\d+$|\./.test(action) ? `action-${action}` : action
}
