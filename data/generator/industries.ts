import type { Table } from './table.ts'

interface Wording {
  /** What a list shows. */
  readonly name: string
  /** The official title of the section. */
  readonly title: string
}

interface Section {
  readonly letter: string
  readonly english: Wording
  readonly french: Wording
}

const section = (letter: string, english: readonly [string, string], french: readonly [string, string]): Section => ({
  letter,
  english: { name: english[0], title: english[1] },
  french: { name: french[0], title: french[1] },
})

/** The sections of NACE Rev. 2, which are those of ISIC Rev. 4. */
const SECTIONS: readonly Section[] = [
  section(
    'A',
    ['Agriculture', 'Agriculture, forestry and fishing'],
    ['Agriculture', 'Agriculture, sylviculture et pêche'],
  ),
  section('B', ['Mining', 'Mining and quarrying'], ['Extraction', 'Industries extractives']),
  section('C', ['Manufacturing', 'Manufacturing'], ['Industrie', 'Industrie manufacturière']),
  section(
    'D',
    ['Energy', 'Electricity, gas, steam and air conditioning supply'],
    ['Énergie', "Production et distribution d'électricité, de gaz, de vapeur et d'air conditionné"],
  ),
  section(
    'E',
    ['Water and waste', 'Water supply; sewerage, waste management and remediation activities'],
    ['Eau et déchets', "Production et distribution d'eau; assainissement, gestion des déchets et dépollution"],
  ),
  section('F', ['Construction', 'Construction'], ['Construction', 'Construction']),
  section(
    'G',
    ['Trade and repair', 'Wholesale and retail trade; repair of motor vehicles and motorcycles'],
    ['Commerce et réparation', "Commerce; réparation d'automobiles et de motocycles"],
  ),
  section('H', ['Transport', 'Transportation and storage'], ['Transport', 'Transports et entreposage']),
  section(
    'I',
    ['Hotels and restaurants', 'Accommodation and food service activities'],
    ['Hôtels et restaurants', 'Hébergement et restauration'],
  ),
  section(
    'J',
    ['Media and computing', 'Information and communication'],
    ['Médias et informatique', 'Information et communication'],
  ),
  section(
    'K',
    ['Banking and insurance', 'Financial and insurance activities'],
    ['Banque et assurance', "Activités financières et d'assurance"],
  ),
  section('L', ['Real estate', 'Real estate activities'], ['Immobilier', 'Activités immobilières']),
  section(
    'M',
    ['Professional services', 'Professional, scientific and technical activities'],
    ['Services spécialisés', 'Activités spécialisées, scientifiques et techniques'],
  ),
  section(
    'N',
    ['Support services', 'Administrative and support service activities'],
    ['Services de soutien', 'Activités de services administratifs et de soutien'],
  ),
  section(
    'O',
    ['Public sector', 'Public administration and defence; compulsory social security'],
    ['Secteur public', 'Administration publique et défense; sécurité sociale obligatoire'],
  ),
  section('P', ['Education', 'Education'], ['Enseignement', 'Enseignement']),
  section(
    'Q',
    ['Health and social work', 'Human health and social work activities'],
    ['Santé et action sociale', 'Santé humaine et action sociale'],
  ),
  section(
    'R',
    ['Arts and recreation', 'Arts, entertainment and recreation'],
    ['Arts et loisirs', 'Arts, spectacles et activités récréatives'],
  ),
  section('S', ['Other services', 'Other service activities'], ['Autres services', 'Autres activités de services']),
  section(
    'T',
    [
      'Households',
      'Activities of households as employers; undifferentiated goods- and services-producing activities of households for own use',
    ],
    [
      'Ménages',
      "Activités des ménages en tant qu'employeurs; activités indifférenciées des ménages en tant que producteurs de biens et services pour usage propre",
    ],
  ),
  section(
    'U',
    ['International organisations', 'Activities of extraterritorial organisations and bodies'],
    ['Organisations internationales', 'Activités extra-territoriales'],
  ),
]

/** The branches of business, one per section of the European classification of activities. */
export function industries(): Table {
  const model = 'res.partner.industry'
  const id = ({ letter }: Section): string => `res_partner_industry_${letter}`
  return {
    model,
    rows: SECTIONS.map((each) => ({ id: id(each), name: each.english.name, full_name: each.english.title })),
    french: SECTIONS.flatMap((each) => [
      { model, id: id(each), field: 'name', value: each.french.name },
      { model, id: id(each), field: 'full_name', value: each.french.title },
    ]),
  }
}
