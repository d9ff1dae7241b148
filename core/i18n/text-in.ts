import type { Env } from '../orm/env.ts'
import { catalog } from './catalog.ts'

/**
 * A text that code shows to people, in the language of the environment, as the addon translates it. Words in braces are
 * replaced: `textIn(env, 'mail', '{model} created', { model: 'Contact' })`.
 */
export function textIn(env: Env, addon: string, source: string, words: Readonly<Record<string, string>> = {}): string {
  const text = catalog.translate(env.lang, addon, source)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => words[name] ?? whole)
}
