import { BaseLanguageInstall } from './base_language_install.ts'
import { DecimalPrecision } from './decimal_precision.ts'
import { ResBank } from './res_bank.ts'
import { ResCompany } from './res_company.ts'
import { ResCountry } from './res_country.ts'
import { ResCountryGroup } from './res_country_group.ts'
import { ResCountryState } from './res_country_state.ts'
import { ResCurrency } from './res_currency.ts'
import { ResCurrencyRate } from './res_currency_rate.ts'
import { ResCurrencyRates } from './res_currency_rates.ts'
import { ResGroups } from './res_groups.ts'
import { ResGroupsImplied } from './res_groups_implied.ts'
import { ResLang } from './res_lang.ts'
import { ResPartner } from './res_partner.ts'
import { ResPartnerAddress } from './res_partner_address.ts'
import { ResPartnerAddressGet } from './res_partner_address_get.ts'
import { ResPartnerAddressText } from './res_partner_address_text.ts'
import { ResPartnerBank } from './res_partner_bank.ts'
import { ResPartnerCategory } from './res_partner_category.ts'
import { ResPartnerCommercial } from './res_partner_commercial.ts'
import { ResPartnerEmail } from './res_partner_email.ts'
import { ResPartnerImage } from './res_partner_image.ts'
import { ResPartnerIndustry } from './res_partner_industry.ts'
import { ResPartnerNames } from './res_partner_names.ts'
import { ResPartnerTitle } from './res_partner_title.ts'
import { ResPartnerUsers } from './res_partner_users.ts'
import { ResUsers } from './res_users.ts'
import { ResUsersAccount } from './res_users_account.ts'
import { ResUsersApikeys } from './res_users_apikeys.ts'
import { ResUsersCompanies } from './res_users_companies.ts'
import { ResUsersGroups } from './res_users_groups.ts'
import { ResUsersPassword } from './res_users_password.ts'
import { ResUsersPreferences } from './res_users_preferences.ts'
import { ResUsersSession } from './res_users_session.ts'

/** The models of people, companies, places, money and languages, in the order of their layers. */
export const resModels = [
  ResLang,
  BaseLanguageInstall,
  DecimalPrecision,
  ResCurrency,
  ResCurrencyRates,
  ResCurrencyRate,
  ResCountry,
  ResCountryState,
  ResCountryGroup,
  ResPartnerTitle,
  ResPartnerIndustry,
  ResPartnerCategory,
  ResPartner,
  ResPartnerNames,
  ResPartnerAddressText,
  ResPartnerEmail,
  ResPartnerAddress,
  ResPartnerAddressGet,
  ResPartnerCommercial,
  ResPartnerUsers,
  ResPartnerImage,
  ResBank,
  ResPartnerBank,
  ResCompany,
  ResGroups,
  ResGroupsImplied,
  ResUsers,
  ResUsersGroups,
  ResUsersCompanies,
  ResUsersPassword,
  ResUsersPreferences,
  ResUsersAccount,
  ResUsersApikeys,
  ResUsersSession,
] as const
