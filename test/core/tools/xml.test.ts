import t from 'tap'
import { childElements, lineOf, parseXml, serializeXml, type XmlElement } from '../../../core/tools/xml.ts'

const rootOf = (text: string) => parseXml(text).documentElement as XmlElement

t.test('parseXml', async (t) => {
  t.test('gives a DOM whose nodes know their line', async (t) => {
    const root = rootOf('<?xml version="1.0"?>\n<a>\n  <!-- note -->\n  <b x="1 &amp; 2">t</b>\n</a>')
    const [child] = childElements(root)
    t.equal(child?.tagName, 'b')
    t.equal(child?.getAttribute('x'), '1 & 2')
    t.equal(lineOf(child), 4)
  })

  t.test('names file, line and column of a fault', async (t) => {
    const faults: [string, RegExp][] = [
      ['<a>\n <b></c></a>', /^sale\.xml:2:\d+: /],
      ['<a>\n <b x=1/></a>', /^sale\.xml:2:\d+: /],
      ['<a b/>', /^sale\.xml:1:/],
      ['<a>', /^sale\.xml:1:/],
      ['<a/><b/>', /^sale\.xml:1:/],
      ['<a x="1" x="2"/>', /^sale\.xml:1:.*x/],
      ['<a>&nbsp;</a>', /^sale\.xml:1:.*nbsp/],
      ['<a>\nR & D</a>', /^sale\.xml:2:3: /],
      ['', /^sale\.xml:1:/],
      ['plain', /^sale\.xml:1:/],
    ]
    for (const [text, message] of faults) {
      t.throws(() => parseXml(text, 'sale.xml'), { code: 'XML_MALFORMED', message }, text)
    }
  })

  t.test('accepts ampersands in comments and CDATA', async (t) => {
    t.equal(parseXml('<a><!-- R & D --><![CDATA[x && y]]></a>').documentElement?.textContent, 'x && y')
  })

  t.test('refuses a DOCTYPE that defines entities', async (t) => {
    const inner = '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    const outer = '\n<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>'
    const parameter = '<!DOCTYPE a [<!ELEMENT a ANY><!ENTITY % p SYSTEM "http://x/"> %p;]><a/>'
    for (const text of [inner, outer, parameter]) t.throws(() => parseXml(text), { code: 'XML_ENTITIES' }, text)
  })

  t.test('reads nothing that a DOCTYPE points to', async (t) => {
    t.equal(parseXml('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>').documentElement?.textContent, '')
  })
})

t.test('serializeXml writes what parseXml read', async (t) => {
  const text = '<form string="a &lt; b"><field name="x"/>t &amp; u</form>'
  t.equal(serializeXml(rootOf(text)), text)
})
