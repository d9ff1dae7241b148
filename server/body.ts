import type { FastifyInstance } from 'fastify'
import type { ComptoirError } from '../core/errors.ts'
import { BODY_FORBIDDEN_KEY, BODY_MALFORMED, BODY_TOO_DEEP } from './errors.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * Whether a JSON text opens arrays and objects more than `max` deep. Looks at the text and not at the parsed value,
 * because parsing some megabytes of brackets already takes gigabytes of memory.
 */
export function isTooDeep(text: string, max: number): boolean {
  let depth = 0
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i)
    if (char === QUOTE) i = endOfString(text, i)
    else if (char === OPEN_ARRAY || char === OPEN_OBJECT) {
      depth += 1
      if (depth > max) return true
    } else if (char === CLOSE_ARRAY || char === CLOSE_OBJECT) depth -= 1
  }
  return false
}

/** The place of the quote that ends the string which starts at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const char = text.charCodeAt(i)
    if (char === BACKSLASH) i += 1
    else if (char === QUOTE) return i
  }
  return text.length
}

/** Why a body was refused: the parser does not say whether it was the syntax or a key. */
function refusal(text: string): ComptoirError {
  try {
    JSON.parse(text)
  } catch (error) {
    return new BODY_MALFORMED(error instanceof Error ? error.message : String(error))
  }
  return new BODY_FORBIDDEN_KEY()
}

/** Lets the app take JSON bodies and nothing else; those nested too deep or with keys of prototypes are refused. */
export function acceptJson(app: FastifyInstance, maxDepth: number): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/json-rpc'],
    { parseAs: 'string' },
    (request, text: string, done) => {
      if (isTooDeep(text, maxDepth)) {
        done(new BODY_TOO_DEEP(maxDepth))
        return
      }
      void parse(request, text, (error, body) => {
        if (error) done(refusal(text))
        else done(null, body)
      })
    },
  )
}
