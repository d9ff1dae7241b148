import type { CompileContext } from '../domain/compile.ts'
import type { Env } from './env.ts'

/** What SQL of a domain or an order depends on besides its text. */
export function compileContext(env: Env): CompileContext {
  return { dialect: env.dialect, zone: env.zone, lang: env.lang, companyId: env.companyId, registry: env.registry }
}
