/* docs/tutorial.md, done as it is written: in a copy of the project, every file and every command, word for word. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'

t.setTimeout(900_000)

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
/** What a fresh clone does not have. */
const NOT_CLONED = new Set(['.git', '.tap', 'node_modules', 'var'])
/** The port of the page: the one thing that is exchanged, so that the test runs beside a server. */
const PORT = '8069'

interface Block {
  readonly line: number
  /** What stands behind the fence: `sh`, `sh fails`, `sh serves`, `text`, or the language of a file. */
  readonly info: string
  /** The file that the paragraph before the block names. */
  readonly file: string | undefined
  readonly text: string
}

/** The fenced blocks of a page, in order. */
function blocksOf(page: string): Block[] {
  return [...page.matchAll(/(?:^`([^`\n]+)`:\n\n)?^```(\w[^\n]*)\n([\s\S]*?)^```$/gm)].map((match) => {
    const [, file, info = '', text = ''] = match
    return { line: page.slice(0, match.index).split('\n').length, info, file, text }
  })
}

/** A copy of the project with the same libraries, as a clone after `npm ci` has it. */
function clone(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-tutorial-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(root, folder, { recursive: true, filter: (source) => !NOT_CLONED.has(relative(root, source)) })
  const libraries = join(root, 'node_modules')
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync(libraries)) {
    // What is kept there is copied, not shared: the copy writes its own. It saves most of the compiler's work.
    if (name === '.cache')
      cpSync(join(libraries, name), join(folder, 'node_modules', name), { recursive: true, preserveTimestamps: true })
    else symlinkSync(join(libraries, name), join(folder, 'node_modules', name))
  }
  return folder
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // of a server that listens on TCP
  server.close()
  return String(port)
}

/** What a shell of whoever reads the page knows: nothing of the test that runs. */
const plainEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(_?TAP|COMPTOIR_|npm_)/.test(name)),
)

/** A terminal in the copy. */
class Terminal {
  readonly #folder: string
  readonly #port: string

  constructor(folder: string, port: string) {
    this.#folder = folder
    this.#port = port
  }

  async run(command: string): Promise<{ status: number | null; output: string }> {
    const child = this.#start(command)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (output += part.toString()))
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, output: this.#shown(output) }
  }

  /** Starts what goes on until the test ends; answers what it printed until it listens. */
  async serve(t: Test, command: string): Promise<string> {
    const child = this.#start(command)
    t.teardown(async () => {
      if (child.exitCode !== null || child.pid === undefined) return
      process.kill(-child.pid, 'SIGTERM')
      await once(child, 'close')
    })
    let output = ''
    await new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (part: Buffer) => {
          output += part.toString()
          if (output.includes('listening on')) resolve()
        })
      }
      child.once('close', () => resolve())
    })
    return this.#shown(output)
  }

  #start(command: string): ChildProcess {
    const given = command
      .replaceAll(`:${PORT}`, `:${this.#port}`)
      .replace(/^npm start -- .*/, `$& --port ${this.#port}`)
    // The runner of the tests gives its loaders to every process that it sees being started.
    return spawn('sh', ['-ec', `unset NODE_OPTIONS; ${given}`], {
      cwd: this.#folder,
      env: plainEnv,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }

  #shown(output: string): string {
    return output.replaceAll(`:${this.#port}`, `:${PORT}`)
  }
}

t.test('the tutorial leads a stranger to an addon that works', async (t) => {
  const blocks = blocksOf(readFileSync(join(root, 'docs/tutorial.md'), 'utf8'))
  const folder = clone(t)
  const terminal = new Terminal(folder, await freePort())
  let output = ''
  for (const { line, info, file, text } of blocks) {
    const at = `line ${line}`
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    } else if (info === 'sh serves') {
      output = await terminal.serve(t, text.trim())
      t.match(output, 'listening on', at)
    } else if (info === 'sh' || info === 'sh fails') {
      const { status, output: printed } = await terminal.run(text)
      output = printed
      if ((status === 0) === (info === 'sh fails')) t.fail(`${at}: ${text}ended with ${status}`, { output })
      else t.pass(`${at}: ${text.split('\n')[0]}`)
      t.notMatch(output, '"error"', `${at} answers no error`)
    } else if (info === 'text') {
      for (const expected of text.trim().split('\n')) t.match(output, expected, `${at}: ${expected}`)
    } else t.fail(`${at}: a block of ${info} that is neither a command nor a file`)
  }
  t.ok(blocks.length > 20, 'the page has its blocks')
  t.ok(existsSync(join(folder, 'addons/equipment/views/res_partner.xml')))
})
