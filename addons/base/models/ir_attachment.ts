import { randomUUID } from 'node:crypto'
import {
  field,
  groupBy,
  isActiveMimetype,
  mimetypeOf,
  model,
  type Domain,
  type Recs,
  type RecordsOf,
  type SearchOptions,
  type Values,
} from '#core'
import { allowedAttachments, hangingOnReadable, type AttachmentOperation } from './ir_attachment_access.ts'
import { collectGarbage, getContent, putContent } from './ir_attachment_store.ts'
import { ATTACHMENT_FORBIDDEN } from './ir_errors.ts'

export class IrAttachmentFields {
  name = field.char({ required: true })
  description = field.text()
  res_name = field.char({ string: 'Resource Name' })
  res_model = field.char({ string: 'Resource Model' })
  res_field = field.char({ string: 'Resource Field' })
  res_id = field.many2oneReference({ string: 'Resource ID', modelField: 'res_model' })
  company_id = field.many2one('res.company', { string: 'Company', default: (env) => env.companyId })
  type = field.selection(
    { binary: 'File', url: 'URL' },
    { required: true, default: 'binary', help: 'A file kept here, or a link to one.' },
  )
  url = field.char({ index: 'not null', size: 1024 })
  public = field.boolean({ string: 'Is public document', help: 'Whoever knows its address may read it.' })
  access_token = field.char({ groups: 'base.group_user', copy: false, help: 'Lets whoever has it read the file.' })
  raw = field.binary({ string: 'File Content (raw)', attachment: false, readonly: false, plain: true })
  datas = field.binary({ string: 'File Content (base64)', attachment: false, readonly: false })
  store_fname = field.char({ string: 'Stored Filename', index: true, readonly: true, copy: false })
  file_size = field.integer({ readonly: true, copy: false })
  checksum = field.char({ string: 'Checksum/SHA1', size: 40, readonly: true, copy: false })
  mimetype = field.char({ string: 'Mime Type', readonly: true })
  reachable = field.boolean({
    exportable: false,
    help: 'Whether it is public, the own one, or hangs on a record that the user may read.',
  })
}

type AttachmentValues = Values<'ir.attachment'>

/** How many attachments are looked at in one go when a search has to leave some out. */
const PAGE = 200

export const IrAttachment = model(
  'ir.attachment',
  IrAttachmentFields,
  {
    description: 'Attachment',
    order: 'id desc',
    indexes: { res_idx: 'res_model, res_id' },
  },
  (Base) =>
    class extends Base {
      override async create(values: readonly AttachmentValues[]): Promise<Recs<'ir.attachment'>> {
        const kept: AttachmentValues[] = []
        for (const one of values) {
          const { name, mimetype, raw, datas, store_fname: _, file_size: _size, checksum: _sum, ...rest } = one
          const content = raw ? this._bytes('raw', raw) : this._bytes('datas', datas)
          const type = mimetype ?? mimetypeOf(name || (one.url ?? ''), content ?? undefined)
          kept.push({
            ...rest,
            ...(name !== undefined && { name }),
            mimetype: this._harmless(type),
            ...(content && (await putContent(this.env, content))),
          })
        }
        const attachments = await super.create(kept)
        await attachments._check('create')
        return attachments
      }

      override async write(values: AttachmentValues): Promise<void> {
        await this._check('write')
        const { store_fname: _, file_size: _size, checksum: _sum, raw, datas, ...given } = values
        const rest = given.mimetype ? { ...given, mimetype: this._harmless(given.mimetype) } : given
        if (raw === undefined && datas === undefined) await super.write(rest)
        else await this._replace(rest, raw ? this._bytes('raw', raw) : this._bytes('datas', datas))
        if ('res_model' in rest || 'res_id' in rest) await this._check('write')
      }

      override async unlink(): Promise<void> {
        await this._check('unlink')
        await super.unlink()
      }

      override async copy_data(values: Record<string, unknown> = {}): Promise<Record<string, unknown>[]> {
        const copies = await super.copy_data(values)
        if ('raw' in values || 'datas' in values) return copies
        const contents = await this.load(['raw'])
        return copies.map((copy, i) => ({ ...copy, raw: contents[i]?.raw ?? null }))
      }

      /** Refuses what the user may not do with the attachments, or with the records that they hang on. */
      override async check_access(operation: AttachmentOperation): Promise<void> {
        await super.check_access(operation)
        await this._check(operation)
      }

      /**
       * Contents of other models' fields are left out unless the domain asks for them, and so is what hangs on records
       * that the user may not read.
       */
      override async _search(domain: readonly unknown[], options: SearchOptions): Promise<readonly number[]> {
        const asked = domain.some((leaf) => Array.isArray(leaf) && (leaf[0] === 'id' || leaf[0] === 'res_field'))
        const wanted = asked ? domain : [['res_field', '=', null], ...domain]
        if (this.env.su) return super._search(wanted, options)
        const { limit, offset = 0, ...rest } = options
        const end = limit === undefined ? Infinity : offset + limit
        const found: number[] = []
        for (let from = 0; found.length < end; from += PAGE) {
          const page = await super._search(wanted, { ...rest, limit: PAGE, offset: from })
          const allowed = await this.browse(page)._allowed('read')
          found.push(...page.filter((id) => allowed.has(id)))
          if (page.length < PAGE) break
        }
        return found.slice(offset, end)
      }

      override async search_count<const D extends readonly unknown[]>(
        domain: Domain<'ir.attachment', D>,
        limit?: number,
      ): Promise<number> {
        return (await this._search(domain as readonly unknown[], limit === undefined ? {} : { limit })).length
      }

      /** Gives each attachment a token that lets whoever has it read the file. */
      async generate_access_token(): Promise<string[]> {
        const tokens: string[] = []
        for (const one of await this.load(['access_token'])) {
          const token = one.access_token ?? randomUUID()
          if (one.access_token === null) await one.write({ access_token: token })
          tokens.push(token)
        }
        return tokens
      }

      /** Deletes the files that no attachment refers to any more. */
      async _cron_collect_garbage(): Promise<void> {
        await collectGarbage(this.env)
      }

      /** Which of the attachments the user may do the operation with. */
      async _allowed(operation: AttachmentOperation): Promise<ReadonlySet<number>> {
        if (this.env.su) return new Set(this.ids)
        const facts = await this.sudo('rights to attachments depend on what they hang on').load([
          'public',
          'res_model',
          'res_id',
          'res_field',
          'create_uid',
        ])
        return allowedAttachments(this.env, facts, operation)
      }

      async _check(operation: AttachmentOperation): Promise<void> {
        const allowed = await this._allowed(operation)
        const refused = this.ids.filter((id) => !allowed.has(id))
        if (refused.length > 0) throw new ATTACHMENT_FORBIDDEN(operation, refused)
      }

      /** Writes a new content, or none, and the type that it has in each attachment. */
      async _replace(values: AttachmentValues, content: Uint8Array | null): Promise<void> {
        if (content === null) return super.write({ ...values, store_fname: null, checksum: null, file_size: 0 })
        await super.write({ ...values, ...(await putContent(this.env, content)) })
        if (values.mimetype) return
        for (const [mimetype, group] of groupBy(await this.load(['name']), (one) =>
          this._harmless(mimetypeOf(one.name, content)),
        )) {
          await this.browse(group.map((one) => one.id)).write({ mimetype })
        }
      }

      /** Keeps browsers from running what people upload: only administrators may keep pages and scripts as such. */
      _harmless(mimetype: string): string {
        const trusted = this.env.su || this.env.user.groups.has('base.group_system')
        return isActiveMimetype(mimetype) && !trusted ? 'text/plain' : mimetype
      }

      _bytes(name: 'raw' | 'datas', value: Uint8Array | null | undefined): Uint8Array | null {
        const info = this.env.registry.get('ir.attachment').fields.get(name)
        const content = value && info?.kind.accept(value, info)
        return content instanceof Uint8Array ? content : null
      }
    },
)

IrAttachment.computeBatch('raw', ['store_fname'], async (attachments, env) => {
  const contents = attachments.map(
    async (one) =>
      [one.id, one.store_fname === null ? null : ((await getContent(env, one.store_fname)) ?? null)] as const,
  )
  return new Map(await Promise.all(contents))
})
  .compute('datas', ['raw'], (one) => one.raw)
  .computeBatch('res_name', ['res_model', 'res_id'], async (attachments, env) => {
    const names = new Map<number, string | null>()
    const known = attachments.filter((one) => one.res_id && one.res_model !== null && env.registry.has(one.res_model))
    for (const [name, group] of groupBy(known, (one) => one.res_model ?? '')) {
      const records = await env
        .model(
          name,
          group.map((one) => one.res_id ?? 0),
        )
        .exists()
      const shown = new Map((await records.load(['display_name'])).map((one) => [one.id, String(one['display_name'])]))
      for (const one of group) names.set(one.id, shown.get(one.res_id ?? 0) ?? null)
    }
    return new Map(attachments.map((one) => [one.id, names.get(one.id) ?? null]))
  })
  .computeBatch('reachable', ['public', 'res_model', 'res_id', 'create_uid'], async (attachments, env) => {
    const ids = attachments.map(({ id }) => id)
    const reached = new Set(
      (
        await env['ir.attachment'].search([
          ['id', 'in', ids],
          ['reachable', '=', true],
        ])
      ).ids,
    )
    return new Map(ids.map((id) => [id, reached.has(id)]))
  })
  .search('reachable', async (operator, operand, env) => {
    const hanging = await hangingOnReadable(env)
    const terms = [['public', '=', true], ['create_uid', '=', env.uid], ...hanging]
    const reached = [...terms.slice(1).map(() => '|'), ...terms]
    return (operator === '=') === Boolean(operand) ? reached : ['!', ...reached]
  })
  .callable('generate_access_token')

export interface IrAttachment extends RecordsOf<typeof IrAttachment> {}
declare module '#core' {
  interface Models {
    'ir.attachment': { fields: IrAttachmentFields; records: IrAttachment }
  }
}
