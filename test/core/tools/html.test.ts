import * as fc from 'fast-check'
import t from 'tap'
import { escapeHtml, htmlToText, sanitizeHtml } from '../../../core/tools/html.ts'

t.test('sanitizeHtml', async (t) => {
  t.test('removes scripts and event handlers', async (t) => {
    t.equal(sanitizeHtml('<p onclick="go()">Hello <b>you</b></p><script>alert(1)</script>'), '<p>Hello <b>you</b></p>')
  })

  t.test('removes what loads or runs code', async (t) => {
    const attacks = [
      '<a href="javascript:alert(1)">x</a>',
      '<a href=" java\nscript:alert(1)">x</a>',
      '<img src=x onerror=alert(1)>',
      '<iframe src="http://evil"></iframe>',
      '<svg><script>alert(1)</script></svg>',
      '<p style="background:url(javascript:alert(1))">x</p>',
      '<p style="width: expression(alert(1))">x</p>',
      '<p style="position:fixed;top:0">x</p>',
      '<form action="/web"><input name="x"></form>',
      '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
      '<div data-controller="evil" data-action="evil#run">x</div>',
      '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
      '<meta http-equiv="refresh" content="0;url=http://evil">',
      '<style>body{display:none}</style>',
    ]
    const running =
      /script:|onerror|<iframe|<script|<svg|url\(|expression|position|<form|<input|svg\+xml|data-|<meta|<style/
    for (const attack of attacks) t.notMatch(sanitizeHtml(attack), running, attack)
  })

  t.test('keeps usual rich text', async (t) => {
    const kept = [
      '<h1 class="o_title">T</h1><ul><li>a</li></ul>',
      '<p style="color:red;text-align:center">x</p>',
      '<table class="table"><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
      '<a href="https://x.example/a?b=1&amp;c=2" target="_blank">x</a>',
      '<img src="cid:part1" alt="a" />',
      '<img src="data:image/png;base64,iVBORw0KGgo=" />',
      '<img src="/web/image/5" />',
      '<p style="color:rgb(1, 2, 3)">é</p>',
    ]
    for (const html of kept) t.equal(sanitizeHtml(html), html)
  })

  t.test('makes a paragraph of a text without tags', async (t) => {
    t.equal(sanitizeHtml('1 < 2 & "3"'), '<p>1 &lt; 2 &amp; "3"</p>')
    t.equal(sanitizeHtml('Hello <b>you</b>'), '<p>Hello <b>you</b></p>')
    t.equal(sanitizeHtml('Hello <p>you</p>'), '<div>Hello <p>you</p></div>')
    t.equal(sanitizeHtml('  '), '')
  })

  t.test('strips styles and classes on request', async (t) => {
    const html = '<p class="c" style="color:red">x</p>'
    t.equal(sanitizeHtml(html, { stripStyle: true }), '<p class="c">x</p>')
    t.equal(sanitizeHtml(html, { stripClasses: true }), '<p style="color:red">x</p>')
  })

  t.test('changes nothing the second time', async () => {
    const part = fc.constantFrom(
      '<p>',
      '</p>',
      '<i ',
      '>',
      '<',
      '"',
      "'",
      'x',
      ' onx=',
      '&lt;',
      '&',
      '<script>',
      '<br>',
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 15 }), (parts) => {
        const once = sanitizeHtml(parts.join(''))
        return sanitizeHtml(once) === once && !/<script|onx=[^&]*>/.test(once.replace(/>[^<]*/g, '>'))
      }),
    )
  })
})

t.test('escapeHtml makes every special character mean itself', async (t) => {
  t.equal(escapeHtml(`<a b="c" d='e'>&`), '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;')
})

t.test('htmlToText gives what a person reads', async (t) => {
  t.equal(htmlToText('<p>Hello <b>you</b></p>\n<p>1 &lt; 2<br/>end</p><script>x()</script>'), 'Hello you\n1 < 2\nend')
  t.equal(htmlToText('&amp;lt;'), '&lt;')
})
