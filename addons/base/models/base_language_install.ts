import { field, model, type RecordsOf } from '#core'

export class BaseLanguageInstallFields {
  lang_ids = field.many2many('res.lang', {
    string: 'Languages',
    relation: 'res_lang_install_rel',
    column1: 'language_wizard_id',
    column2: 'lang_id',
    domain: "[('active', '=', False)]",
    context: { active_test: false },
  })
  overwrite = field.boolean({
    string: 'Overwrite Existing Terms',
    default: true,
    help: 'Whether translations that people changed are replaced by those that addons bring.',
  })
}

export const BaseLanguageInstall = model(
  'base.language.install',
  BaseLanguageInstallFields,
  {
    description: 'Install Language',
    transient: true,
  },
  (Base) =>
    class extends Base {
      /** Takes the chosen languages into use and closes the dialog. */
      async lang_install(): Promise<{ readonly type: 'ir.actions.act_window_close' }> {
        for (const wizard of await this.withContext({ active_test: false }).load(['lang_ids', 'overwrite'])) {
          const languages = this.env['res.lang'].browse(wizard.lang_ids.ids)
          await languages.write({ active: true })
          if (wizard.overwrite) await languages._load_terms(true)
        }
        return { type: 'ir.actions.act_window_close' }
      }
    },
)

BaseLanguageInstall.callable('lang_install').constrain(['lang_ids'], ({ lang_ids }) =>
  lang_ids.length === 0 ? 'Choose at least one language.' : undefined,
)

export interface BaseLanguageInstall extends RecordsOf<typeof BaseLanguageInstall> {}
declare module '#core' {
  interface Models {
    'base.language.install': { fields: BaseLanguageInstallFields; records: BaseLanguageInstall }
  }
}
