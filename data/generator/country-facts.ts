import { codeList } from './code-list.ts'

/** How the tax number of a company is called, for the countries where the name is settled; elsewhere left open. */
export const VAT_LABELS: Readonly<Record<string, string>> = {
  AR: 'CUIT',
  AU: 'ABN',
  BO: 'NIT',
  BR: 'CNPJ/CPF',
  CA: 'GST/HST',
  CH: 'VAT',
  CL: 'RUT',
  CO: 'NIT',
  DO: 'RNC',
  EC: 'RUC',
  GB: 'VAT',
  GT: 'NIT',
  HN: 'RTN',
  ID: 'NPWP',
  IL: 'VAT',
  IN: 'GSTIN',
  IS: 'VAT',
  LI: 'VAT',
  MC: 'VAT',
  MX: 'RFC',
  NI: 'RUC',
  NO: 'VAT',
  NZ: 'GST',
  PA: 'RUC',
  PE: 'RUC',
  PH: 'TIN',
  PY: 'RUC',
  RS: 'PIB',
  RU: 'INN',
  SG: 'GST',
  SV: 'NIT',
  TH: 'TIN',
  TR: 'VKN',
  UA: 'VAT',
  US: 'EIN',
  UY: 'RUT',
  VE: 'RIF',
  ZA: 'VAT',
}

/** Dialling prefixes of territories without a telephone plan of their own: that of the country whose plan they use. */
export const BORROWED_DIALLING_CODES: Readonly<Record<string, string>> = {
  AQ: '672',
  BV: '47',
  GS: '500',
  HM: '672',
  PN: '64',
  TF: '262',
  UM: '1',
}

/** Countries to which the postal service of the United States delivers as to a state: their addresses name no other. */
export const PART_OF_US_MAIL: ReadonlySet<string> = new Set(codeList('AS FM GU MH MP PR PW UM VI'))

/** Which of CLDR's names is the common one, where it is not the main one. */
export const SHORT_NAMES: ReadonlySet<string> = new Set(codeList('HK MM MO PS'))

/** English and French names where CLDR's are ambiguous, cut short or hard to search; both are optional. */
export const NAMES: Readonly<Record<string, { readonly en?: string; readonly fr?: string }>> = {
  BQ: { en: 'Bonaire, Sint Eustatius and Saba', fr: 'Bonaire, Saint-Eustache et Saba' },
  CD: { en: 'Democratic Republic of the Congo', fr: 'République démocratique du Congo' },
  CG: { en: 'Congo', fr: 'Congo' },
  GS: { en: 'South Georgia and the South Sandwich Islands' },
  MF: { en: 'Saint Martin (French part)', fr: 'Saint-Martin (partie française)' },
  SH: { en: 'Saint Helena, Ascension and Tristan da Cunha', fr: 'Sainte-Hélène, Ascension et Tristan da Cunha' },
  SX: { en: 'Sint Maarten (Dutch part)', fr: 'Saint-Martin (partie néerlandaise)' },
  UM: { en: 'United States Minor Outlying Islands' },
  VC: { en: 'Saint Vincent and the Grenadines' },
  VN: { fr: 'Vietnam' },
}
