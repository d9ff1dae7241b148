import type { Manifest } from '#core'
import { manifest as mail } from '#addons/mail/manifest.ts'

export const manifest: Manifest = {
  name: 'base_automation',
  title: 'Automation Rules',
  version: '1.0.0',
  summary:
    'Server actions that run by themselves: when records are created, changed or deleted, when their time has come, on messages and webhooks',
  category: 'Productivity',
  depends: [mail],
  data: ['security/ir.model.access.csv', 'data/ir_cron.xml', 'views/base_automation.xml'],
}
