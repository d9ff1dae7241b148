import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

const pages = [
  'README.md',
  'CHANGELOG.md',
  'data/README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) => join('docs', file)),
  ...readdirSync(join(root, 'addons')).map((name) => join('addons', name, 'README.md')),
].filter((file) => file.endsWith('.md') && existsSync(join(root, file)))

/** The text of a page without its code, in which brackets mean something else. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8')
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/^(?: {4}|\t).*$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
}

/** The anchor of a heading, as GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-')
}

function anchorsOf(page: string): string[] {
  return [...readFileSync(join(root, page), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  )
}

t.test('every link to a file of the project leads somewhere', async (t) => {
  for (const page of pages) {
    for (const [, target = ''] of proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue
      const [path = '', anchor] = target.split('#')
      const file = path === '' ? page : join(dirname(page), path)
      t.ok(existsSync(join(root, file)), `${page} links to ${target}`)
      if (anchor !== undefined) t.ok(anchorsOf(file).includes(anchor), `${page} links to ${target}`)
    }
  }
})

t.test('docs/index.md leads to every page of its folder', async (t) => {
  const index = proseOf('docs/index.md')
  for (const file of readdirSync(join(root, 'docs'))) if (file !== 'index.md') t.match(index, `](${file}`, file)
})
