import type { ViewNode } from '../../views/page.ts'
import type { ListArch } from '../../views/types/list/arch.ts'
import { exportRequest } from './gear.ts'
import type { ListRights } from './kinds/list.ts'
import type { ViewRequest } from './kinds/kind.ts'
import { mayExport } from './export/rights.ts'

/** An entry of the menu of actions on selected records. */
interface Entry {
  readonly label: string
  /** What is sent to the server: a word of its own, or the id of an action. */
  readonly act: string | number
  /** Asked before. */
  readonly confirm?: string
}

/** What can be done with the records that are selected. */
export function selectionBar(request: ViewRequest, arch: ListArch, rights: ListRights): ViewNode {
  const { toolbar, page, calls, model } = request
  const { translate } = page
  const { activeField } = calls.env.registry.get(model)
  const archiving: Entry[] =
    activeField && rights.write
      ? [
          {
            label: translate('Archive'),
            act: 'archive',
            confirm: translate('Archive the selected records?'),
          },
          { label: translate('Unarchive'), act: 'unarchive' },
        ]
      : []
  const actions: Entry[] = [
    ...archiving,
    ...(arch.duplicate && rights.create ? [{ label: translate('Duplicate'), act: 'duplicate' }] : []),
    ...(rights.unlink
      ? [
          {
            label: translate('Delete'),
            act: 'delete',
            confirm: translate('Delete the selected records? This cannot be undone.'),
          },
        ]
      : []),
    ...(toolbar.action ?? []).map(({ id, name }) => ({ label: name, act: id })),
  ]
  return {
    template: 'types/list/selection/template',
    buttons: arch.headerButtons.map((button) => ({
      ...button,
      className: /\bbtn-/.test(button.className) ? button.className : `btn-outline-secondary ${button.className}`,
    })),
    actions,
    hasActions: actions.length > 0 || mayExport(calls),
    prints: (toolbar.print ?? []).map(({ id, name }) => ({ label: name, act: id })),
    export: mayExport(calls) ? exportRequest(request) : null,
    words: {
      selected: translate('%s selected', '%s'),
      all: translate('Select all %s', '%s'),
      everything: translate('All %s selected', '%s'),
    },
  }
}
