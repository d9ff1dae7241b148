import { scopeOf } from '../../views/arch/modifiers.ts'
import { flag } from '../../views/arch/node.ts'
import type { Fields, Values, ViewNode } from '../../views/page.ts'
import { formView, hasChatter, readFormArch, type FormArch } from '../../views/types/form/view-model.ts'
import { RECORD_GONE } from '../errors.ts'
import type { WindowAction } from './action.ts'
import { drawChatter } from './chatter.ts'
import { withChoices } from './choices.ts'
import { recordGear } from './gear.ts'
import { shownRecord } from './form-record.ts'
import type { PageCalls } from './page-call.ts'
import { pageContext } from './page-context.ts'
import { viewsOf } from './views.ts'

export interface ShownRecord {
  readonly content: ViewNode
  readonly name: string
  /** Whether the form offers to make another record. */
  readonly canCreate: boolean
  /** What can be done with the record; `null` for a new one. */
  readonly gear: ViewNode | null
}

/** The form of one record, or of a new one with its defaults. */
export async function recordForm(
  calls: PageCalls,
  action: WindowAction,
  record: number | 'new',
  prefix = 'f_',
  context: Values = {},
): Promise<ShownRecord> {
  const model = action.res_model
  const { views, models } = await viewsOf(calls, action, ['form'])
  const arch = readFormArch(views['form']?.arch ?? '<form/>', model, models)
  const plain = await pageContext(calls, models)
  const page = { ...plain, context: { ...plain.context, ...context } }
  const values =
    record === 'new'
      ? await defaults(calls, model, arch, models[model] as Fields)
      : await saved(calls, model, record, arch)
  const name = record === 'new' ? page.translate('New') : String(values['display_name'] ?? '')
  const scope = scopeOf(values, models[model] as Fields, page.context)
  const shown = await withChoices(calls, page, arch.places, scope)
  const form = formView(arch, {
    model,
    record: values,
    page: shown,
    mode: 'edit',
    view: views['form']?.id ?? false,
    prefix,
  })
  const canCreate = flag(arch.root, 'create', true)
  if (record === 'new') return { content: form, name, canCreate, gear: null }
  const toolbar = views['form']?.toolbar ?? {}
  const gear = await recordGear(calls, { model, id: record, arch, toolbar }, page)
  if (!hasChatter(arch)) return { content: form, name, canCreate, gear }
  const chatter = await drawChatter(calls, model, record, page)
  return { content: { template: 'chatter/beside', form, chatter }, name, canCreate, gear }
}

async function saved({ call }: PageCalls, model: string, id: number, arch: FormArch): Promise<Values> {
  const specification = { display_name: {}, ...arch.specification }
  const context = { with_version: true }
  const [values] = await call<Values[]>(model, 'web_read', [[id]], { specification, context })
  if (!values) throw new RECORD_GONE(model, id)
  return values
}

async function defaults({ call }: PageCalls, model: string, arch: FormArch, fields: Fields): Promise<Values> {
  const { value } = await call<{ value: Values }>(model, 'onchange', [[], {}, [], arch.specification])
  return shownRecord(fields, value).record
}
