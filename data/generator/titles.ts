import type { Table } from './table.ts'

interface Title {
  readonly key: string
  readonly name: string
  readonly shortcut: string
  readonly french: { readonly name: string; readonly shortcut: string }
}

const TITLES: readonly Title[] = [
  { key: 'doctor', name: 'Doctor', shortcut: 'Dr.', french: { name: 'Docteur', shortcut: 'Dr' } },
  { key: 'madam', name: 'Madam', shortcut: 'Mrs.', french: { name: 'Madame', shortcut: 'Mme' } },
  { key: 'miss', name: 'Miss', shortcut: 'Miss', french: { name: 'Mademoiselle', shortcut: 'Mlle' } },
  { key: 'mister', name: 'Mister', shortcut: 'Mr.', french: { name: 'Monsieur', shortcut: 'M.' } },
  { key: 'prof', name: 'Professor', shortcut: 'Prof.', french: { name: 'Professeur', shortcut: 'Pr' } },
]

/** How people are addressed. */
export function titles(): Table {
  const model = 'res.partner.title'
  const id = (title: Title): string => `res_partner_title_${title.key}`
  return {
    model,
    rows: TITLES.map((title) => ({ id: id(title), name: title.name, shortcut: title.shortcut })),
    french: TITLES.flatMap((title) => [
      { model, id: id(title), field: 'name', value: title.french.name },
      { model, id: id(title), field: 'shortcut', value: title.french.shortcut },
    ]),
  }
}
