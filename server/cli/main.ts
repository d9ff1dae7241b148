import { ComptoirError } from '../../core/errors.ts'
import { HELP, readCommand } from './options.ts'

/** A mistake of whoever started the program is told in one line; anything else with its stack. */
function fail(error: unknown): never {
  const text = error instanceof ComptoirError ? error.message : error instanceof Error ? error.stack : String(error)
  process.stderr.write(`${text}\n`)
  process.exit(1)
}

async function main(args: readonly string[]): Promise<void> {
  const command = readCommand(args)
  if (command.name === 'help') {
    process.stdout.write(HELP)
    return
  }
  // Loaded only now: --help and wrong options are answered without the platform.
  if (command.name === 'schema') {
    const { schema } = await import('./schema.ts')
    process.stdout.write(await schema(command.config))
  } else if (command.name === 'explain') {
    const { explain } = await import('./explain.ts')
    process.stdout.write(await explain(command.config, command.words))
  } else if (command.name === 'addon') {
    const { addon } = await import('./addon.ts')
    process.stdout.write(await addon(command.config, command.words))
  } else if (command.name === 'doctor') {
    const { doctor } = await import('./doctor.ts')
    const { text, healthy } = await doctor(command.config)
    process.stdout.write(text)
    if (!healthy) process.exitCode = 1
  } else if (command.name === 'shell') {
    const { shell } = await import('./shell.ts')
    await shell(command.config, command.words)
  } else if (command.name === 'modules') {
    const { listModules } = await import('./addon-changes.ts')
    process.stdout.write(await listModules(command.config))
  } else if (
    command.name === 'upgrade' ||
    command.name === 'uninstall' ||
    (command.name === 'install' && command.words.length > 0)
  ) {
    const { changeAddons } = await import('./addon-changes.ts')
    process.stdout.write(await changeAddons(command.config, command.name, command.words, command.flags))
  } else if (command.name === 'backup') {
    const { saveBackup } = await import('./backup.ts')
    process.stdout.write(await saveBackup(command.config, command.words))
  } else if (command.name === 'restore') {
    const { restoreBackup } = await import('./backup.ts')
    process.stdout.write(await restoreBackup(command.config, command.words, command.force))
  } else if (command.name === 'install') {
    const { install } = await import('./install.ts')
    await install(command.config)
  } else {
    const { serve } = await import('./serve.ts')
    await serve(command.config, command.options)
  }
}

main(process.argv.slice(2)).catch(fail)
