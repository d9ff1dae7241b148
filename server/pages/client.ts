import type { FastifyInstance } from 'fastify'
import { parseSearch } from '../../views/types/search/state.ts'
import { sessionOf } from '../session-cookie.ts'
import { actionContext, actionOf, givenAction } from './action.ts'
import { parseAddress, pathOf, withoutRecord, type Step } from './address.ts'
import { answerPage, type PageAnswer } from './answer.ts'
import { frameOf, navbar, type Frame } from './frame.ts'
import { multiPage, searchedAddress } from './multi-page.ts'
import { pageCall, withContext, type PageCalls } from './page-call.ts'
import { recordForm } from './record-form.ts'
import { listBehind, recordPager } from './record-pager.ts'

/** `/odoo/…`: the client's pages. */
export async function clientPages(app: FastifyInstance): Promise<void> {
  for (const path of ['/odoo', '/odoo/*']) {
    app.get(path, async (request, reply) => {
      const session = await sessionOf(request)
      if (!session) return reply.redirect(`/web/login?redirect=${encodeURIComponent(request.url)}`)
      const url = new URL(request.url, 'http://localhost')
      const page = await pageCall(request, session, 'read', async (calls) => show(calls, frameOf(request), url))
      return 'redirect' in page ? reply.redirect(page.redirect) : answerPage(request, reply, page)
    })
  }
}

interface Redirect {
  readonly redirect: string
}

/** The page of an address. */
async function show(calls: PageCalls, frame: Frame, url: URL): Promise<PageAnswer | Redirect> {
  const steps = parseAddress(url.pathname)
  const step = steps.at(-1)
  if (!step) return home(calls, frame)
  const state = parseSearch(url.searchParams)
  const action = givenAction(await actionOf(calls, step), state.given)
  const typed = url.searchParams.get('q')
  if (typed !== null) return { redirect: await searchedAddress(calls, action, steps, state, typed) }
  const bar = await navbar(calls, action.id, frame)
  const trail = await breadcrumbs(calls, steps, url)
  let name = action.name
  let body: object
  if (step.record === undefined) {
    const { content, ...panel } = await multiPage(calls, action, steps, state)
    body = { content, panel: { breadcrumbs: [...trail, { label: name }], ...panel } }
  } else {
    const asker = withContext(calls, actionContext(calls, action, steps))
    const shown = await recordForm(asker, action, step.record)
    name = shown.name
    const list = listBehind(url.searchParams, step)
    const pager = list && (await recordPager(calls, givenAction(action, list.given), steps, list))
    body = {
      content: shown.content,
      panel: {
        breadcrumbs: [...trail, { label: name }],
        gear: shown.gear,
        pager,
        newHref: shown.canCreate ? pathOf([...withoutRecord(steps).slice(0, -1), { ...step, record: 'new' }]) : null,
      },
    }
  }
  const live = action.res_model
  return { title: name, lang: calls.env.lang, body: { template: 'frame/client', navbar: bar, live, ...body } }
}

/** The way to the current page: each step before it, and of a record the list that it was opened from. */
async function breadcrumbs(calls: PageCalls, steps: readonly Step[], url: URL): Promise<object[]> {
  const trail: object[] = []
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1
    const action = await actionOf(calls, step)
    const before = steps.slice(0, i)
    const follows = before.at(-1)?.action === step.action && before.at(-1)?.model === step.model && before.length > 0
    if (step.record !== undefined && !follows) {
      const query = isLast ? url.searchParams.get('in') : null
      trail.push({ label: action.name, href: pathOf(withoutRecord([...before, step])) + (query ? `?${query}` : '') })
    }
    if (isLast) break
    const href = pathOf([...before, step])
    if (typeof step.record === 'number') {
      const [named] = await calls.call<{ display_name: string }[]>(action.res_model, 'read', [
        [step.record],
        ['display_name'],
      ])
      trail.push({ label: named?.display_name ?? String(step.record), href })
    } else trail.push({ label: action.name, href })
  }
  return trail
}

async function home(calls: PageCalls, frame: Frame): Promise<PageAnswer> {
  const bar = (await navbar(calls, false, frame)) as { apps: readonly { href: string }[] }
  return {
    title: 'Comptoir',
    lang: calls.env.lang,
    body: { template: 'frame/client', navbar: bar, content: { template: 'frame/home', apps: bar.apps } },
  }
}
