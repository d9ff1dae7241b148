import { field, model, NOBODY, type RecordsOf } from '#core'
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
    readonly: false,
    exportable: false,
    groups: 'base.group_system',
    help: 'Write it to set a password; nobody can read it.',
  })
  smtp_secret = field.char({ groups: NOBODY, copy: false, exportable: false })
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
          'smtp_secret',
          'smtp_encryption',
          'from_filter',
        ])
        return servers.map((one) => ({
          id: one.id,
          host: one.smtp_host,
          port: one.smtp_port || 25,
          encryption: one.smtp_encryption,
          user: one.smtp_user,
          password: one.smtp_secret,
          fromFilter: one.from_filter,
        }))
      }
    },
)

IrMailServer.compute('smtp_pass', [], () => null)
  .inverse('smtp_pass', async (values, env) => {
    for (const [id, password] of values) {
      // each password is another one, so that each is a write of its own
      await env
        .sudo(REASON)
        ['ir.mail_server'].browse([id])
        .write({ smtp_secret: password || null })
    }
  })
  .callable('test_smtp_connection', { readonly: true })

export interface IrMailServer extends RecordsOf<typeof IrMailServer> {}
declare module '#core' {
  interface Models {
    'ir.mail_server': { fields: IrMailServerFields; records: IrMailServer }
  }
}
