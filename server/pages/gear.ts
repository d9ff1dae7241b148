import { exportDialog } from '../../views/export/words.ts'
import { gearView, type GearEntry } from '../../views/frame/gear-view.ts'
import type { PageContext, Values, ViewNode } from '../../views/page.ts'
import type { FormArch } from '../../views/types/form/view-model.ts'
import type { Toolbar, ViewRequest } from './kinds/kind.ts'
import type { PageCalls } from './page-call.ts'
import { reportUrl } from './report/address.ts'
import { mayExport } from './export/rights.ts'

/** What a file is made of that holds all records of a list. */
export function exportRequest({ model, page, search, state }: ViewRequest): object {
  return {
    model,
    domain: search.domain,
    groupBy: search.groupBy,
    order: state.order ?? search.order,
    context: page.context,
  }
}

/** What can be done with all records of a list. */
export function listGear(request: ViewRequest): ViewNode | null {
  const { calls, page } = request
  const { translate } = page
  if (!mayExport(calls)) return null
  const asked = exportRequest(request)
  const dialog = exportDialog(translate)
  const attributes = {
    'data-controller': 'export',
    'data-export-request-value': asked,
    'data-export-words-value': dialog['words'],
  }
  const exports: GearEntry[] = [
    { label: translate('Export all'), icon: 'download', attributes: { ...attributes, 'data-action': 'export#all' } },
    { label: translate('Export…'), icon: 'table', attributes: { ...attributes, 'data-action': 'export#open' } },
  ]
  return gearView([exports], dialog)
}

/** The record of a form, and what says what can be done with it. */
export interface GearedRecord {
  readonly model: string
  readonly id: number
  readonly arch: FormArch
  readonly toolbar: Toolbar
}

/** What can be done with the record of a form. */
export async function recordGear(calls: PageCalls, record: GearedRecord, page: PageContext): Promise<ViewNode | null> {
  const { model, id, arch, toolbar } = record
  const { translate } = page
  const may = (operation: string): Promise<boolean> => calls.call(model, 'has_access', [[id], operation])
  const offers = (flag: string): boolean => !['0', 'false', 'False'].includes(arch.root.getAttribute(flag) ?? '1')
  const { activeField } = calls.env.registry.get(model)
  const entry = (label: string, icon: string, act: string | number, confirm?: string): GearEntry => ({
    label,
    icon,
    attributes: {
      'data-action': 'gear#act',
      'data-act': act,
      'data-record': { model, id, context: page.context },
      'data-confirm': confirm,
    },
  })
  const own: GearEntry[] = []
  if (offers('duplicate') && offers('create') && (await may('create')))
    own.push(entry(translate('Duplicate'), 'copy', 'duplicate'))
  if (activeField && offers('edit') && (await may('write')))
    own.push(
      (await isActive(calls, model, id, activeField))
        ? entry(translate('Archive'), 'archive', 'archive', translate('Archive this record?'))
        : entry(translate('Unarchive'), 'arrow-counterclockwise', 'unarchive'),
    )
  if (offers('delete') && (await may('unlink')))
    own.push(entry(translate('Delete'), 'trash', 'delete', translate('Delete this record? This cannot be undone.')))
  return gearView([
    (toolbar.print ?? []).map((report): GearEntry => ({
      label: report.name,
      icon: 'printer',
      href: reportUrl(report, [id]),
      isNewTab: true,
    })),
    own,
    (toolbar.action ?? []).map((action) => entry(action.name, 'lightning', action.id)),
  ])
}

async function isActive(calls: PageCalls, model: string, id: number, field: string): Promise<boolean> {
  const [values] = await calls.call<Values[]>(model, 'read', [[id], [field]])
  return values?.[field] !== false
}
