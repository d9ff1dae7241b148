import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const folder = join(dirname(createRequire(import.meta.url).resolve('bootstrap-icons/package.json')), 'icons')
const cache = new Map<string, string>()

/** Archs name icons of Font Awesome 4, as Odoo's do; these are their counterparts. Others share their name. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  'fa-ban': 'slash-circle',
  'fa-bars': 'list',
  'fa-bell': 'bell',
  'fa-bolt': 'lightning',
  'fa-book': 'book',
  'fa-building': 'building',
  'fa-calendar': 'calendar3',
  'fa-check': 'check-lg',
  'fa-clock-o': 'clock',
  'fa-cog': 'gear',
  'fa-cogs': 'gear-wide-connected',
  'fa-comments': 'chat-dots',
  'fa-credit-card': 'credit-card',
  'fa-cubes': 'boxes',
  'fa-download': 'download',
  'fa-envelope': 'envelope',
  'fa-envelope-o': 'envelope',
  'fa-exclamation-triangle': 'exclamation-triangle',
  'fa-external-link': 'box-arrow-up-right',
  'fa-eye': 'eye',
  'fa-file-text': 'file-text',
  'fa-file-text-o': 'file-text',
  'fa-folder-open': 'folder2-open',
  'fa-globe': 'globe',
  'fa-handshake-o': 'people',
  'fa-history': 'clock-history',
  'fa-home': 'house',
  'fa-key': 'key',
  'fa-line-chart': 'graph-up',
  'fa-link': 'link-45deg',
  'fa-list': 'list-ul',
  'fa-list-ul': 'list-ul',
  'fa-lock': 'lock',
  'fa-map-marker': 'geo-alt',
  'fa-money': 'cash-stack',
  'fa-pencil': 'pencil',
  'fa-pencil-square-o': 'pencil-square',
  'fa-phone': 'telephone',
  'fa-plus': 'plus-lg',
  'fa-print': 'printer',
  'fa-puzzle-piece': 'puzzle',
  'fa-refresh': 'arrow-clockwise',
  'fa-search': 'search',
  'fa-shopping-cart': 'cart',
  'fa-star': 'star-fill',
  'fa-star-o': 'star',
  'fa-tag': 'tag',
  'fa-tags': 'tags',
  'fa-tasks': 'list-check',
  'fa-ticket': 'ticket-perforated',
  'fa-times': 'x-lg',
  'fa-trash': 'trash',
  'fa-trash-o': 'trash',
  'fa-truck': 'truck',
  'fa-undo': 'arrow-counterclockwise',
  'fa-upload': 'upload',
  'fa-user': 'person',
  'fa-users': 'people',
  'fa-usd': 'currency-dollar',
  'fa-wrench': 'wrench',
}

/** Inline SVG of an icon, hidden from screen readers: whoever shows it alone names its control. Unknown names give a dot. */
export function icon(name: string): string {
  const known = cache.get(name)
  if (known !== undefined) return known
  const file = COUNTERPARTS[name] ?? name.replace(/^fa-/, '').replace(/-o$/, '')
  const svg = /^[a-z0-9-]+$/.test(file) ? (read(file) ?? read('dot')) : read('dot')
  const html = (svg ?? '')
    .replace(/\s*\n\s*/g, '')
    .replace(/ xmlns="[^"]*"/, '')
    .replace('<svg ', '<svg aria-hidden="true" ')
  cache.set(name, html)
  return html
}

function read(file: string): string | undefined {
  try {
    return readFileSync(join(folder, `${file}.svg`), 'utf8')
  } catch {
    return undefined // there is no such icon
  }
}
