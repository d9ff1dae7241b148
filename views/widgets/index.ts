/* Every widget, and the kinds of field that it shows when an arch names none. */
import { widget as badge } from './badge/widget.ts'
import { widget as binary } from './binary/widget.ts'
import { widget as boolean } from './boolean/widget.ts'
import { widget as boolean_favorite } from './boolean_favorite/widget.ts'
import { widget as boolean_icon } from './boolean_icon/widget.ts'
import { widget as boolean_toggle } from './boolean_toggle/widget.ts'
import { widget as char } from './char/widget.ts'
import { widget as code } from './code/widget.ts'
import { widget as color } from './color/widget.ts'
import { widget as color_picker } from './color_picker/widget.ts'
import { widget as copy_clipboard } from './copy_clipboard/widget.ts'
import { widget as date } from './date/widget.ts'
import { widget as daterange } from './daterange/widget.ts'
import { widget as datetime } from './datetime/widget.ts'
import { widget as domain } from './domain/widget.ts'
import { widget as email } from './email/widget.ts'
import { widget as float } from './float/widget.ts'
import { widget as float_factor } from './float_factor/widget.ts'
import { widget as float_time } from './float_time/widget.ts'
import { widget as float_toggle } from './float_toggle/widget.ts'
import { widget as gauge } from './gauge/widget.ts'
import { widget as handle } from './handle/widget.ts'
import { widget as html } from './html/widget.ts'
import { widget as image } from './image/widget.ts'
import { widget as image_url } from './image_url/widget.ts'
import { widget as integer } from './integer/widget.ts'
import { widget as json } from './json/widget.ts'
import { widget as label_selection } from './label_selection/widget.ts'
import { widget as many2many_binary } from './many2many_binary/widget.ts'
import { widget as many2many_checkboxes } from './many2many_checkboxes/widget.ts'
import { widget as many2many_tags } from './many2many_tags/widget.ts'
import { widget as many2many_tags_avatar } from './many2many_tags_avatar/widget.ts'
import { widget as many2one } from './many2one/widget.ts'
import { widget as many2one_avatar } from './many2one_avatar/widget.ts'
import { widget as many2one_reference } from './many2one_reference/widget.ts'
import { widget as monetary } from './monetary/widget.ts'
import { widget as one2many } from './one2many/widget.ts'
import { widget as pdf_viewer } from './pdf_viewer/widget.ts'
import { widget as percentage } from './percentage/widget.ts'
import { widget as percentpie } from './percentpie/widget.ts'
import { widget as phone } from './phone/widget.ts'
import { widget as priority } from './priority/widget.ts'
import { widget as progressbar } from './progressbar/widget.ts'
import { widget as properties } from './properties/widget.ts'
import { widget as radio } from './radio/widget.ts'
import { widget as reference } from './reference/widget.ts'
import { widget as remaining_days } from './remaining_days/widget.ts'
import { widget as selection } from './selection/widget.ts'
import { widget as selection_badge } from './selection_badge/widget.ts'
import { widget as signature } from './signature/widget.ts'
import { widget as state_selection } from './state_selection/widget.ts'
import { widget as statinfo } from './statinfo/widget.ts'
import { widget as statusbar } from './statusbar/widget.ts'
import { widget as text } from './text/widget.ts'
import { widget as url } from './url/widget.ts'
import { widget as kanban_activity } from './kanban_activity/widget.ts'
import { widget as list_activity } from './list_activity/widget.ts'
import { alias, register } from './place.ts'

register(badge)
register(binary, 'binary')
register(boolean, 'boolean')
register(boolean_favorite)
register(boolean_icon)
register(boolean_toggle)
register(char, 'char')
register(code)
register(color)
register(color_picker)
register(copy_clipboard)
register(date, 'date')
register(daterange)
register(datetime, 'datetime')
register(domain)
register(email)
register(float, 'float')
register(float_factor)
register(float_time)
register(float_toggle)
register(gauge)
register(handle)
register(html, 'html')
register(image)
register(image_url)
register(integer, 'integer')
register(json, 'json', 'properties_definition')
register(label_selection)
register(many2many_binary)
register(many2many_checkboxes)
register(many2many_tags)
register(many2many_tags_avatar)
register(many2one, 'many2one')
register(many2one_avatar)
register(many2one_reference, 'many2one_reference')
register(monetary, 'monetary')
register(one2many, 'one2many', 'many2many')
register(pdf_viewer)
register(percentage)
register(percentpie)
register(phone)
register(priority)
register(progressbar)
register(properties, 'properties')
register(radio)
register(reference, 'reference')
register(remaining_days)
register(selection, 'selection')
register(selection_badge)
register(signature)
register(state_selection)
register(statinfo)
register(statusbar)
register(text, 'text')
register(url)

// other names that archs have for them
alias(boolean_toggle, 'toggle_button')
alias(char, 'char_with_placeholder_field', 'dynamic_placeholder')
alias(code, 'ace')
alias(color_picker, 'kanban_color_picker')
alias(copy_clipboard, 'CopyClipboardChar', 'CopyClipboardText', 'CopyClipboardURL')
alias(float_time, 'timesheet_uom')
alias(image, 'contact_image', 'attachment_image')
alias(json, 'jsonb')
alias(many2many_tags, 'lead_tags', 'property_tags')
alias(many2many_tags_avatar, 'many2many_avatar_user')
alias(many2one, 'res_partner_many2one', 'many2one_barcode', 'so_line_field', 'ir_ui_view_reference')
alias(many2one_avatar, 'many2one_avatar_user', 'avatar_card', 'many2one_avatar_employee')
alias(many2one_reference, 'many2one_reference_integer')
alias(one2many, 'many2many', 'x2many', 'one2many_list', 'section_and_note_one2many', 'sol_o2m')
alias(selection, 'filterable_selection')
alias(state_selection, 'project_state_selection')
alias(statinfo, 'stat_info')
alias(statusbar, 'statusbar_duration')
alias(text, 'section_and_note_text', 'sol_text', 'text_emojis')
register(kanban_activity)
register(list_activity)
