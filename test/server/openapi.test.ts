import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Test } from 'tap'
import { onBoth, served, type Served } from '../security/fixture/server.ts'
import { json2, keyOf } from './fixture/json2.ts'

type Schema = Record<string, unknown>
interface Document {
  openapi: string
  paths: Record<
    string,
    {
      post: {
        operationId: string
        requestBody: { content: Record<string, { schema: Schema }> }
        responses: Record<string, { content: Record<string, { schema: Schema }> }>
      }
    }
  >
  components: { schemas: Record<string, Schema & { properties: Schema }> }
}

async function documentOf(
  server: Served,
  uid: number,
): Promise<{ document: Document; headers: { authorization: string } }> {
  const headers = { authorization: `bearer ${await keyOf(server.runtime, uid)}` }
  const response = await server.app.inject({ method: 'GET', url: '/json/2/openapi.json', headers })
  return { document: response.json<Document>(), headers }
}

onBoth('the description is valid OpenAPI 3.1, and what is called fits it', async (t: Test, dialect) => {
  const server = await served(t, dialect)
  const { document, headers } = await documentOf(server, 2)
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as unknown as Record<string, unknown>,
  )
  t.ok(valid, JSON.stringify(errors)?.slice(0, 1000))
  t.equal(document.openapi, '3.1.0')
  const ids = Object.values(document.paths).map(({ post }) => post.operationId)
  t.equal(new Set(ids).size, ids.length, 'each operation has a name of its own')

  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'doc', components: document.components })
  const compile = (schema: Schema) =>
    ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"doc#/components')) as Schema)
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (path.startsWith('/json/2/res.partner/'))
      t.doesNotThrow(() => compile(post.requestBody.content['application/json']?.schema ?? {}), path)
  }
  const calls: [string, object][] = [
    [
      'res.partner/create',
      { vals_list: [{ name: 'Described', child_ids: [[0, 0, { name: 'Inner' }]], parent_id: null }] },
    ],
    ['res.partner/search_read', { domain: [], context: { lang: 'en_US' } }],
    ['res.partner/read', { ids: [1], load: null }],
    [
      'res.partner/web_search_read',
      { specification: { name: {}, child_ids: { fields: { name: {} } }, parent_id: { fields: { display_name: {} } } } },
    ],
    ['res.partner/web_save', { ids: [1], vals: { city: 'Here' }, specification: { city: {} } }],
    ['res.partner/name_search', { name: 'a' }],
    ['res.partner/fields_get', { attributes: ['type'] }],
    ['res.partner/read_group', { fields: ['id'], groupby: ['country_id'] }],
    ['res.partner/search_count', { domain: [] }],
    ['res.users/search_read', { domain: [] }],
    ['ir.model.access/explain_access', { user: 'internal', model: 'res.partner', operation: 'read' }],
    ['res.partner/exists', { ids: [1] }],
  ]
  for (const [path, payload] of calls) {
    const { post } = document.paths[`/json/2/${path}`] ?? {}
    const asks = compile(post?.requestBody.content['application/json']?.schema ?? {})
    t.ok(asks(payload), `${path}: ${ajv.errorsText(asks.errors)}`)
    const { status, body } = await json2(server.app, headers, path, payload)
    t.equal(status, 200, `${path} ${JSON.stringify(body).slice(0, 200)}`)
    const answers = compile(post?.responses['200']?.content['application/json']?.schema ?? {})
    t.ok(answers(body), `${path}: ${ajv.errorsText(answers.errors)}`)
  }
  const refused = await json2(server.app, headers, 'res.partner/read', { ids: [1], fields: ['nothing'] })
  const error = compile({ $ref: '#/components/schemas/Error' })
  t.ok(error(refused.body), ajv.errorsText(error.errors))
})

onBoth('the description shows a user what that user may see', async (t, dialect) => {
  const server = await served(t, dialect)
  const system = (await documentOf(server, server.people.users.system)).document
  const portal = (await documentOf(server, server.people.users.portal)).document
  t.ok('/json/2/ir.rule/read' in system.paths)
  t.notOk('/json/2/ir.rule/read' in portal.paths)
  t.notOk(Object.keys(portal.paths).length >= Object.keys(system.paths).length)
  t.notOk('password' in (system.components.schemas['res.users']?.properties ?? {}), 'nobody reads hashes')
  t.notOk(Object.keys(system.paths).some((path) => path.includes('/_')))
  const unknown = await server.app.inject({ method: 'GET', url: '/json/2/openapi.json' })
  t.equal(unknown.statusCode, 401)
})
