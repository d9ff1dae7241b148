import * as fc from 'fast-check'
import t from 'tap'
import { formatPo, parsePo, type PoEntry } from '#core/i18n/po-file.ts'

const entry = (change: Partial<PoEntry>): PoEntry => ({
  line: 1,
  context: null,
  source: 'Order',
  plural: null,
  translations: ['Commande'],
  references: [],
  notes: [],
  flags: [],
  ...change,
})

t.test('parsePo', async (t) => {
  t.test('reads the header and messages with their references', async (t) => {
    const po = parsePo(
      [
        '# Translators:',
        'msgid ""',
        'msgstr ""',
        '"Language: fr\\n"',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '',
        '#. module: base',
        '#: model:res.partner.title,shortcut:base.madam model:x.y,name:base.z',
        '#, fuzzy, python-format',
        'msgid "Mrs."',
        'msgstr "Mme"',
      ].join('\n'),
    )
    t.same(
      [...po.header],
      [
        ['Language', 'fr'],
        ['Content-Type', 'text/plain; charset=UTF-8'],
      ],
    )
    t.same(po.entries, [
      entry({
        line: 10,
        source: 'Mrs.',
        translations: ['Mme'],
        references: ['model:res.partner.title,shortcut:base.madam', 'model:x.y,name:base.z'],
        notes: ['module: base'],
        flags: ['fuzzy', 'python-format'],
      }),
    ])
  })

  t.test('joins the lines of a text and resolves what is escaped', async (t) => {
    const [message] = parsePo('msgid ""\n"a \\"b\\"\\n"\n"c\\\\d\\t"\nmsgstr "x"\n').entries
    t.equal(message?.source, 'a "b"\nc\\d\t')
  })

  t.test('reads contexts, plurals and messages without empty lines between them', async (t) => {
    const text =
      'msgctxt "menu"\nmsgid "File"\nmsgstr "Fichier"\nmsgid "day"\nmsgid_plural "days"\nmsgstr[0] "jour"\nmsgstr[1] "jours"'
    t.match(parsePo(text).entries, [
      { context: 'menu', source: 'File', translations: ['Fichier'] },
      { context: null, source: 'day', plural: 'days', translations: ['jour', 'jours'] },
    ])
  })

  t.test('leaves obsolete messages out', async (t) => {
    t.same(parsePo('#~ msgid "old"\n#~ msgstr "vieux"\n').entries, [])
  })

  t.test('names file and line of what it cannot read', async (t) => {
    const refused = (text: string) => () => parsePo(text, 'i18n/fr.po')
    t.throws(refused('msgid "a"\nmsgstr "b\n'), { code: 'PO_SYNTAX', message: /^i18n\/fr\.po:2: this is no line/ })
    t.throws(refused('msgid "a"\nmsgstr "b"c"\n'), { code: 'PO_SYNTAX', message: /fr\.po:2: a quote is not escaped/ })
    t.throws(refused('\nmsgid "a"\n\nmsgid "b"\nmsgstr ""'), { message: /fr\.po:2: the message has no msgstr/ })
    t.throws(refused('msgstr "a"\n'), { message: /fr\.po:1: msgstr comes without a msgid/ })
    t.throws(refused('msgid "a"\nmsgstr "b"\nmsgstr "c"'), { message: /fr\.po:3: the message has a second msgstr/ })
    t.throws(refused('"text"\n'), { message: /fr\.po:1: this is no line/ })
  })
})

t.test('formatPo writes what parsePo reads back', async (t) => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(/\u2028|\u2029|\u0085/g, ''))
  const messages = fc.array(fc.record({ source: text.filter(Boolean), translation: text, context: fc.option(text) }))
  fc.assert(
    fc.property(messages, (given) => {
      const entries = given.map(({ source, translation, context }) =>
        entry({ source, context, translations: [translation], references: ['code:a.ts:0'], notes: ['module: a'] }),
      )
      const read = parsePo(formatPo({ header: new Map([['Language', 'fr']]), entries }))
      t.same(
        read.entries.map((found) => ({ ...found, line: 1 })),
        entries,
      )
      t.same([...read.header], [['Language', 'fr']])
    }),
    { numRuns: 50 },
  )
  const plural = entry({ source: 'day', plural: 'days', translations: ['jour', 'jours'], flags: ['fuzzy'] })
  const [back] = parsePo(formatPo({ header: new Map(), entries: [plural] })).entries
  t.same({ ...back, line: 1 }, plural)
})
