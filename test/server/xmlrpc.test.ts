import t from 'tap'
import { readCall } from '#server/plugins/xmlrpc/read.ts'
import { writeAnswer } from '#server/plugins/xmlrpc/write.ts'
import { bareTestApp } from './fixture/app.ts'
import { xmlRpc } from '#server/plugins/xmlrpc/index.ts'

const call = (value: string): string =>
  `<?xml version="1.0"?><methodCall><methodName>m</methodName><params><param><value>${value}</value></param></params></methodCall>`
const read = (value: string): unknown => readCall(call(value), 20).params[0]

t.test('values of every type are read', async (t) => {
  const cases: [string, unknown][] = [
    ['text &amp; more', 'text & more'],
    ['<string> kept </string>', ' kept '],
    ['<string><![CDATA[<b>]]></string>', '<b>'],
    ['<string/>', ''],
    ['', ''],
    ['<int>-7</int>', -7],
    ['<i4> 7 </i4>', 7],
    ['<i8>5000000000</i8>', 5_000_000_000],
    ['<double>1.5e3</double>', 1500],
    ['<boolean>1</boolean>', true],
    ['<nil/>', null],
    ['<dateTime.iso8601>20260331T08:30:00</dateTime.iso8601>', '2026-03-31 08:30:00'],
    ['<base64>YWJj\nZGVm</base64>', 'YWJjZGVm'],
    ['<array><data><value>a</value><value><int>1</int></value></data></array>', ['a', 1]],
    ['<struct><member><name>k</name><value><array><data/></array></value></member></struct>', { k: [] }],
  ]
  for (const [xml, value] of cases) t.same(read(xml), value, xml)
})

t.test('what is no call is refused', async (t) => {
  const wrong = [
    '<int>1.5</int>',
    '<int/>',
    '<i8>99999999999999999999</i8>',
    '<double>nan</double>',
    '<boolean>true</boolean>',
    '<base64>%</base64>',
    '<dateTime.iso8601>soon</dateTime.iso8601>',
    '<constructor/>',
    '<toString>1</toString>',
    '<array/>',
    '<array><data><int>1</int></data></array>',
    '<struct><member><value>1</value></member></struct>',
    '<struct><member><name>a</name></member></struct>',
  ]
  for (const xml of wrong) t.throws(() => read(xml), { code: 'XMLRPC_INVALID' }, xml)
  t.throws(() => readCall('<methodResponse/>', 20), { code: 'XMLRPC_INVALID' })
  t.throws(() => readCall('<methodCall/>', 20), { code: 'XMLRPC_INVALID' })
  t.throws(() => readCall('<methodCall>', 20), { code: 'XML_MALFORMED' })
  t.throws(() => read('<struct><member><name>__proto__</name><value>1</value></member></struct>'), {
    code: 'BODY_FORBIDDEN_KEY',
  })
})

t.test('document types are refused, so that no entity grows or fetches', async (t) => {
  const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  t.throws(() => readCall(bomb + call('&b;').slice(21), 20), { code: 'XMLRPC_INVALID' })
  t.throws(() => readCall('<!DOCTYPE a SYSTEM "file:///etc/passwd"><methodCall/>', 20), { code: 'XMLRPC_INVALID' })
  t.throws(() => read('&unknown;'))
})

t.test('depth is limited before a document is made', async (t) => {
  const nested = (depth: number): string =>
    '<array><data><value>'.repeat(depth) + '</value></data></array>'.repeat(depth)
  t.ok(read(nested(20)))
  t.throws(() => read(nested(22)), { code: 'BODY_TOO_DEEP' })
  t.throws(() => read('<a>'.repeat(1_000_000)), { code: 'BODY_TOO_DEEP' })
})

t.test('answers are XML whatever they hold', async (t) => {
  const xml = writeAnswer({
    a: null,
    b: [1, 2 ** 31, -1.5, true, Number.NaN],
    'c<': 'x\u0000\u0008\u001F\uD800y\r\n<&>\uDC00🎈',
  })
  t.equal(
    xml.split('\n')[1],
    '<methodResponse><params><param><value><struct><member><name>a</name><value><boolean>0</boolean></value></member>' +
      '<member><name>b</name><value><array><data><value><int>1</int></value><value><i8>2147483648</i8></value><value><double>-1.5</double></value>' +
      '<value><boolean>1</boolean></value><value><boolean>0</boolean></value></data></array></value></member>' +
      '<member><name>c&lt;</name><value><string>xy&#13;',
  )
  t.match(xml, /\n&lt;&amp;&gt;🎈<\/string>/)
})

t.test('the route answers in XML, refusals of the body with 400', async (t) => {
  const { app } = await bareTestApp(t, { limits: { bodyLimit: 10_000 } })
  await app.register(xmlRpc)
  const post = async (payload: string | Buffer, type = 'text/xml', url = '/xmlrpc/2/common') => {
    const { statusCode, headers, body } = await app.inject({
      method: 'POST',
      url,
      payload,
      headers: { 'content-type': type },
    })
    return { statusCode, type: headers['content-type'], body }
  }
  const version = '<methodCall><methodName>version</methodName></methodCall>'
  t.match(await post(version), {
    statusCode: 200,
    type: 'text/xml; charset=utf-8',
    body: /<name>server_version<\/name><value><string>18.0</,
  })
  t.match(await post('nothing'), {
    statusCode: 400,
    type: 'text/xml; charset=utf-8',
    body: /<name>faultCode<\/name><value><int>1</,
  })
  t.match(await post(''), { statusCode: 400 })
  t.match(await post('x'.repeat(20_000)), { statusCode: 413, body: /faultString/ })
  t.match(await post(version, 'application/json'), { statusCode: 415, body: /faultString/ })
  t.match(await post(version, 'text/xml', '/xmlrpc/2/other'), {
    statusCode: 200,
    body: /no service &#39;other&#39;|no service 'other'/,
  })
  const latin = Buffer.from(
    '<?xml version="1.0" encoding="iso-8859-1"?><methodCall><methodName>né</methodName></methodCall>',
    'latin1',
  )
  t.match(await post(latin), { statusCode: 200, body: /no method 'né'/ })
  t.match(await post(latin.subarray(44)), { statusCode: 400, body: /not utf-8/ })
})
