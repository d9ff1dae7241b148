import { codeList } from './code-list.ts'

/** Codes of ISO 4217 that are no money to pay with: funds, units of account, metals, test codes. */
export const NOT_MONEY: ReadonlySet<string> = new Set(
  codeList(`
  BOV CHE CHW CLF COU MXV USN UYI UYW XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX
`),
)

/** Numeric codes of currencies that ISO 4217 added after the edition in iso-codes. */
export const ADDED: Readonly<Record<string, string>> = { XCG: '532', ZWG: '924' }

/** Decimals of an amount by ISO 4217 where they are not two. CLDR's own digits follow cash, not accounts. */
export const MINOR_UNITS: ReadonlyMap<string, number> = new Map([
  ...codeList('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF').map((code) => [code, 0] as const),
  ...codeList('BHD IQD JOD KWD LYD OMR TND').map((code) => [code, 3] as const),
])

/** The region whose usage decides how a currency is written, where the first two letters of the code do not name it. */
export const HOME_REGIONS: Readonly<Record<string, string>> = {
  ANG: 'CW',
  EUR: 'DE',
  XAF: 'CM',
  XCD: 'LC',
  XCG: 'CW',
  XOF: 'CI',
  XPF: 'PF',
}

const SUBUNITS: Readonly<Record<string, string>> = {
  Cents: `
    ANG AUD AWG BBD BMD BND BSD BZD CAD ERN ETB EUR FJD GYD HKD JMD KES KYD LKR LRD MUR NAD NZD SBD SCR SGD SLE
    SLL SOS SRD SZL TTD TWD TZS USD XCD XCG ZAR ZWG ZWL
  `,
  Centavos: 'ARS BOB BRL COP CUC CUP CVE DOP GTQ HNL MXN MZN NIO PHP SVC',
  Céntimos: 'CRC PEN VED VES',
  Centimes: 'CDF CHF DZD HTG MAD',
  Pence: 'FKP GBP GIP SHP SSP',
  Piastres: 'EGP LBP SDG SYP',
  Paise: 'INR NPR PKR',
  Poisha: 'BDT',
  Pul: 'AFN',
  Fils: 'AED BHD IQD JOD KWD YER',
  Dirhams: 'LYD QAR',
  Baisa: 'OMR',
  Halalas: 'SAR',
  Millimes: 'TND',
  Agorot: 'ILS',
  Kuruş: 'TRY',
  Qəpik: 'AZN',
  Kopecks: 'BYN RUB UAH',
  Tetri: 'GEL',
  Tiyn: 'KZT UZS',
  Tyiyn: 'KGS',
  Diram: 'TJS',
  Tenge: 'TMT',
  Luma: 'AMD',
  Fen: 'CNY',
  Avos: 'MOP',
  Satang: 'THB',
  Sen: 'IDR KHR MYR',
  Pya: 'MMK',
  Möngö: 'MNT',
  Laari: 'MVR',
  Chhertum: 'BTN',
  Øre: 'DKK NOK',
  Öre: 'SEK',
  Haléře: 'CZK',
  Groszy: 'PLN',
  Fillér: 'HUF',
  Bani: 'MDL RON',
  Stotinki: 'BGN',
  Deni: 'MKD',
  Para: 'RSD',
  Lipa: 'HRK',
  Feninga: 'BAM',
  Qindarka: 'ALL',
  Centésimos: 'PAB UYU',
  Ngwee: 'ZMW',
  Thebe: 'BWP',
  Tambala: 'MWK',
  Bututs: 'GMD',
  Pesewas: 'GHS',
  Kobo: 'NGN',
  Cêntimos: 'AOA STN',
  Lisente: 'LSL',
  Iraimbilanja: 'MGA',
  Khoums: 'MRU',
  Seniti: 'TOP',
  Sene: 'WST',
  Toea: 'PGK',
}

/** The name of the hundredth (or thousandth) of a currency, where it has one in use or in accounts. */
export const SUBUNIT_LABELS: ReadonlyMap<string, string> = new Map(
  Object.entries(SUBUNITS).flatMap(([label, codes]) => codeList(codes).map((code) => [code, label] as const)),
)

/** Units whose plural name in CLDR does not end in the unit. */
export const UNIT_LABELS: Readonly<Record<string, string>> = { VED: 'Bolívars' }
