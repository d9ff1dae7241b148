import type { Manifest } from '#core'
import { manifest as contacts } from '#addons/contacts/manifest.ts'
import { manifest as mail } from '#addons/mail/manifest.ts'

export const manifest: Manifest = {
  name: 'bench_orders',
  title: 'Orders to measure',
  version: '1.0.0',
  summary: 'Orders with lines, stages and a thread, as large as those of a sales desk',
  category: 'Hidden',
  depends: [contacts, mail],
  data: ['ir.model.access.csv', 'views.xml'],
}
