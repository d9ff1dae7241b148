const ENGLISH = { yes: ['1', 'true', 'yes', 't', 'y'], no: ['', '0', 'false', 'no', 'f', 'n'] }

/** Yes and no, true and false, as people write them, by language. */
const WORDS: Readonly<Record<string, { readonly yes: readonly string[]; readonly no: readonly string[] }>> = {
  cs: { yes: ['ano', 'pravda'], no: ['ne', 'nepravda'] },
  da: { yes: ['ja', 'sand'], no: ['nej', 'falsk'] },
  de: { yes: ['ja', 'wahr'], no: ['nein', 'falsch'] },
  el: { yes: ['ναι', 'αληθές'], no: ['όχι', 'ψευδές'] },
  es: { yes: ['sí', 'si', 'verdadero', 'cierto'], no: ['no', 'falso'] },
  fi: { yes: ['kyllä', 'tosi'], no: ['ei', 'epätosi'] },
  fr: { yes: ['oui', 'vrai'], no: ['non', 'faux'] },
  hu: { yes: ['igen', 'igaz'], no: ['nem', 'hamis'] },
  it: { yes: ['sì', 'si', 'vero'], no: ['no', 'falso'] },
  nb: { yes: ['ja', 'sann'], no: ['nei', 'usann'] },
  nl: { yes: ['ja', 'waar'], no: ['nee', 'onwaar'] },
  pl: { yes: ['tak', 'prawda'], no: ['nie', 'fałsz'] },
  pt: { yes: ['sim', 'verdadeiro'], no: ['não', 'falso'] },
  ro: { yes: ['da', 'adevărat'], no: ['nu', 'fals'] },
  ru: { yes: ['да', 'истина'], no: ['нет', 'ложь'] },
  sv: { yes: ['ja', 'sant'], no: ['nej', 'falskt'] },
  tr: { yes: ['evet', 'doğru'], no: ['hayır', 'yanlış'] },
}

/** What a word means in English or in the language (`fr_FR`), whatever its case; undefined when it is no such word. */
export function booleanOf(word: string, lang: string): boolean | undefined {
  const own = WORDS[lang.slice(0, 2)]
  const text = word.trim().toLowerCase()
  if (ENGLISH.yes.includes(text) || own?.yes.includes(text)) return true
  return ENGLISH.no.includes(text) || own?.no.includes(text) ? false : undefined
}
