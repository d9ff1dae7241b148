import type { Translate, ViewNode } from '../page.ts'

/** The dialog as its template draws it, with what its script says. */
export function exportDialog(translate: Translate): ViewNode {
  return {
    template: 'export/dialog',
    words: {
      add: translate('Add %s', '%s'),
      remove: translate('Remove %s', '%s'),
      up: translate('Move %s up', '%s'),
      down: translate('Move %s down', '%s'),
      done: translate('%s of %s records', '%s', '%s'),
      dropped: translate('Columns that cannot be imported were left out.'),
      forget: translate('Delete these kept columns?'),
      none: translate('Choose at least one column.'),
    },
  }
}
