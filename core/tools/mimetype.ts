/** The type of a file whose content and name tell nothing. */
export const UNKNOWN_MIMETYPE = 'application/octet-stream'

/** Types by the ending of the name. */
const ENDINGS: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  log: 'text/plain',
  csv: 'text/csv',
  md: 'text/markdown',
  ics: 'text/calendar',
  vcf: 'text/vcard',
  htm: 'text/html',
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  xml: 'application/xml',
  pdf: 'application/pdf',
  rtf: 'application/rtf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  heic: 'image/heic',
  avif: 'image/avif',
  zip: 'application/zip',
  gz: 'application/gzip',
  tar: 'application/x-tar',
  '7z': 'application/x-7z-compressed',
  rar: 'application/vnd.rar',
  eml: 'message/rfc822',
  msg: 'application/vnd.ms-outlook',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  mov: 'video/quicktime',
  avi: 'video/x-msvideo',
  woff: 'font/woff',
  woff2: 'font/woff2',
  ttf: 'font/ttf',
  otf: 'font/otf',
}

/** What contents begin with: hexadecimal bytes, `..` for any byte. The first that fits decides. */
const BEGINNINGS: readonly (readonly [bytes: string, type: string])[] = [
  ['89504e470d0a1a0a', 'image/png'],
  ['ffd8ff', 'image/jpeg'],
  ['474946383761', 'image/gif'],
  ['474946383961', 'image/gif'],
  ['52494646........57454250', 'image/webp'],
  ['52494646........57415645', 'audio/wav'],
  ['424d', 'image/bmp'],
  ['49492a00', 'image/tiff'],
  ['4d4d002a', 'image/tiff'],
  ['00000100', 'image/x-icon'],
  ['255044462d', 'application/pdf'],
  ['504b0304', 'application/zip'],
  ['504b0506', 'application/zip'],
  ['1f8b08', 'application/gzip'],
  ['377abcaf271c', 'application/x-7z-compressed'],
  ['d0cf11e0a1b11ae1', 'application/x-ole-storage'],
  ['7b5c727466', 'application/rtf'],
  ['494433', 'audio/mpeg'],
  ['4f676753', 'audio/ogg'],
  ['1a45dfa3', 'video/webm'],
  ['........66747970', 'video/mp4'],
]

/** Types that a browser would run as a page or a script of this site. */
const ACTIVE =
  /^(text\/(html|javascript|xml|xsl)|application\/(xhtml\+xml|javascript|ecmascript|xml)|image\/svg\+xml)$|\+xml$/

const LOOKED_AT = 1024

/** The type that the ending of a file's name stands for; undefined when it is none that is known. */
export function mimetypeOfName(name: string): string | undefined {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined
}

/** The type that a file's content shows, `text/plain` for any text, and else `application/octet-stream`. */
export function mimetypeOfContent(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, LOOKED_AT))
  const hex = start.toString('hex')
  const magic = BEGINNINGS.find(([pattern]) => new RegExp(`^${pattern}`).test(hex))
  if (magic) return magic[1]
  if (start.length === 0 || start.includes(0)) return UNKNOWN_MIMETYPE
  const text = start.toString('utf8')
  if (/^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(text)) return 'image/svg+xml'
  if (/^\uFEFF?\s*(<!DOCTYPE html|<html[\s>])/i.test(text)) return 'text/html'
  if (/^\uFEFF?\s*<\?xml/.test(text)) return 'application/xml'
  return isText(start) ? 'text/plain' : UNKNOWN_MIMETYPE
}

/** The type of a file by its name, else by its content. */
export function mimetypeOf(name: string, bytes: Uint8Array | undefined): string {
  return mimetypeOfName(name) ?? (bytes ? mimetypeOfContent(bytes) : UNKNOWN_MIMETYPE)
}

/** Whether a browser that is given the file could run what is in it. */
export const isActiveMimetype = (mimetype: string): boolean =>
  ACTIVE.test((mimetype.split(';')[0] ?? '').trim().toLowerCase())

/** Whether bytes are UTF-8, apart from a character that the end cuts off. */
function isText(bytes: Buffer): boolean {
  const replaced = bytes.toString('utf8').replace(/\uFFFD{1,3}$/, '')
  // oxlint-disable-next-line no-control-regex -- control characters are what tells binary content from text
  return !/[\uFFFD\u0001-\u0008\u000E-\u001A\u001C-\u001F]/.test(replaced)
}
