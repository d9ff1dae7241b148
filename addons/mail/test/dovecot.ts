import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real IMAP server with one mailbox, of the user `box` with the password `secret`. */
export interface Dovecot {
  readonly port: number
  /** Puts a mail into the inbox. */
  put(raw: string): void
  /** How many mails are unread. */
  unread(): number
}

const BINARY = '/usr/sbin/dovecot'

/** Why no IMAP server can be started here, or nothing. */
export function dovecotMissing(): string | false {
  if (!existsSync(BINARY)) return 'dovecot is not installed (apt-get install dovecot-imapd)'
  return process.getuid?.() === 0 ? false : 'dovecot needs root for the users that it runs as'
}

/** Starts dovecot on a free port with everything in a folder of its own; it ends with the test. */
export async function dovecot(t: { teardown(work: () => unknown): unknown }): Promise<Dovecot> {
  const base = mkdtempSync(join(tmpdir(), 'dovecot-'))
  chmodSync(base, 0o755)
  const port = await freePort()
  const uid = Number(execFileSync('id', ['-u', 'nobody']).toString())
  const gid = Number(execFileSync('id', ['-g', 'nobody']).toString())
  const inbox = join(base, 'mail')
  for (const folder of ['', 'new', 'cur', 'tmp']) {
    mkdirSync(join(inbox, folder), { recursive: true })
    chownSync(join(inbox, folder), uid, gid)
  }
  writeFileSync(join(base, 'users'), `box:{PLAIN}secret:${uid}:${gid}::${base}::\n`)
  const config = join(base, 'dovecot.conf')
  writeFileSync(
    config,
    `base_dir = ${base}/run
state_dir = ${base}/run
log_path = ${base}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${inbox}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
}
auth_failure_delay = 0
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
passdb {
  driver = passwd-file
  args = ${base}/users
}
userdb {
  driver = passwd-file
  args = ${base}/users
}
`,
  )
  const server = spawn(BINARY, ['-F', '-c', config], { stdio: 'ignore' })
  t.teardown(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
    rmSync(base, { recursive: true, force: true })
  })
  await listening(port)
  let count = 0
  return {
    port,
    put: (raw) => {
      const file = join(inbox, 'new', `${Date.now()}.${++count}.test`)
      writeFileSync(file, raw)
      chownSync(file, uid, gid)
    },
    unread: () =>
      readdirSync(join(inbox, 'new')).length +
      readdirSync(join(inbox, 'cur')).filter((name) => !/:2,[A-Z]*S/.test(name)).length,
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

async function listening(port: number): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      }).on('error', () => resolve(false))
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
