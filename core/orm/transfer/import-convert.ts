import { ComptoirError } from '../../errors.ts'
import type { FieldInfo } from '../../fields/info.ts'
import type { AnyCommand } from '../../fields/command.ts'
import { FIELD_REQUIRED } from '../errors.ts'
import type { Loose } from '../operations.ts'
import {
  ID_NOT_FOUND,
  NAME_AMBIGUOUS,
  NAME_UNKNOWN,
  XMLID_NOT_FOUND,
  XMLID_OTHER_MODEL,
  XMLID_WRONG,
} from './errors.ts'
import { type ImportNode, onlyNamed } from './import-columns.ts'
import { type Draft, ownRef, type Ref, refsOf } from './import-drafts.ts'
import type { Lookups } from './import-lookups.ts'

/** The values of a draft for `create` or `write`, and what was wrong with its cells. */
export interface Converted {
  readonly values: Loose
  readonly errors: readonly ComptoirError[]
  readonly warnings: readonly ComptoirError[]
}

/** Turns the texts of a draft into values. What its cells name must have been looked up. */
export function convert(draft: Draft, lookups: Lookups): Converted {
  const reader = new DraftReader(lookups)
  const values = reader.read(draft)
  return { values, errors: reader.errors, warnings: reader.warnings }
}

/** The external id of a line that is to be created, where the file gives it one that stands for nothing yet. */
export function newXmlId(line: Draft, lookups: Lookups): string | undefined {
  const ref = ownRef(line, 'xmlid')
  const found = ref && lookups.find(ref)
  return ref && !found?.ids.length && found?.otherModel === undefined ? lookups.complete(ref.text) : undefined
}

/** Whether a complete external id has a module and a name, both without spaces. */
const isXmlId = (xmlid: string): boolean => /^[^.\s]+\.\S+$/.test(xmlid)

class DraftReader {
  readonly errors: ComptoirError[] = []
  readonly warnings: ComptoirError[] = []
  readonly #lookups: Lookups

  constructor(lookups: Lookups) {
    this.#lookups = lookups
  }

  read(draft: Draft): Loose {
    const { node, cells } = draft
    const values: Loose = {}
    for (const { index, field, read } of node.values) {
      const text = cells[index] ?? ''
      this.#guard(node, field, text, () => {
        values[field.name] = read(text)
      })
    }
    for (const { field, node: related } of node.relations.values()) {
      if (field.type === 'one2many') this.#lines(draft, field, values)
      else if (field.type === 'many2many') values[field.name] = [{ set: this.#records(draft, related, field) }]
      else this.#one(draft, related, field, values)
    }
    return values
  }

  #one(draft: Draft, related: ImportNode, field: FieldInfo, values: Loose): void {
    const [ref] = refsOf(draft, related, false)
    this.#guard(draft.node, field, ref?.text ?? '', () => {
      if (!ref && field.required)
        throw new FIELD_REQUIRED(draft.node.info.description, field.model, field.label, field.name)
      values[field.name] = ref ? this.#record(ref, draft.node, field) : null
    })
  }

  #records(draft: Draft, related: ImportNode, field: FieldInfo): number[] {
    const ids = new Set<number>()
    for (const ref of refsOf(draft, related, true))
      this.#guard(draft.node, field, ref.text, () => ids.add(this.#record(ref, draft.node, field)))
    return [...ids]
  }

  /** Lines that the file names are linked and written to, the others are created. A file without lines leaves those that are there. */
  #lines(draft: Draft, field: FieldInfo, values: Loose): void {
    const relation = draft.node.relations.get(field.name)
    const drafts = draft.lines.get(field.name) ?? []
    if (!relation || drafts.length === 0) return
    const commands: AnyCommand[] = []
    const named = onlyNamed(relation)
    for (const line of drafts) {
      const refs = refsOf(line, relation.node, named)
      const own = named ? {} : this.read(line)
      const fresh = named ? undefined : newXmlId(line, this.#lookups)
      if (fresh !== undefined && !isXmlId(fresh))
        this.errors.push(located(new XMLID_WRONG(fresh), draft.node, field, fresh))
      if (refs.length === 0 || fresh !== undefined) commands.push({ create: own })
      else {
        for (const ref of refs) {
          this.#guard(draft.node, field, ref.text, () => {
            const id = this.#record(ref, draft.node, field)
            commands.push({ link: id })
            if (!named) commands.push({ update: [id, own] })
          })
        }
      }
    }
    values[field.name] = commands
  }

  #record(ref: Ref, node: ImportNode, field: FieldInfo): number {
    const found = this.#lookups.find(ref)
    const [id] = found?.ids ?? []
    if (id === undefined) throw missing(ref, field, found?.otherModel)
    if (found && found.ids.length > 1)
      this.warnings.push(located(new NAME_AMBIGUOUS(ref.text, field.label), node, field, ref.text))
    return id
  }

  #guard(node: ImportNode, field: FieldInfo, text: string, work: () => void): void {
    try {
      work()
    } catch (error) {
      if (!(error instanceof ComptoirError)) throw error
      this.errors.push(located(error, node, field, text))
    }
  }
}

/** An error that says which column it is about: clients look for the column's first part. */
function located(error: ComptoirError, node: ImportNode, field: FieldInfo, value: string): ComptoirError {
  const path = [...node.path, field.name]
  return error.with({ field: path[0], field_name: field.label, field_path: path, value })
}

function missing({ kind, text, model }: Ref, field: FieldInfo, otherModel: string | undefined): ComptoirError {
  if (otherModel !== undefined) return new XMLID_OTHER_MODEL(text, model, otherModel)
  const error =
    kind === 'name'
      ? new NAME_UNKNOWN(text, field.label)
      : kind === 'xmlid'
        ? new XMLID_NOT_FOUND(text, field.label)
        : new ID_NOT_FOUND(text, field.label)
  return error.with({ moreinfo: kind === 'xmlid' ? externalIdsAction(model) : recordsAction(model) })
}

const LIST_AND_FORM = [
  [false, 'list'],
  [false, 'form'],
] as const

function recordsAction(model: string): object {
  return {
    type: 'ir.actions.act_window',
    name: 'Possible Values',
    res_model: model,
    target: 'new',
    view_mode: 'list,form',
    views: LIST_AND_FORM,
    context: { create: false },
  }
}

function externalIdsAction(model: string): object {
  return { ...recordsAction('ir.model.data'), domain: [['model', '=', model]] }
}

/** The record that a draft is to be written to, if there is one, and its complete external id; or what is wrong with them. */
export function targetOf(
  draft: Draft,
  lookups: Lookups,
): { readonly id?: number; readonly xmlid?: string } | ComptoirError {
  const dbid = ownRef(draft, 'dbid')
  const named = ownRef(draft, 'xmlid')
  const xmlid = named && lookups.complete(named.text)
  if (named && xmlid !== undefined && !isXmlId(xmlid))
    return new XMLID_WRONG(named.text).with({ field: 'id', value: named.text })
  const known = named && lookups.find(named)
  if (named && known?.otherModel)
    return new XMLID_OTHER_MODEL(named.text, draft.node.info.name, known.otherModel).with({
      field: 'id',
      value: named.text,
    })
  const id = dbid ? lookups.find(dbid)?.ids[0] : known?.ids[0]
  if (dbid && id === undefined) return new ID_NOT_FOUND(dbid.text, 'id').with({ field: '.id', value: dbid.text })
  return { ...(id === undefined ? {} : { id }), ...(xmlid === undefined ? {} : { xmlid }) }
}
