import t from 'tap'
import {
  isActiveMimetype,
  mimetypeOf,
  mimetypeOfContent,
  mimetypeOfName,
  UNKNOWN_MIMETYPE,
} from '#core/tools/mimetype.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

t.test('the name of a file tells its type', async (t) => {
  t.equal(mimetypeOfName('hello.txt'), 'text/plain')
  t.equal(mimetypeOfName('Report.PDF'), 'application/pdf')
  t.equal(mimetypeOfName('archive.tar.gz'), 'application/gzip')
  t.equal(mimetypeOfName('no ending'), undefined)
  t.equal(mimetypeOfName('x.constructor'), undefined)
})

t.test('so does the beginning of its content', async (t) => {
  t.equal(mimetypeOfContent(Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])), 'image/jpeg')
  t.equal(mimetypeOfContent(text('RIFF1234WEBPVP8 ')), 'image/webp')
  t.equal(mimetypeOfContent(text('%PDF-1.7')), 'application/pdf')
  t.equal(mimetypeOfContent(text('PK\u0003\u0004rest')), 'application/zip')
  t.equal(mimetypeOfContent(text('plain words, ärger €')), 'text/plain')
  t.equal(
    mimetypeOfContent(text(`${'x'.repeat(1023)}€`)),
    'text/plain',
    'a character cut at the end of what is looked at',
  )
  t.equal(mimetypeOfContent(Uint8Array.from([1, 2, 3, 0])), UNKNOWN_MIMETYPE)
  t.equal(mimetypeOfContent(new Uint8Array()), UNKNOWN_MIMETYPE)
})

t.test('markup is known for what it is, whatever comes before it', async (t) => {
  t.equal(mimetypeOfContent(text('<?xml version="1.0"?><!-- c --><svg width="1"/>')), 'image/svg+xml')
  t.equal(mimetypeOfContent(text('\n<!doctype HTML><p>')), 'text/html')
  t.equal(mimetypeOfContent(text('<?xml version="1.0"?><odoo/>')), 'application/xml')
})

t.test('the name comes before the content', async (t) => {
  t.equal(mimetypeOf('table.csv', text('a,b')), 'text/csv')
  t.equal(mimetypeOf('table', text('a,b')), 'text/plain')
  t.equal(mimetypeOf('table', undefined), UNKNOWN_MIMETYPE)
})

t.test('what a browser would run is known as such', async (t) => {
  for (const type of [
    'text/html',
    'Text/HTML; charset=utf-8',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/javascript',
    'application/xml',
    'application/rss+xml',
  ]) {
    t.ok(isActiveMimetype(type), type)
  }
  for (const type of ['text/plain', 'image/png', 'application/pdf', 'application/json'])
    t.notOk(isActiveMimetype(type), type)
})
