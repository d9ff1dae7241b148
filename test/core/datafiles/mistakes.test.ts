import t, { type Test } from 'tap'
import { libraryCalls, loadCsv, loadXml } from './load.ts'

t.test('a data file is refused', async (t) => {
  const call = await libraryCalls(t)
  const record = (fields: string, model = 'lib.book', id = 'x') =>
    `\n<record id="${id}" model="${model}">\n${fields}\n</record>`
  const refused = (t: Test, body: string, error: { code: string; message?: string | RegExp; details?: object }) =>
    t.rejects(
      call((env) => loadXml(env, body)),
      error,
    )

  t.test('for a model that does not exist, naming the nearest', async (t) => {
    await refused(t, record('', 'lib.bok'), {
      code: 'DATA_MODEL',
      message: "data/a.xml:2: record 'x': there is no model 'lib.bok'; did you mean 'lib.book'?",
    })
  })

  t.test('for a field that does not exist, by its own line', async (t) => {
    await refused(t, record('<field name="name">X</field>\n<field name="pric">1</field>'), {
      code: 'DATA_FIELD',
      message: "data/a.xml:4: record 'x': field 'pric': lib.book has no field 'pric'; did you mean 'price'?",
    })
  })

  t.test('for an external id that stands for nothing', async (t) => {
    const author = record('<field name="name">A</field>', 'lib.author', 'simenon')
    await refused(t, author + record('<field name="author_id" ref="simeno"/>'), {
      code: 'DATA_REF',
      message:
        "data/a.xml:6: record 'x': field 'author_id': there is no record with the external id 'library.simeno'; did you mean 'simenon'?",
    })
    await refused(t, record(`<field name="author_id" eval="ref('base.nobody')"/>`), {
      code: 'DATA_REF',
      message: /'base\.nobody'/,
    })
    await refused(t, record('<field name="name">X</field>', 'lib.book', 'stock.x'), {
      code: 'DATA_REF',
      message: /'stock\.x'/,
    })
    await refused(t, record('<field name="name" type="xml"><a b="%(gone)d"/></field>'), {
      code: 'DATA_REF',
      message: /'library\.gone'/,
    })
  })

  t.test('for a value that the field cannot take', async (t) => {
    const value = (field: string) => record(field)
    const at = (name: string) => new RegExp(`^data/a\\.xml:3: record 'x': field '${name}': `)
    await refused(t, value('<field name="price">cheap</field>'), { code: 'DATA_VALUE', message: at('price') })
    await refused(t, value('<field name="printed">2024-13-01</field>'), { code: 'DATA_VALUE', message: at('printed') })
    await refused(t, value('<field name="author_id">Simenon</field>'), {
      code: 'DATA_VALUE',
      message: /name it by its external id$/,
    })
    await refused(t, value('<field name="tag_ids" ref="base.group_user"/>'), {
      code: 'DATA_VALUE',
      message: /Command\.link/,
    })
    await refused(t, value('<field name="author_id" ref="base.group_user"/>'), {
      code: 'DATA_VALUE',
      message: /'base\.group_user' is a record of res\.groups, not of lib\.author$/,
    })
    await refused(t, value('<field name="price" type="int">1.5</field>'), {
      code: 'DATA_VALUE',
      message: /'1\.5' is not of the type int/,
    })
    await refused(t, value('<field name="tag_ids" eval="[(9, 0, 0)]"/>'), {
      code: 'DATA_VALUE',
      message: at('tag_ids'),
    })
    await refused(t, record('<field name="active">maybe</field>', 'lib.author'), {
      code: 'DATA_VALUE',
      message: /neither True nor False/,
    })
    await refused(t, record('<field name="country">xx</field>', 'lib.author'), {
      code: 'DATA_VALUE',
      message: /be, fr/,
    })
  })

  t.test('for an expression that has no value', async (t) => {
    await refused(t, record('<field name="price" eval="1 +"/>'), { code: 'DATA_VALUE', message: /^data\/a\.xml:3: / })
    await refused(t, record('<field name="price" eval="amount"/>'), {
      code: 'DATA_VALUE',
      message: /'amount' is not defined/,
    })
    await refused(t, record(`<field name="price" eval="ref('a' + 'b')"/>`), {
      code: 'DATA_VALUE',
      message: /written out as text/,
    })
    await refused(t, record('<field name="price" eval="obj(1).id"/>'), {
      code: 'DATA_VALUE',
      message: /attribute 'model'/,
    })
    await refused(t, record('<field name="price" model="lib.book" eval="obj(99).price"/>'), {
      code: 'DATA_VALUE',
      message: /99/,
    })
    await refused(t, record('<field name="author_id" search="{}"/>'), {
      code: 'DATA_VALUE',
      message: /a domain is a list/,
    })
    await refused(t, record('<field name="author_id" search="[(\'nam\', \'=\', 1)]"/>'), {
      code: 'DATA_RECORD',
      message: /data\/a\.xml:2.*nam/,
    })
    await refused(t, '<record id="x" model="lib.book" context="[]"/>', { code: 'DATA_VALUE' })
  })

  t.test('for a file that is not there', async (t) => {
    await refused(t, record('<field name="name" file="a.txt"/>'), {
      code: 'DATA_FILE',
      message: /there is no file \/nowhere\/a\.txt/,
    })
  })

  t.test('for a record that the model refuses, which is named among those created with it', async (t) => {
    const book = (id: string, price: number) =>
      record(`<field name="name">${id}</field><field name="price">${price}</field>`, 'lib.book', id)
    await refused(t, book('a', 1) + book('b', -1) + book('c', 2), {
      code: 'DATA_RECORD',
      message: "data/a.xml:5: record 'b': A price cannot be negative.",
      details: { cause: 'CONSTRAINT_FAILED' },
    })
    await refused(t, record('', 'lib.author'), {
      code: 'DATA_RECORD',
      message: /data\/a\.xml:2: record 'x': .*required/,
    })
    await refused(t, '<record model="lib.author"/>', { code: 'DATA_RECORD', message: /record 'lib\.author': / })
  })

  t.test('for an id that belongs to a record of another model', async (t) => {
    await refused(t, record('', 'lib.author', 'base.group_user'), {
      code: 'DATA_MODEL',
      message: /is a record of res\.groups/,
    })
  })

  t.test('for records in a field that is no one2many', async (t) => {
    const line =
      '<field name="author_id"><record id="y" model="lib.author"><field name="name">Y</field></record></field>'
    await refused(t, record(`<field name="name">X</field>${line}`), {
      code: 'DATA_FIELD',
      message: /field 'author_id'/,
    })
  })

  t.test('for a CSV row, by its line', async (t) => {
    const csv = (text: string) => call((env) => loadCsv(env, 'data/lib.book.csv', text))
    await t.rejects(csv('id,name,price\na,A,1\nb,"B\nB",x\n'), {
      code: 'DATA_VALUE',
      message: /^data\/lib\.book\.csv:3: record 'b': field 'price': /,
    })
    await t.rejects(csv('id,nam\na,A\n'), {
      code: 'DATA_FIELD',
      message: /data\/lib\.book\.csv:.*did you mean 'name'\?/,
    })
    await t.rejects(csv('id,author_id\na,A\n'), { code: 'DATA_VALUE', message: /external id/ })
    await t.rejects(csv('id,name,author_id/id\na,A,"x,y"\n'), { code: 'DATA_VALUE', message: /one record, not 2/ })
    await t.rejects(csv('id,name\na\n'), {
      code: 'DATA_SYNTAX',
      message: /lib\.book\.csv:2: the row has 1 cells?, the header 2/,
    })
    await t.rejects(csv('id,na me\na,b\n'), { code: 'DATA_SYNTAX', message: /lib\.book\.csv:1: 'na me'/ })
    await t.rejects(csv('id,name\na,"b\n'), { code: 'CSV_MALFORMED', message: /^data\/lib\.book\.csv:2: / })
  })
})
