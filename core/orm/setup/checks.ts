import type { FieldInfo } from '../../fields/info.ts'
import type { ModelInfo } from '../model-info.ts'

/** What is wrong with models that are each fine alone: unknown comodels, inverses, paths, currencies. One sentence each. */
export function checkModels(models: ReadonlyMap<string, ModelInfo>): string[] {
  const mistakes: string[] = []
  for (const model of models.values()) {
    for (const field of model.fields.values()) {
      const at = `${model.name}.${field.name}`
      if (field.comodel && !models.has(field.comodel)) {
        mistakes.push(`${at} refers to '${field.comodel}', which does not exist.${hint(field.comodel, models.keys())}`)
      } else if (field.type === 'one2many' && field.stored && field.inverse) {
        const inverse = models.get(field.comodel ?? '')?.fields.get(field.inverse)
        if (!inverse) mistakes.push(`${at} mirrors '${field.comodel}.${field.inverse}', which is not a field.`)
        else if (inverse.type !== 'many2one' && inverse.type !== 'many2one_reference' && !inverse.inherited) {
          mistakes.push(
            `${at} mirrors '${field.comodel}.${field.inverse}', which is a ${inverse.type} and not a many2one.`,
          )
        }
      }
      if (field.related) checkPath(model, field.related, `${at} is related to`, models, mistakes)
      for (const { depends } of field.computes) {
        for (const path of depends) checkPath(model, path.split('.'), `${at} depends on`, models, mistakes)
      }
      if (field.translate && !['char', 'text', 'html'].includes(field.type)) {
        mistakes.push(`${at} is translated, but only char, text and html can be.`)
      }
      if (field.currencyField && field.stored && !model.fields.has(field.currencyField)) {
        mistakes.push(
          `${at} is an amount in the currency of '${field.currencyField}', which is not a field of ${model.name}.`,
        )
      }
    }
    for (const { paths } of model.constraints) {
      for (const path of paths)
        checkPath(model, path.split('.'), `${model.name}: a constraint looks at`, models, mistakes)
    }
    for (const name of model.recNamesSearch) {
      if (!model.fields.has(name)) mistakes.push(`${model.name} is found by '${name}', which is not a field.`)
    }
    if (model.parentStore && model.fields.get(model.parentName)?.comodel !== model.name) {
      mistakes.push(`${model.name} keeps parent_path, but '${model.parentName}' is not a many2one to itself.`)
    }
  }
  return mistakes
}

function checkPath(
  start: ModelInfo,
  path: readonly string[],
  what: string,
  models: ReadonlyMap<string, ModelInfo>,
  mistakes: string[],
): void {
  let model: ModelInfo | undefined = start
  for (const [i, name] of path.entries()) {
    const field: FieldInfo | undefined = model?.fields.get(name)
    if (!model || (!field && !(i === path.length - 1 && name === '*'))) {
      mistakes.push(
        `${what} '${path.join('.')}': ${model?.name ?? 'a value'} has no field '${name}'.${hint(name, model?.fields.keys() ?? [])}`,
      )
      return
    }
    model = field?.comodel ? models.get(field.comodel) : undefined
  }
}

/** ` Did you mean 'partner_id'?`, or nothing when no known name is near. */
export function hint(wrong: string, known: Iterable<string>): string {
  let best = ''
  let least = Math.max(2, Math.floor(wrong.length / 3)) + 1
  for (const name of known) {
    const distance = editDistance(wrong, name, least)
    if (distance < least) [best, least] = [name, distance]
  }
  return best ? ` Did you mean '${best}'?` : ''
}

function editDistance(a: string, b: string, enough: number): number {
  if (Math.abs(a.length - b.length) >= enough) return enough
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}
