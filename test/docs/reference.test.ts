/* The pages of docs/reference name all that the code knows of their subject, and nothing else; the tour what is there. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { field } from '#core'
import { POSITIONS } from '#core/arch/position.ts'
import { VIEW_TYPES } from '#core/arch/source.ts'
import { partOperators } from '#core/domain/date-part.ts'
import { parseDomain } from '#core/domain/parse.ts'
import { builtinNames } from '#core/expr/builtins.ts'
import { functions } from '#core/expr/functions.ts'
import { kinds } from '#core/fields/kinds.ts'
import { ModelDef } from '#core/orm/model.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** The text under a heading of a page of reference. */
function section(page: string, heading: string): string {
  const [, text = ''] = read(`docs/reference/${page}`).split(`\n## ${heading}\n`)
  return text.split('\n## ')[0] ?? ''
}

/** The words in backticks of a text, without arguments. */
function words(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word.replace(/\(.*$/, ''))
}

/** The words in backticks in one column of the tables of a text. */
function column(text: string, at: number): string[] {
  return text
    .split('\n')
    .filter((line) => /^\|(?! ---)/.test(line))
    .flatMap((line) => words(line.split(/(?<!\\)\|/)[at + 1] ?? ''))
}

/** What the pages say is what the code knows: both ways, in any order. */
function same(
  t: { strictSame(a: unknown, b: unknown, message: string): unknown },
  documented: Iterable<string>,
  known: Iterable<string>,
  message: string,
): void {
  t.strictSame([...new Set(documented)].toSorted(), [...new Set(known)].toSorted(), message)
}

/** The properties of an interface, from its source. */
function properties(file: string, name: string): string[] {
  const [, body = ''] = new RegExp(`export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)\\n\\}`).exec(read(file)) ?? []
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map(([, property = '']) => property)
}

t.test('fields.md has every kind of field', async (t) => {
  const text = section('fields.md', 'Kinds')
  same(
    t,
    column(text, 0).filter((word) => word !== 'field.'),
    Object.keys(field),
    'builders',
  )
  const named = new Set(words(text))
  t.strictSame(
    Object.keys(kinds).filter((kind) => !named.has(kind)),
    [],
    'names on the wire',
  )
})

t.test('fields.md has every option, with the kinds that take it', async (t) => {
  const file = 'core/fields/field.ts'
  const general = properties(file, 'Options')
  const special = [...read(file).matchAll(/export interface (\w+Options)\b/g)].flatMap(([, name = '']) =>
    name === 'AnyOptions' ? [] : properties(file, name),
  )
  t.ok(general.length > 10 && special.length > 15, 'the options are read from the source')
  same(t, column(section('fields.md', 'Options of all kinds'), 0), general, 'options of all kinds')
  same(t, column(section('fields.md', 'Options of some kinds'), 0), special, 'options of some kinds')
  same(t, column(section('fields.md', 'Kinds'), 3), special, 'options in the table of kinds')
})

t.test('fields.md has every command', async (t) => {
  const known = [...read('core/expr/commands.ts').matchAll(/^ {2}(\w+): \(.*=> \[/gm)].map(([, name = '']) => name)
  same(
    t,
    column(section('fields.md', 'Values in code'), 0).map((word) => word.replace(/^\{ (\w+):.*$/, '$1')),
    known,
    'commands',
  )
})

t.test('domains.md has every operator and every part of dates', async (t) => {
  let message = ''
  try {
    parseDomain([['a', 'no such operator', 1]])
  } catch (error) {
    message = (error as Error).message // which lists those that there are
  }
  const known = /(=, !=, .*?)\.?$/.exec(message)?.[1]?.split(', ') ?? []
  t.ok(known.length > 20, message)
  const text = section('domains.md', 'Operators')
  const SYNONYMS = new Map([
    ['==', '='],
    ['<>', '!='],
  ])
  same(
    t,
    column(text, 0),
    known.filter((operator) => !SYNONYMS.has(operator)),
    'operators',
  )
  for (const synonym of SYNONYMS.keys()) t.ok(words(text).includes(synonym), synonym)
  same(
    t,
    section('domains.md', 'Paths')
      .split('\n')
      .filter((line) => line.startsWith('`year_number`'))
      .flatMap(words),
    Object.keys(partOperators),
    'parts of dates',
  )
})

t.test('models.md has every option and every statement', async (t) => {
  same(t, column(section('models.md', 'Options'), 0), properties('core/orm/model.ts', 'Spec'), 'options')
  const LAYERS = ['constructor', 'extend', 'and']
  const statements = Object.getOwnPropertyNames(ModelDef.prototype).filter((name) => !LAYERS.includes(name))
  same(t, column(section('models.md', 'Statements'), 0), statements, 'statements')
  const callable = column(
    section('models.md', 'Statements')
      .split('\n')
      .filter((line) => line.includes('`callable'))
      .join('\n'),
    1,
  )
  const options = properties('core/orm/model.ts', 'CallableOptions')
  t.ok(options.length > 3)
  t.strictSame(
    options.filter((name) => !callable.some((word) => word.split(':')[0] === name)),
    [],
    'options of callable',
  )
})

t.test('views.md has every kind, position and widget', async (t) => {
  same(t, words(section('views.md', 'Kinds').trim().split('\n')[0] ?? ''), VIEW_TYPES, 'kinds')
  same(t, column(section('views.md', 'Changing another view'), 0), POSITIONS, 'positions')
  same(
    t,
    words(section('views.md', 'Widgets').trim().split('.')[0] ?? ''),
    readdirSync(join(root, 'views/widgets')).filter((name) =>
      existsSync(join(root, 'views/widgets', name, 'widget.ts')),
    ),
    'widgets',
  )
})

t.test('data-files.md has every element, attribute and type', async (t) => {
  const lines = section('data-files.md', 'Elements')
    .split('\n')
    .filter((line) => line.startsWith('| `<'))
  const attributes = new Map(lines.map((line) => [/<(\w+)>/.exec(line)?.[1], column(line, 1)] as const))
  const allowed = (file: string, fn: string): string[] => {
    const [, list = ''] =
      new RegExp(`function ${fn}\\b[\\s\\S]*?allow\\(\\[([^\\]]*)\\]\\)`).exec(read(`core/datafiles/${file}`)) ?? []
    return [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)
  }
  const documented = (element: string): string[] =>
    (attributes.get(element) ?? []).filter((word) => !word.startsWith('<'))
  same(t, documented('record'), allowed('xml-record.ts', 'readRecord'), 'record')
  same(t, documented('delete'), allowed('xml-record.ts', 'readDelete'), 'delete')
  same(t, documented('function'), allowed('xml-function.ts', 'readFunction'), 'function')
  for (const element of ['odoo', 'data']) same(t, documented(element), allowed('xml-file.ts', 'readGroup'), element)
  const lists = (file: string, name: string): string[] =>
    [
      ...(new RegExp(`const ${name} = \\[([^\\]]*)\\]`).exec(read(`core/datafiles/${file}`))?.[1] ?? '').matchAll(
        /'(\w+)'/g,
      ),
    ].map(([, one = '']) => one)
  same(t, documented('menuitem'), lists('xml-menu.ts', 'ATTRIBUTES'), 'menuitem')
  same(t, [...attributes.keys()].map(String), ['odoo', 'data', 'field', ...lists('xml-file.ts', 'STEPS')], 'elements')
  const forms = section('data-files.md', 'Forms of a value')
  same(
    t,
    [...forms.matchAll(/type="(\w+)"/g)].map(([, type = '']) => type),
    lists('xml-value.ts', 'TYPES'),
    'types',
  )
  const named = new Set([...forms.matchAll(/(\w+)="/g), ...forms.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  t.strictSame(
    allowed('xml-record.ts', 'readField').filter((name) => name !== 'name' && !named.has(name)),
    [],
    'attributes of a field',
  )
})

t.test('expressions.md has every function, method and name', async (t) => {
  same(t, words(section('expressions.md', 'Functions')), Object.keys(functions), 'functions')
  const page = read('docs/reference/expressions.md')
  t.strictSame(
    [...builtinNames].filter((name) => !new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``).test(page)),
    [],
    'names',
  )
  const methods = column(section('expressions.md', 'Methods'), 1)
  const known = [
    ...['ofText', 'ofList', 'ofDict'].flatMap((table) => keysOf('core/expr/methods.ts', table)),
    ...keysOf('core/expr/moments.ts', 'methods'),
  ]
  t.ok(known.length > 25, 'the methods are read from the source')
  same(t, methods, known, 'methods')
})

t.test('tour.md names files and folders that are there', async (t) => {
  const paths = [...read('docs/tour.md').matchAll(/\b(?:core|server|views|addons|test)\/[\w./-]*\w/g)].map(
    ([path]) => path,
  )
  t.ok(paths.length > 30)
  t.strictSame(
    paths.filter((path) => !path.includes('addons/<') && !existsSync(join(root, path))),
    [],
  )
})

/** The keys of a table of functions, from its source. */
function keysOf(file: string, table: string): string[] {
  const [, body = ''] = new RegExp(`const ${table}: [^=]*= \\{\\n([\\s\\S]*?)\\n\\}`).exec(read(file)) ?? []
  return [...body.matchAll(/^ {2}(\w+): /gm)].map(([, name = '']) => name)
}
