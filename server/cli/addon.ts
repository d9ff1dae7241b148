import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { PRODUCT_ROOT } from '../../core/addons/discover.ts'
import type { Config } from '../config.ts'
import { ADDON_EXISTS, CONFIG_INVALID } from '../errors.ts'
import { newAddonFiles } from './addon-template.ts'

/**
 * `addon new NAME`: writes a small addon that works, with a model, views, rights, French and a test. It stands in the
 * first `--addons-path`, else among the product's own; `addon new FOLDER/NAME` names the folder of addons itself.
 * @throws CONFIG_INVALID, ADDON_EXISTS
 */
export async function addon(config: Config, words: readonly string[]): Promise<string> {
  const [what, place = '', ...rest] = words
  const name = basename(place)
  if (what !== 'new' || rest.length > 0 || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new CONFIG_INVALID(
      'addon is called as: addon new NAME, or addon new FOLDER/NAME, where NAME has small letters, digits and _',
    )
  }
  const parent = place === name ? (config.addonsPaths[0] ?? join(PRODUCT_ROOT, 'addons')) : resolve(dirname(place))
  const folder = join(parent, name)
  if (existsSync(folder)) throw new ADDON_EXISTS(folder)
  const files = newAddonFiles(name, relative(folder, PRODUCT_ROOT))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  const shown = relative(process.cwd(), folder) || folder
  return `${Object.keys(files)
    .map((path) => `  ${join(shown, path)}`)
    .join('\n')}

Try it:
  npm test -- ${join(shown, Object.keys(files).find((path) => path.endsWith('.test.ts')) ?? '')}
  npm start -- --addons base,${name}${relative(PRODUCT_ROOT, parent) === 'addons' ? '' : ` --addons-path ${relative(process.cwd(), parent) || parent}`}
`
}
