/** The files of an addon, for `t.testdir` or a folder of its own. */
export interface Sketch {
  readonly version?: string
  readonly depends?: readonly string[]
  /** Further properties of the manifest, as source. */
  readonly rest?: string
  /** The source of the models, and of what else `index.ts` exports. */
  readonly index?: string
  /** Data file -> its content. */
  readonly data?: Readonly<Record<string, string>>
  /** Version -> source of the migration's properties. */
  readonly migrations?: Readonly<Record<string, string>>
}

/** The files of addons by name, each in a folder of its own. */
export function addons(sketches: Readonly<Record<string, Sketch>>): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(sketches).map(([name, sketch]) => [name, filesOf(name, sketch, new Set(Object.keys(sketches)))]),
  )
}

function filesOf(
  name: string,
  { version = '1.0.0', depends = [], rest = '', index, data = {}, migrations = {} }: Sketch,
  own: ReadonlySet<string>,
): Record<string, string> {
  const all = ['base', ...depends]
  const imports = all.map(
    (other) =>
      `import { manifest as ${other} } from '${own.has(other) ? `../${other}` : `#addons/${other}`}/manifest.ts'\n`,
  )
  const list = Object.keys(data)
    .map((file) => `'${file}'`)
    .join(', ')
  const manifest = `${imports.join('')}export const manifest = { name: '${name}', title: '${name}', version: '${version}', depends: [${all.join(', ')}], data: [${list}], ${rest} }\n`
  return {
    'manifest.ts': manifest,
    ...(index === undefined ? {} : { 'index.ts': `import { field, model } from '#core'\n${index}\n` }),
    ...data,
    ...Object.fromEntries(
      Object.entries(migrations).map(([of, source]) => [
        `migrations/${of}.ts`,
        `export const migration = { ${source} }\n`,
      ]),
    ),
  }
}

/** The source of a model without methods: its constant, technical name and fields. */
export function modelSource(constant: string, name: string, fields: string, spec = ''): string {
  return `class ${constant}Fields { ${fields} }
export const ${constant} = model('${name}', ${constant}Fields, { description: '${constant}', ${spec} }, (Base) => class extends Base {})`
}

/** A data file in XML. */
export const xml = (...records: readonly string[]): string => `<odoo>${records.join('\n')}</odoo>`
export const record = (id: string, model: string, fields: Readonly<Record<string, string>>): string =>
  `<record id="${id}" model="${model}">${Object.entries(fields)
    .map(([name, value]) => `<field name="${name}">${value}</field>`)
    .join('')}</record>`
