import { ComptoirError } from '../../core/errors.ts'
import type { Conflict } from '../../core/wire/version-check.ts'
import type { PageContext, Values } from '../../views/page.ts'
import { fragmentHtml } from './answer.ts'
import { parseAddress, pathOf } from './address.ts'
import { askedForm, type FormQuestion } from './form-question.ts'
import { wireValues } from './form-record.ts'
import type { PageCalls } from './page-call.ts'

/** A form that is to be saved. */
export interface SaveQuestion extends FormQuestion {
  readonly path: string
  /** Of the record as the form showed it; without it, nobody asks what others changed. */
  readonly version?: string | null
}

/** Where the saved record is. */
export interface Saved {
  readonly id: number
  readonly url: string
}

/** Nothing is saved: others changed fields that the form changes, too. */
export interface Conflicted {
  readonly conflict: {
    /** The dialog in which a person chooses. */
    readonly html: string
    /** Of the record as the dialog shows it. */
    readonly version: string
  }
}

/** Saves a form and tells where its record now is, or what stands against it. */
export async function saveForm(calls: PageCalls, asked: SaveQuestion): Promise<Saved | Conflicted> {
  const { model, context, id, changes, path, version } = asked
  const isGuarded = id !== null && Boolean(version)
  try {
    const [record] = await calls.call<{ id: number }[]>(
      model,
      'web_save',
      [id === null ? [] : [id], wireValues(changes)],
      { specification: {}, context, ...(isGuarded ? { version } : {}) },
    )
    const url = new URL(path, 'http://localhost')
    const steps = parseAddress(url.pathname)
    const last = steps.pop()
    const saved = record?.id as number // one record was saved
    return { id: saved, url: pathOf([...steps, { ...last, record: saved }]) + url.search }
  } catch (error) {
    if (!(error instanceof ComptoirError) || error.code !== 'VERSION_CONFLICT') throw error
    return conflicted(calls, asked, error.details['conflicts'] as readonly Conflict[])
  }
}

interface Side {
  readonly label: string
  readonly theirs: string
  readonly mine: string
}

/** Both values of each field, and the version that whoever has seen them may save over. */
async function conflicted(calls: PageCalls, asked: SaveQuestion, conflicts: readonly Conflict[]): Promise<Conflicted> {
  const { page, saved } = await askedForm(calls, { ...asked, context: { ...asked.context, with_version: true } })
  const fields = new Map<string, { label: string; sides: Side[] }>()
  for (const conflict of conflicts) {
    const { field, label } = conflict
    const entry = fields.get(field) ?? { label, sides: [] }
    fields.set(field, entry)
    entry.sides.push(await sideOf(calls, asked.model, conflict, page))
  }
  const by = conflicts.find(({ changed_by }) => Array.isArray(changed_by))?.changed_by as [number, string] | undefined
  const html = fragmentHtml(
    'dialog/conflict',
    {
      who: by?.[1] ?? page.translate('Somebody else'),
      fields: Array.from(fields, ([name, { label, sides }]) => ({ name, label, sides })),
    },
    calls.env.lang,
  )
  return { conflict: { html, version: String(saved['__version'] ?? '') } }
}

async function sideOf(calls: PageCalls, model: string, conflict: Conflict, page: PageContext): Promise<Side> {
  const { field, line, present, written } = conflict
  const owner = line?.field ? line.model : model
  const name = line?.field ?? field
  const info = calls.env.registry.get(owner).fields.get(name)
  const text = (value: unknown): Promise<string> => valueText(calls, owner, name, value, page)
  return {
    label: line ? [line.field ? (info?.label ?? name) : page.translate('Line'), `#${line.id}`].join(' ') : '',
    theirs: await text(present),
    mine: await text(written),
  }
}

/** A value in words. */
async function valueText(
  calls: PageCalls,
  model: string,
  name: string,
  value: unknown,
  { format, translate }: PageContext,
): Promise<string> {
  const field = calls.env.registry.get(model).fields.get(name)
  if (value === null || value === undefined || value === false)
    return translate(field?.type === 'boolean' ? 'No' : 'Empty')
  if (value === true) return translate('Yes')
  if (Array.isArray(value)) return translate('%s records', format.number(value.length, 0))
  switch (field?.type) {
    case 'many2one': {
      const [record] = await calls.call<Values[]>(field.comodel as string, 'read', [[value], ['display_name']])
      return String(record?.['display_name'] ?? value)
    }
    case 'selection': {
      const described = await calls.call<Record<string, { selection?: [string, string][] }>>(model, 'fields_get', [
        [name],
        ['selection'],
      ])
      return described[name]?.selection?.find(([one]) => one === value)?.[1] ?? String(value)
    }
    case 'date':
      return format.date(String(value))
    case 'datetime':
      return format.datetime(String(value))
    case 'integer':
      return format.number(Number(value), 0)
    case 'float':
    case 'monetary':
      return format.number(Number(value), field.digits ?? 2)
    case 'html':
      return String(value).replace(/<[^>]*>/g, ' ')
    default:
      return String(value)
  }
}
