import { field, model, NOBODY, type Recs, type RecordsOf, type Values } from '#core'
import { SMTP_TEST_FAILED } from '../outgoing/errors.ts'
import { SmtpSession, type SmtpServer } from '../outgoing/session.ts'

const REASON = 'passwords of mail servers are kept from everybody'

export class IrMailServerFields {
  name = field.char({ required: true, index: true })
  active = field.boolean({ default: true })
  from_filter = field.char({
    string: 'FROM Filtering',
    help: 'Addresses or domains, separated by commas, that the server sends for; empty: all.',
  })
  smtp_host = field.char({ string: 'SMTP Server', required: true })
  smtp_port = field.integer({ string: 'SMTP Port', default: 25, aggregator: null })
  smtp_user = field.char({ string: 'Username', groups: 'base.group_system' })
  smtp_pass = field.char({
    string: 'Password',
    groups: NOBODY,
    copy: false,
    exportable: false,
    help: 'Write it to set a password; nobody can read it.',
  })
  smtp_encryption = field.selection(
    { none: 'None', starttls: 'TLS (STARTTLS)', ssl: 'SSL/TLS' },
    { string: 'Connection Encryption', required: true, default: 'none' },
  )
  sequence = field.integer({ default: 10, string: 'Priority', help: 'The lowest number is tried first.' })
}

/** Servers that take mails to the outside. */
export const IrMailServer = model(
  'ir.mail_server',
  IrMailServerFields,
  { description: 'Mail Server', order: 'sequence, id' },
  (Base) =>
    class extends Base {
      override async create(values: readonly Values<'ir.mail_server'>[]): Promise<Recs<'ir.mail_server'>> {
        const servers = await super.create(values.map(({ smtp_pass: _secret, ...rest }) => rest))
        for (const [i, { smtp_pass }] of values.entries()) {
          // each password is another one, so that each is a write of its own
          if (smtp_pass) await servers.browse([servers.ids[i] ?? 0])._keep_password(smtp_pass)
        }
        return servers
      }

      override async write(values: Values<'ir.mail_server'>): Promise<void> {
        const { smtp_pass, ...rest } = values
        await super.write(rest)
        if (smtp_pass !== undefined) await this._keep_password(smtp_pass || null)
      }

      async _keep_password(smtp_pass: string | null): Promise<void> {
        await super.write.call(this.sudo(REASON), { smtp_pass })
      }

      /**
       * Connects to each server of the set, and logs in.
       * @throws SMTP_TEST_FAILED with what the first one that fails said
       */
      async test_smtp_connection(): Promise<Readonly<Record<string, unknown>>> {
        await this.check_access('write')
        for (const server of await this._transports()) {
          try {
            const session = await SmtpSession.open(server)
            session.close()
          } catch (error) {
            throw new SMTP_TEST_FAILED(server.host, error instanceof Error ? error.message : String(error))
          }
        }
        return {
          type: 'ir.actions.client',
          tag: 'display_notification',
          params: { type: 'success', message: 'Connection Test Successful!' },
        }
      }

      /** How to reach the servers of the set, in its order. */
      async _transports(): Promise<readonly (SmtpServer & { readonly fromFilter: string | null })[]> {
        const servers = await this.sudo(REASON).load([
          'smtp_host',
          'smtp_port',
          'smtp_user',
          'smtp_pass',
          'smtp_encryption',
          'from_filter',
        ])
        return servers.map((one) => ({
          id: one.id,
          host: one.smtp_host,
          port: one.smtp_port || 25,
          encryption: one.smtp_encryption,
          user: one.smtp_user,
          password: one.smtp_pass,
          fromFilter: one.from_filter,
        }))
      }
    },
)

IrMailServer.callable('test_smtp_connection')

export interface IrMailServer extends RecordsOf<typeof IrMailServer> {}
declare module '#core' {
  interface Models {
    'ir.mail_server': { fields: IrMailServerFields; records: IrMailServer }
  }
}
