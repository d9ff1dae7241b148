import type { FastifyInstance } from 'fastify'
import type { Runtime } from '../../core/runtime.ts'
import type { Config } from '../config.ts'
import { CONFIG_INVALID } from '../errors.ts'
import { takesMails } from './gate.ts'
import { listenForMail, type MailListener } from './listener.ts'

/**
 * Has the process of an app take mails in, if the configuration says where, from when it listens until it closes.
 * @throws CONFIG_INVALID when no addon is installed that takes mails
 */
export function receiveMails(app: FastifyInstance, runtime: Runtime, config: Config): void {
  const { smtpListen, lmtp, limits } = config
  if (smtpListen === undefined) return
  if (!takesMails(runtime)) throw new CONFIG_INVALID('--smtp-listen needs the addon mail, which is not installed')
  const at = smtpListen.lastIndexOf(':')
  const host = smtpListen.slice(0, at).replaceAll(/[[\]]/g, '')
  const port = Number(smtpListen.slice(at + 1))
  let listener: MailListener | undefined
  app.addHook('onListen', async () => {
    listener = await listenForMail(runtime, app.log, { host, port, lmtp, maxSize: limits.mailSize })
    app.log.info({ host, port: listener.port, protocol: lmtp ? 'LMTP' : 'SMTP' }, 'listening for mails')
  })
  app.addHook('onClose', async () => listener?.close())
}
