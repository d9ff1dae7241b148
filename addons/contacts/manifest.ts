import type { Manifest } from '#core'
import { manifest as base } from '#addons/base/manifest.ts'

export const manifest: Manifest = {
  name: 'contacts',
  title: 'Contacts',
  version: '1.0.0',
  summary: 'The address book: companies, people, their addresses and tags',
  category: 'Sales/CRM',
  depends: [base],
  data: ['views/contacts.xml'],
  application: true,
}
