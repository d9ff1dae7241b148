import type { Manifest } from '#core'

export const manifest: Manifest = {
  name: 'base',
  title: 'Base',
  version: '1.0.0',
  summary: 'People, companies, users, rights and the technical records that every other addon builds on',
  category: 'Hidden',
  depends: [],
  data: [
    '#data/res.lang.csv',
    '#data/res.currency.csv',
    'data/ir_module_category.xml',
    'data/res_groups.xml',
    'data/res_partner.xml',
    'data/res_company.xml',
    'data/res_users.xml',
    '#data/res.country.csv',
    '#data/res.country.state.csv',
    '#data/res.country.group.csv',
    '#data/res.partner.title.csv',
    '#data/res.partner.industry.csv',
    'data/ir_config_parameter.xml',
    'data/ir_cron.xml',
    'security/ir.model.access.csv',
    'security/ir_rules.xml',
  ],
  translations: ['#data/translations.{lang}.csv'],
}
