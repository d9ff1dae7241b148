import type { Env } from '../orm/env.ts'
import { sql } from '../sql/fragment.ts'
import { combine, primaryOf, type CombinedArch } from './combine.ts'
import { VIEW_WRONG } from './errors.ts'
import { viewById } from './get-view.ts'
import { describeMistake, viewLabel, type Mistake, type ViewSource } from './source.ts'
import { validate } from './validate.ts'

/** Every mistake in views, in the views that they change and in those that build on them; each is told once. */
export async function mistakesOf(env: Env, ids: readonly number[]): Promise<Mistake[]> {
  const seen = new Set<string>()
  const mistakes: Mistake[] = []
  const checked = new Set<number>()
  for (const id of ids) {
    const { view, views } = await viewById(env, id)
    const sourceOf = (one: number): ViewSource | undefined => views.byId.get(one)
    const asked = views.byId.get(id)
    if (asked && inherits(asked, asked.id, sourceOf)) {
      mistakes.push({ view: asked, line: 1, message: 'it inherits itself in the end' })
      continue
    }
    // Primary views that inherit what was changed are built on it.
    const dependents = [...views.byId.values()].filter(
      (one) => one.mode === 'primary' && inherits(one, view.id, sourceOf),
    )
    for (const one of [view, ...dependents]) {
      if (checked.has(one.id)) continue
      checked.add(one.id)
      let arch: CombinedArch
      try {
        arch = combine(one, views.children, sourceOf)
      } catch (error) {
        mistakes.push({
          view: primaryOf(one, sourceOf),
          line: 1,
          message: error instanceof Error ? error.message : String(error),
        })
        continue
      }
      const found = [...arch.failed.flatMap((failed) => failed.mistakes), ...(await validate(env, arch))]
      for (const mistake of found) {
        const text = describeMistake(mistake)
        if (seen.has(text)) continue
        seen.add(text)
        mistakes.push(mistake)
      }
    }
  }
  return mistakes
}

/**
 * Refuses views that are wrong, naming every mistake.
 * @throws VIEW_WRONG
 */
export async function refuseWrongViews(
  env: Env,
  ids: readonly number[],
  ignore: (mistake: Mistake) => boolean = () => false,
): Promise<void> {
  const mistakes = (await mistakesOf(env, ids)).filter((mistake) => !mistake.warning && !ignore(mistake))
  if (mistakes.length === 0) return
  throw new VIEW_WRONG(mistakes.map(describeMistake)).with({
    views: [...new Set(mistakes.map(({ view }) => view.id))],
    mistakes: mistakes.map(({ view, line, path, message, hint }) => ({
      view: view.xmlid ?? view.id,
      file: view.file,
      line: view.line + line - 1,
      path,
      message,
      hint,
    })),
  })
}

function inherits(view: ViewSource, ancestor: number, sourceOf: (id: number) => ViewSource | undefined): boolean {
  let current: ViewSource | undefined = view
  for (let up = 0; current && up < 100; up++) {
    if (current.inheritId === ancestor) return true
    current = current.inheritId === null ? undefined : sourceOf(current.inheritId)
  }
  return false
}

/**
 * Refuses a change of views that leaves any wrong. Extensions that were set aside before do not count, unless they are
 * what changed; those that fit again are taken back.
 * @throws VIEW_WRONG
 */
export async function checkViews(env: Env, ids: readonly number[]): Promise<void> {
  const broken = await brokenViews(env)
  const changed = new Set(ids)
  await refuseWrongViews(env, ids, ({ view }) => broken.has(view.id) && !changed.has(view.id))
  const mended = ids.filter((id) => broken.has(id))
  if (mended.length > 0) await setReason(env, mended, null)
}

/**
 * Checks what an addon's data files brought. Mistakes in its own views are thrown, all at once; views of other addons
 * and of people that no longer fit are set aside, so that the views they change work without them.
 * @returns the external ids or names of views that were set aside
 * @throws VIEW_WRONG
 */
export async function checkAddonViews(env: Env, addon: string, ids: readonly number[]): Promise<readonly string[]> {
  const own = ({ view }: Mistake): boolean => view.xmlid?.startsWith(`${addon}.`) === true
  const mistakes = await mistakesOf(env, ids)
  await refuseWrongViews(env, ids, (mistake) => !own(mistake))
  const others = new Map<number, Mistake[]>()
  for (const mistake of mistakes)
    if (!mistake.warning && !own(mistake))
      others.set(mistake.view.id, [...(others.get(mistake.view.id) ?? []), mistake])
  for (const [id, found] of others) await setReason(env, [id], found.map(describeMistake).join('\n'))
  const fit = [...(await brokenViews(env))].filter((id) => !others.has(id))
  if (fit.length > 0) {
    const still = new Set((await mistakesOf(env, fit)).map(({ view }) => view.id))
    const mended = fit.filter((id) => !still.has(id))
    if (mended.length > 0) await setReason(env, mended, null)
  }
  return [...others.values()].flatMap(([first]) => (first ? [viewLabel(first.view)] : []))
}

async function brokenViews(env: Env): Promise<ReadonlySet<number>> {
  const rows = await env.connection.rows<{ id: number }>(sql`SELECT id FROM ir_ui_view WHERE broken_reason IS NOT NULL`)
  return new Set(rows.map(({ id }) => id))
}

async function setReason(env: Env, ids: readonly number[], reason: string | null): Promise<void> {
  await env.model('ir.ui.view', ids).sudo('what is broken is noted whoever broke it').write({ broken_reason: reason })
}
