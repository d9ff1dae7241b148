/** The longest name, in characters: what a database takes as the name of a table or column. */
const LONGEST = 63

/** What is wrong with the name of a model made by hand, or nothing. */
export function modelNameMistake(name: string): string | undefined {
  if (!name.startsWith('x_')) return `The name of a model made by hand begins with x_: x_${name}.`
  if (!/^x_[a-z0-9_.]*[a-z0-9_]$/.test(name))
    return `'${name}' is not the name of a model: use small letters, digits, underscores and dots.`
  if (name.length > LONGEST) return `The name of a model has at most ${LONGEST} characters: ${name}.`
  return undefined
}

/** What is wrong with the name of a field made by hand, or nothing. */
export function fieldNameMistake(name: string): string | undefined {
  if (!name.startsWith('x_')) return `The name of a field made by hand begins with x_: x_${name}.`
  if (!/^x_[a-z0-9_]+$/.test(name))
    return `'${name}' is not the name of a field: use small letters, digits and underscores.`
  if (name.length > LONGEST) return `The name of a field has at most ${LONGEST} characters: ${name}.`
  return undefined
}
