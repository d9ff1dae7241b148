import { codeList } from './code-list.ts'

/**
 * The languages that are offered: `language_REGION`, or `language@script` where a language is written in two scripts.
 * The first entry of a language is its base: its identifiers need no region.
 */
export const LANGUAGE_CODES: readonly string[] = codeList(`
  af_ZA am_ET ar_001 ar_SY az_AZ be_BY bg_BG bn_BD bn_IN bs_BA ca_ES cs_CZ cy_GB da_DK de_DE de_AT de_CH el_GR
  en_US en_AU en_CA en_GB en_IE en_IN en_NZ en_ZA es_ES es_419 es_AR es_BO es_CL es_CO es_CR es_DO es_EC es_GT
  es_MX es_PA es_PE es_PY es_UY es_VE et_EE eu_ES fa_IR fi_FI fr_FR fr_BE fr_CA fr_CH ga_IE gl_ES gu_IN he_IL
  hi_IN hr_HR hu_HU hy_AM id_ID is_IS it_IT it_CH ja_JP ka_GE kab_DZ kk_KZ km_KH ko_KR lb_LU lo_LA lt_LT lv_LV
  mk_MK ml_IN mn_MN ms_MY my_MM nb_NO nl_NL nl_BE pl_PL pt_PT pt_AO pt_BR ro_RO ru_RU sk_SK sl_SI sq_AL sr@Cyrl
  sr@latin sv_SE sw_KE ta_IN te_IN th_TH tl_PH tr_TR uk_UA ur_PK uz_UZ vi_VN zh_CN zh_HK zh_TW
`)
