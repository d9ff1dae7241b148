import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Config, type ConfigInput, makeConfig } from '../config.ts'
import { CONFIG_INVALID } from '../errors.ts'

/** How far a change of addons goes. */
export interface ChangeFlags {
  /** Print what would be done, and do nothing. */
  readonly plan: boolean
  /** Do it with a copy of the database. */
  readonly dryRun: boolean
  /** Whether what is lost was shown and is agreed to. */
  readonly yes: boolean
}

/** What `--help` prints. */
export const HELP = `Usage: npm start -- [COMMAND] [options]

  serve                 open the database, bring it up to date and serve it; the default
  install [A,B]         create the database or bring it up to date, with further addons if named, and end
  upgrade A,B|all       read the files of addons again, with their migrations
  uninstall A,B [--yes] print what would be lost; with --yes lose it
  modules               list the addons with their states and versions
  schema                print what serving would change in the tables of the database, and change nothing
  explain access LOGIN MODEL OPERATION [IDS]
                        print which rights and rules let the user read, write, create or unlink, or refuse it
  addon new NAME        write a small addon that works, to begin with
  doctor                print everything that is wrong with the addons
  backup FOLDER         save the database and its attachments in a new folder, also while it is served
  restore FOLDER        make the database out of such a folder
  shell [FILE.ts]       lines of TypeScript with env; or the default export of a file

  --host HOST           address to listen on                    127.0.0.1
  --port PORT           port to listen on, 0 for any free one   8069
  --database-url URL    sqlite:PATH or postgres://USER:PASSWORD@HOST:PORT/NAME
                                                                sqlite:var/comptoir.sqlite
  --demo, --no-demo     with or without demo data, when the database is created
                                                                --demo
  --addons A,B          addons to install                       all
  --addons-path DIR     a further folder of addons; may be repeated
  --plan                with install, upgrade, uninstall: print what would be done, and do nothing
  --dry-run             with install, upgrade, uninstall: do it with a copy of the database
  --workers N           server processes that share the port    1
  --force               let restore replace a database that is there
  --no-cron             no scheduled jobs in this process
  --trust-proxy         believe X-Forwarded-* headers: only behind a proxy that sets them
  --smtp-listen HOST:PORT
                        take mails in that a mail server hands over; keep it off the open network
  --lmtp                speak LMTP there instead of SMTP
  --master-password-file FILE
                        let who knows what the file holds (12 characters or more) create, copy, dump, restore,
                        rename and drop databases through the service db
  --dev                 read addons again when their files are saved; stack traces in answers, statements and
                        time in the header Server-Timing
  --profile             log the statements of each request: how often, how long, from where
  --metrics-open        answer /metrics to other machines, too
  --log-level LEVEL     trace, debug, info, warn, error, fatal or silent
                                                                info
  --help                this text
`

/** Who guesses it has all databases. */
const MASTER_LENGTH = 12

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string' },
  'database-url': { type: 'string' },
  demo: { type: 'boolean' },
  'no-demo': { type: 'boolean' },
  addons: { type: 'string', multiple: true },
  'addons-path': { type: 'string', multiple: true },
  plan: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean' },
  workers: { type: 'string' },
  force: { type: 'boolean' },
  'no-cron': { type: 'boolean' },
  'trust-proxy': { type: 'boolean' },
  'smtp-listen': { type: 'string' },
  lmtp: { type: 'boolean' },
  'master-password-file': { type: 'string' },
  dev: { type: 'boolean' },
  profile: { type: 'boolean' },
  'metrics-open': { type: 'boolean' },
  'log-level': { type: 'string' },
  help: { type: 'boolean' },
} as const

/** What the command line asks for. */
export type Command =
  | { readonly name: 'help' }
  | {
      readonly name: CommandName
      readonly config: Config
      /** What follows the name of the command, without options. */
      readonly words: readonly string[]
      /** Whether what is there may be replaced. */
      readonly force: boolean
      /** The arguments without the name of the command. */
      readonly options: readonly string[]
      readonly flags: ChangeFlags
    }

const COMMANDS = [
  'serve',
  'install',
  'upgrade',
  'uninstall',
  'modules',
  'schema',
  'explain',
  'addon',
  'doctor',
  'shell',
  'backup',
  'restore',
] as const
/** Commands that take words of their own. */
const WORDY: readonly string[] = ['install', 'upgrade', 'uninstall', 'explain', 'addon', 'shell', 'backup', 'restore']
type CommandName = (typeof COMMANDS)[number]
const isCommand = (name: string): name is CommandName => (COMMANDS as readonly string[]).includes(name)

type Parsed = ReturnType<
  typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true; strict: true; tokens: true }>
>
type Values = Parsed['values']

function parse(args: readonly string[]): Parsed {
  return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true, tokens: true })
}

function numberOf(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new CONFIG_INVALID(`--${option} '${text}' is not a number`)
  return Number(text)
}

function namesOf(lists: readonly string[]): string[] {
  return lists
    .flatMap((list) => list.split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** The master password: a file is read by who may, and not seen in the list of processes. */
function passwordIn(file: string): string {
  let text: string
  try {
    text = readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new CONFIG_INVALID(`--master-password-file cannot be read (${error instanceof Error ? error.message : file})`)
  }
  if (text.length < MASTER_LENGTH)
    throw new CONFIG_INVALID(`--master-password-file '${file}' holds less than ${MASTER_LENGTH} characters`)
  return text
}

function inputOf(values: Values): ConfigInput {
  return {
    ...(values.host !== undefined && { host: values.host }),
    ...(values.port !== undefined && { port: numberOf('port', values.port) }),
    ...(values['database-url'] !== undefined && { databaseUrl: values['database-url'] }),
    ...(values.demo && { demo: true }),
    ...(values['no-demo'] && { demo: false }),
    ...(values.addons && { addons: namesOf(values.addons) }),
    ...(values['addons-path'] && { addonsPaths: namesOf(values['addons-path']) }),
    ...(values.workers !== undefined && { workers: numberOf('workers', values.workers) }),
    ...(values['no-cron'] && { cron: false }),
    ...(values['trust-proxy'] && { trustProxy: true }),
    ...(values['smtp-listen'] !== undefined && { smtpListen: values['smtp-listen'] }),
    ...(values.lmtp && { lmtp: true }),
    ...(values['master-password-file'] !== undefined && {
      masterPassword: passwordIn(values['master-password-file']),
    }),
    ...(values.dev && { dev: true }),
    ...(values.profile && { profile: true }),
    ...(values['metrics-open'] && { metricsOpen: true }),
    // A level that does not exist is refused by the schema of the configuration.
    ...(values['log-level'] !== undefined && { logLevel: values['log-level'] as Config['logLevel'] }),
  }
}

/**
 * Reads the arguments after `npm start --`.
 * @throws CONFIG_INVALID
 */
export function readCommand(args: readonly string[]): Command {
  let parsed: Parsed
  try {
    parsed = parse(args)
  } catch (error) {
    throw new CONFIG_INVALID(error instanceof Error ? error.message.replace(/\.$/, '') : String(error))
  }
  const { values, positionals, tokens } = parsed
  if (values.help) return { name: 'help' }
  const [name = 'serve', ...rest] = positionals
  if (!isCommand(name) || (rest.length > 0 && !WORDY.includes(name)))
    throw new CONFIG_INVALID(`there is no command '${positionals.join(' ')}'`)
  if (values.demo && values['no-demo']) throw new CONFIG_INVALID('--demo and --no-demo exclude each other')
  const flags = { plan: values.plan ?? false, dryRun: values['dry-run'] ?? false, yes: values.yes ?? false }
  const commandAt = tokens.find(({ kind }) => kind === 'positional')?.index
  return {
    name,
    config: makeConfig(inputOf(values)),
    words: rest,
    force: values.force ?? false,
    options: args.filter((_arg, i) => i !== commandAt),
    flags,
  }
}
