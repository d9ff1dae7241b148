import type { Content, Step } from './steps.ts'

/** `%(module.name)d` in markup. */
export const REFERENCE = /%\(([\w.]+)\)[ds]/g

/** The external ids that a step refers to, so that all of a file can be looked up at once. */
export function* idsOfStep(step: Step): Generator<string> {
  if (step.kind === 'delete') {
    if (step.id !== null) yield step.id
    if (step.search !== null) yield* idsOfExpression(step.search)
    return
  }
  if (step.context !== null) yield* idsOfExpression(step.context)
  if (step.kind === 'record') {
    for (const { content } of step.fields) yield* idsOfContent(content)
  } else {
    if (step.eval !== null) yield* idsOfExpression(step.eval)
    for (const content of step.args) yield* idsOfContent(content)
  }
}

/** The external ids that `ref('…')` in an expression names. */
export function* idsOfExpression(source: string): Generator<string> {
  for (const [, , id = ''] of source.matchAll(/\bref\(\s*(['"])([^'"]+)\1\s*[,)]/g)) yield id
}

function* idsOfContent(content: Content): Generator<string> {
  switch (content.form) {
    case 'ref':
      yield content.id
      break
    case 'refs':
      yield* content.ids
      break
    case 'eval':
      yield* idsOfExpression(content.source)
      break
    case 'search':
      yield* idsOfExpression(content.domain)
      break
    case 'markup':
      for (const [, id = ''] of content.text.matchAll(REFERENCE)) yield id
      break
    case 'list':
      for (const item of content.items) yield* idsOfContent(item)
      break
    case 'records':
      for (const record of content.records) yield* idsOfStep(record)
      break
    default:
  }
}
