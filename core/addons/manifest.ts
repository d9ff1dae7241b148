import { Ajv, type ErrorObject } from 'ajv'
import { ADDON_MANIFEST } from './errors.ts'

/** What an addon says of itself in its `manifest.ts`: `export const manifest: Manifest = { … }`. */
export interface Manifest {
  /** Technical name, which is also the name of the folder. */
  readonly name: string
  readonly title: string
  /** Three numbers: `1.0.0`. */
  readonly version: string
  readonly summary?: string
  readonly description?: string
  readonly category?: string
  readonly author?: string
  readonly license?: string
  /** The imported manifests of the addons that this one builds on. */
  readonly depends: readonly Manifest[]
  /** Data files in the order of loading, relative to the addon; `#data/x.csv` is `data/x.csv` of the product. */
  readonly data?: readonly string[]
  /** Further files that are loaded when a database gets demo data. */
  readonly demo?: readonly string[]
  /** CSV files of translated values with `{lang}` in their names: `#data/translations.{lang}.csv`. */
  readonly translations?: readonly string[]
  /** Whether people see it as an application of its own. */
  readonly application?: boolean
  /** Whether it is installed as soon as all it depends on is, or as soon as the named addons are. */
  readonly autoInstall?: boolean | readonly string[]
}

const texts = { type: 'array', items: { type: 'string', minLength: 1 }, uniqueItems: true }

const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'title', 'version', 'depends'],
  properties: {
    name: { type: 'string', pattern: '^[a-z][a-z0-9_]*$' },
    title: { type: 'string', minLength: 1 },
    version: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' },
    summary: { type: 'string' },
    description: { type: 'string' },
    category: { type: 'string' },
    author: { type: 'string' },
    license: { type: 'string' },
    depends: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    data: texts,
    demo: texts,
    translations: { ...texts, items: { type: 'string', pattern: '\\{lang\\}' } },
    application: { type: 'boolean' },
    autoInstall: { anyOf: [{ type: 'boolean' }, texts] },
  },
}

const validate = new Ajv({ strict: true }).compile<Manifest>(schema)

/**
 * The manifest itself once it is known to be one; `file` names it in errors, `folder` is the name that it must have.
 * @throws ADDON_MANIFEST naming file and property
 */
export function checkManifest(value: unknown, file: string, folder: string): Manifest {
  if (value === undefined)
    throw new ADDON_MANIFEST(file, '', 'is missing: write `export const manifest: Manifest = { … }`')
  if (!validate(value)) {
    const [error] = validate.errors ?? []
    throw new ADDON_MANIFEST(file, propertyOf(error), reasonOf(error))
  }
  if (value.name !== folder) throw new ADDON_MANIFEST(file, 'name', `is '${value.name}', but its folder is '${folder}'`)
  const depends = new Set(value.depends.map((other) => other.name))
  const stranger = Array.isArray(value.autoInstall) ? value.autoInstall.find((name) => !depends.has(name)) : undefined
  if (stranger !== undefined) {
    throw new ADDON_MANIFEST(file, 'autoInstall', `names '${stranger}', which is not among what the addon depends on`)
  }
  return value
}

function propertyOf(error: ErrorObject | undefined): string {
  const params = (error?.params ?? {}) as { missingProperty?: string; additionalProperty?: string }
  const path = (error?.instancePath ?? '').split('/').slice(1)
  return [...path, params.missingProperty ?? params.additionalProperty].filter(Boolean).join('.')
}

function reasonOf(error: ErrorObject | undefined): string {
  switch (error?.keyword) {
    case 'required':
      return 'is missing'
    case 'additionalProperties':
      return `is not a property of a manifest; there are: ${Object.keys(schema.properties).join(', ')}`
    default:
      return error?.message ?? 'is wrong'
  }
}
