import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { bcp47 } from '../../views/format.ts'
import type { ViewNode } from '../../views/page.ts'
import { Renderer } from '../../views/render.ts'
import { translator } from '../../views/translate.ts'
import { THEME_COOKIE } from './cookies.ts'
import { csrfToken } from './csrf.ts'
import { Assets } from './assets.ts'

/** The templates and bundles that all pages share. */
export const renderer = new Renderer()
export const assets = new Assets()

export interface PageAnswer {
  readonly title: string
  /** `fr_FR`. */
  readonly lang: string
  readonly body: ViewNode
  readonly bodyClass?: string
  /** Whether the page is that of a visitor: it then loads no script and little style. */
  readonly bare?: boolean
  readonly status?: number
}

/** Sends a whole page, under a policy that lets nothing run or load that the server did not write. */
export async function answerPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: PageAnswer,
): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64')
  const names = await assets.names()
  const html = renderer.render(
    'layouts/page',
    {
      title: page.title,
      theme: request.cookies[THEME_COOKIE] === 'dark' ? 'dark' : 'light',
      nonce,
      csrf: csrfToken(request, reply),
      assets: {
        icon: names.icon,
        style: page.bare ? names.loginStyle : names.style,
        script: page.bare ? null : names.script,
      },
      body: page.body,
      bodyClass: page.bodyClass ?? '',
    },
    { translate: translator(page.lang), language: bcp47(page.lang) },
  )
  protect(reply, nonce)
  return reply
    .code(page.status ?? 200)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'private, no-cache')
    .send(html)
}

/** Sends a part of a page. */
export function answerFragment(reply: FastifyReply, template: string, model: object, lang: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(fragmentHtml(template, model, lang))
}

/** HTML of a part of a page. */
export function fragmentHtml(template: string, model: object, lang: string): string {
  return renderer.render(template, model, { translate: translator(lang), language: bcp47(lang) })
}

function protect(reply: FastifyReply, nonce: string): void {
  const policy = [
    "default-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'self'",
    "form-action 'self'",
    "img-src 'self' data: blob:",
    // the calendar brings its few signs as a font in its rules
    "font-src 'self' data:",
    `style-src 'self' 'nonce-${nonce}'`,
    "script-src 'self'",
  ].join('; ')
  reply.header('content-security-policy', policy)
  reply.header('referrer-policy', 'same-origin')
  reply.header('x-frame-options', 'SAMEORIGIN')
}
