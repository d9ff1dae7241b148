/** Widgets that archs may name: those of the web client, under the names that Odoo's archs use. */
export const WIDGETS: ReadonlySet<string> = new Set([
  'CopyClipboardChar', 'CopyClipboardText', 'CopyClipboardURL', 'ace', 'activity_exception', 'analytic_distribution', 'attachment_image', 'avatar_card', 'badge',
  'binary', 'boolean', 'boolean_favorite', 'boolean_icon', 'boolean_toggle', 'char', 'char_with_placeholder_field', 'code', 'color', 'color_picker',
  'contact_image', 'contact_statistics', 'date', 'daterange', 'datetime', 'domain', 'dynamic_placeholder', 'email', 'field_selector', 'filterable_selection',
  'float', 'float_factor', 'float_time', 'float_toggle', 'gauge', 'handle', 'html', 'iframe_wrapper', 'image', 'image_url', 'integer', 'ir_ui_view_reference',
  'json', 'jsonb', 'kanban_activity', 'kanban_color_picker', 'label_selection', 'lead_tags', 'list_activity', 'mail_thread', 'many2many', 'many2many_avatar_user',
  'many2many_binary', 'many2many_checkboxes', 'many2many_tags', 'many2many_tags_avatar', 'many2one', 'many2one_avatar', 'many2one_avatar_user',
  'many2one_barcode', 'many2one_reference', 'many2one_reference_integer', 'monetary', 'one2many', 'one2many_list', 'pdf_viewer', 'percentage', 'percentpie',
  'phone', 'priority', 'product_label_section_and_note_field', 'progressbar', 'project_state_selection', 'properties', 'property_tags', 'radio', 'reference',
  'remaining_days', 'res_partner_many2one', 'section_and_note_one2many', 'section_and_note_text', 'selection', 'selection_badge', 'signature', 'sol_o2m', 'sol_text',
  'so_line_field', 'stat_info', 'state_selection', 'statinfo', 'statusbar', 'statusbar_duration', 'tax-totals', 'account-tax-totals-field', 'text', 'text_emojis', 'timesheet_uom',
  'toggle_button', 'tz_mismatch', 'url', 'web_ribbon', 'x2many',
])
