/* Every widget, and the kinds of field that it shows when an arch names none. */
import { widget as boolean } from './boolean/widget.ts'
import { widget as char } from './char/widget.ts'
import { widget as date } from './date/widget.ts'
import { widget as datetime } from './datetime/widget.ts'
import { widget as float } from './float/widget.ts'
import { widget as integer } from './integer/widget.ts'
import { widget as many2many_tags } from './many2many_tags/widget.ts'
import { widget as many2one } from './many2one/widget.ts'
import { widget as monetary } from './monetary/widget.ts'
import { widget as selection } from './selection/widget.ts'
import { widget as text } from './text/widget.ts'
import { widget as one2many } from './one2many/widget.ts'
import { widget as badge } from './badge/widget.ts'
import { widget as email } from './email/widget.ts'
import { widget as phone } from './phone/widget.ts'
import { widget as statusbar } from './statusbar/widget.ts'
import { widget as url } from './url/widget.ts'
import { register } from './place.ts'

register(boolean, 'boolean')
register(char, 'char', 'reference', 'json', 'properties', 'binary')
register(date, 'date')
register(datetime, 'datetime')
register(float, 'float')
register(integer, 'integer', 'many2one_reference')
register(many2many_tags)
register(many2one, 'many2one')
register(monetary, 'monetary')
register(one2many, 'one2many', 'many2many')
register(selection, 'selection')
register(text, 'text', 'html')
register(badge)
register(email)
register(phone)
register(statusbar)
register(url)
