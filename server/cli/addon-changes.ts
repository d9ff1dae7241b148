import { openRuntime, openServed } from '../../core/open.ts'
import type { AddonChange, ChangePlan, Losses } from '../../core/orm/addon-service.ts'
import type { Runtime } from '../../core/runtime.ts'
import { copyDatabase } from '../../core/sql/copy.ts'
import { sql } from '../../core/sql/fragment.ts'
import type { Config } from '../config.ts'
import { CONFIG_INVALID } from '../errors.ts'
import { databaseOptions } from './database-options.ts'
import type { ChangeFlags } from './options.ts'

export type ChangeVerb = 'install' | 'upgrade' | 'uninstall'

/**
 * `install`, `upgrade` and `uninstall` with names of addons: changes a database, or tells what that would do.
 * @throws CONFIG_INVALID, ADDON_…, MIGRATION_…, SCHEMA_…, DATA_…, DATABASE_IN_USE
 */
export async function changeAddons(
  config: Config,
  verb: ChangeVerb,
  words: readonly string[],
  flags: ChangeFlags,
): Promise<string> {
  const change = changeOf(verb, words)
  if (flags.plan) return opened(config, async (runtime) => describePlan(await plan(runtime, change)))
  if (flags.dryRun) return dryRun(config, change)
  if (verb !== 'uninstall' || flags.yes) {
    await apply(config, change)
    return 'Done.\n'
  }
  const text = await opened(config, async (runtime) => describePlan(await plan(runtime, change)))
  return `${text}\nNothing was changed. Repeat it with --yes to do it.\n`
}

function changeOf(verb: ChangeVerb, words: readonly string[]): AddonChange {
  const names = words
    .flatMap((word) => word.split(','))
    .map((name) => name.trim())
    .filter(Boolean)
  if (names.length === 0)
    throw new CONFIG_INVALID(`${verb} is called as: ${verb} ADDON,ADDON${verb === 'upgrade' ? ' or upgrade all' : ''}`)
  if (verb === 'upgrade') return { upgrade: names.length === 1 && names[0] === 'all' ? 'all' : names }
  return verb === 'install' ? { install: names } : { uninstall: names }
}

async function apply(config: Config, change: AddonChange): Promise<void> {
  // what is to be installed in a new database brings all else that one needs
  if (change.install) {
    const runtime = await openRuntime({ ...databaseOptions(config), addons: change.install })
    return runtime.close()
  }
  await opened(config, (runtime) => runtime.addons?.change(change) ?? Promise.resolve())
}

async function plan(runtime: Runtime, change: AddonChange): Promise<ChangePlan> {
  if (!runtime.addons) throw new CONFIG_INVALID('the addons of this database cannot change')
  return runtime.addons.plan(change)
}

async function opened<T>(config: Config, work: (runtime: Runtime) => Promise<T>): Promise<T> {
  const runtime = await openServed(databaseOptions(config))
  try {
    return await work(runtime)
  } finally {
    await runtime.close()
  }
}

/** Does it with a copy of the database, which is deleted afterwards; what fails there is thrown. */
async function dryRun(config: Config, change: AddonChange): Promise<string> {
  const text = await opened(config, async (runtime) => describePlan(await plan(runtime, change)))
  const copy = await copyDatabase(config.databaseUrl)
  const start = performance.now()
  try {
    await apply({ ...config, databaseUrl: copy.url }, change)
  } finally {
    await copy.drop()
  }
  return `${text}\nIt works on a copy of the database, in ${Math.round(performance.now() - start)} ms. The database itself is as it was.\n`
}

/** `modules`: what there is, with states and versions. */
export async function listModules(config: Config): Promise<string> {
  return opened(config, async (runtime) => {
    const found = (await runtime.addons?.found()) ?? []
    const rows = runtime.registry.has('ir.module.module')
      ? await runtime.db.transaction('read', (connection) =>
          connection.rows<{ name: string; state: string; version: string | null }>(
            sql`SELECT name, state, latest_version AS version FROM ir_module_module`,
          ),
        )
      : []
    const known = new Map(rows.map((row) => [row.name, row]))
    const names = [...new Set([...found.map(({ name }) => name), ...known.keys()])].toSorted()
    const titles = new Map(found.map(({ name, title }) => [name, title]))
    const width = Math.max(0, ...names.map((name) => name.length))
    return names
      .map((name) => {
        const { state = 'uninstalled', version } = known.get(name) ?? {}
        return `${name.padEnd(width)}  ${state.padEnd(13)}  ${(version ?? '').padEnd(8)}  ${titles.get(name) ?? ''}`.trimEnd()
      })
      .join('\n')
      .concat('\n')
  })
}

/** A plan for people. */
export function describePlan({ install, upgrade, migrations, uninstall, steps }: ChangePlan): string {
  const lines = [
    ...install.map((name) => `install    ${name}`),
    ...upgrade.map(({ name, from, to }) => `upgrade    ${name} ${from === to ? to : `${from ?? '?'} -> ${to}`}`),
    ...migrations.map(
      ({ file, stages, describes }) =>
        `migration  ${file}: ${stages.join(', ')}${describes === null ? '' : `; ${describes}`}`,
    ),
    ...(uninstall ? describeLosses(uninstall) : []),
  ]
  if (lines.length === 0) lines.push('nothing to do')
  return `${lines.join('\n')}\n${steps === '' ? '' : `Tables:\n${steps}`}`
}

const counted = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`

function describeLosses({ modules, models, fields, values, records }: Losses): string[] {
  return [
    ...modules.map((name) => `uninstall  ${name}`),
    ...models.map(({ model, name, records }) => `  loses model ${model} (${name}) with ${counted(records, 'record')}`),
    ...fields.map(
      ({ model, field, records }) =>
        `  loses field ${model}.${field}, which ${counted(records, 'record')} hold a value of`,
    ),
    ...values.map(
      ({ model, field, value, records }) =>
        `  loses choice '${value}' of ${model}.${field}, which ${counted(records, 'record')} have`,
    ),
    ...records.map(
      ({ model, xmlids }) => `  loses ${counted(xmlids.length, 'record')} of ${model}: ${xmlids.join(', ')}`,
    ),
  ]
}
