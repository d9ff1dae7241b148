import { join } from 'node:path'
import t from 'tap'
import { Catalog, fileNames, poEntries } from '#core/i18n/catalog.ts'
import { recordTexts, textOwner, translateMarkup } from '#core/i18n/record-texts.ts'

/** A PO file of messages: comment lines, source and translation. */
const po = (...messages: readonly (readonly [source: string, translation: string, ...comments: string[]])[]): string =>
  messages
    .map(([source, text, ...comments]) => [...comments, `msgid "${source}"`, `msgstr "${text}"`].join('\n'))
    .join('\n\n')

t.test('the catalogue', async (t) => {
  t.test('translates a text as the addon says, else as another one does, else not at all', async (t) => {
    const folder = t.testdir({
      sale: { 'fr.po': po(['Order', 'Commande']) },
      crm: { 'fr.po': po(['Order', 'Ordre'], ['Lead', 'Piste']) },
    })
    const catalog = new Catalog()
    for (const name of ['sale', 'crm', 'none']) catalog.add({ name, folder: join(folder, name), tables: [] })
    t.equal(catalog.translate('fr_FR', 'sale', 'Order'), 'Commande')
    t.equal(catalog.translate('fr_FR', 'crm', 'Order'), 'Ordre')
    t.equal(catalog.translate('fr_FR', 'sale', 'Lead'), 'Piste')
    t.equal(catalog.translate('fr_FR', 'unknown', 'Lead'), 'Piste')
    t.equal(catalog.translate('fr_FR', 'sale', 'Invoice'), 'Invoice')
    t.equal(catalog.translate('de_DE', 'sale', 'Order'), 'Order')
    t.equal(catalog.translate('en_US', 'sale', 'Order'), 'Order')
  })

  t.test('lets a country say otherwise than its language', async (t) => {
    const folder = t.testdir({
      'fr.po': po(['Seventy', 'Soixante-dix'], ['One', 'Un']),
      'fr_BE.po': po(['Seventy', 'Septante']),
    })
    const catalog = new Catalog()
    catalog.add({ name: 'a', folder, tables: [] })
    t.equal(catalog.translate('fr_BE', 'a', 'Seventy'), 'Septante')
    t.equal(catalog.translate('fr_BE', 'a', 'One'), 'Un')
    t.equal(catalog.translate('fr_FR', 'a', 'Seventy'), 'Soixante-dix')
    t.same(fileNames('sr@latin'), ['sr', 'sr@latin'])
    t.same(fileNames('eo'), ['eo'])
  })

  t.test('leaves out what is fuzzy, not translated, or the text of a record alone', async (t) => {
    const folder = t.testdir({
      'fr.po': po(
        ['A', 'a', '#, fuzzy'],
        ['B', ''],
        ['Belgium', 'Belgique', '#: model:res.country,name:base.be'],
        ['Name', 'Nom', '#: model:ir.model.fields,field_description:base.field_res_partner__name'],
        ['Save', 'Enregistrer', '#: model_terms:ir.ui.view,arch_db:base.view_form'],
        ['Both', 'Deux', '#: model:res.country,name:base.xx', '#: code:addons/base/models/a.ts:0'],
      ),
    })
    const catalog = new Catalog()
    catalog.add({ name: 'a', folder, tables: [] })
    const sources = ['A', 'B', 'Belgium', 'Name', 'Save', 'Both']
    t.same(
      sources.map((source) => catalog.translate('fr_FR', 'a', source)),
      ['A', 'B', 'Belgium', 'Nom', 'Enregistrer', 'Deux'],
    )
  })

  t.test('reads the files of an addon that is added anew', async (t) => {
    const folder = t.testdir({ old: { 'fr.po': po(['A', 'old']) }, new: { 'fr.po': po(['A', 'new']) } })
    const catalog = new Catalog()
    catalog.add({ name: 'a', folder: join(folder, 'old'), tables: [] })
    t.equal(catalog.translate('fr_FR', 'a', 'A'), 'old')
    catalog.add({ name: 'a', folder: join(folder, 'new'), tables: [] })
    t.equal(catalog.translate('fr_FR', 'a', 'A'), 'new')
  })

  t.test('names a file that is no PO file', async (t) => {
    const catalog = new Catalog()
    catalog.add({ name: 'a', folder: t.testdir({ 'fr.po': 'msgid' }), tables: [] })
    t.throws(() => catalog.translate('fr_FR', 'a', 'A'), { code: 'PO_SYNTAX', message: /fr\.po:1/ })
  })
})

t.test('the texts of records', async (t) => {
  t.test('are those that a reference names with model, field and external id', async (t) => {
    const owner = { model: 'res.country', field: 'name', xmlid: 'base.be', isMarkup: false }
    t.same(textOwner('model:res.country,name:base.be'), owner)
    t.match(textOwner('model_terms:ir.ui.view,arch_db:base.view'), { model: 'ir.ui.view', isMarkup: true })
    t.equal(textOwner('code:addons/base/models/a.ts:0'), undefined)
    const folder = t.testdir({
      'fr.po': po(['Madam', 'Madame', '#: model:res.partner.title,name:base.a model:res.partner.title,name:base.b']),
    })
    t.match(recordTexts(poEntries({ name: 'a', folder, tables: [] }, 'fr_FR')), [
      { xmlid: 'base.a', source: 'Madam', value: 'Madame' },
      { xmlid: 'base.b', value: 'Madame' },
    ])
  })

  t.test('replace texts and attributes of markup, and nothing else', async (t) => {
    const texts = new Map([
      ['Name', 'Nom'],
      ['Say "hi"', 'Dites "salut"'],
      ['a <b>b</b>', 'x <b>y</b>'],
      ['$1', '$2'],
    ])
    const translated = (markup: string) => translateMarkup(markup, texts)
    t.equal(translated('<p title="Name">\n  Name </p>'), '<p title="Nom">\n  Nom </p>')
    t.equal(translated('<Name>Names</Name>'), '<Name>Names</Name>')
    t.equal(translated('<p>a <b>b</b></p>'), '<p>x <b>y</b></p>')
    t.equal(translated('<p>$1</p>'), '<p>$2</p>')
    t.equal(translated('Name'), 'Nom')
  })
})
