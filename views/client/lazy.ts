import type { Application, ControllerConstructor } from '@hotwired/stimulus'

type Load = () => Promise<ControllerConstructor>

/** Controllers that few pages need: each is fetched when an element first names it. */
const CONTROLLERS: Readonly<Record<string, Load>> = {
  checkboxes: async () => (await import('../widgets/many2many_checkboxes/controller.ts')).CheckboxesController,
  activity: async () => (await import('../types/activity/controller.ts')).ActivityController,
  calendar: async () => (await import('../types/calendar/controller.ts')).CalendarController,
  copy: async () => (await import('../widgets/copy_clipboard/controller.ts')).CopyController,
  domain: async () => (await import('../widgets/domain/controller.ts')).DomainController,
  'domain-editor': async () => (await import('../domain-editor/controller.ts')).DomainEditorController,
  date: async () => (await import('../widgets/date/controller.ts')).DateController,
  export: async () => (await import('../export/controller.ts')).ExportController,
  'export-dialog': async () => (await import('../export/dialog.ts')).ExportDialogController,
  file: async () => (await import('../widgets/binary/controller.ts')).FileController,
  files: async () => (await import('../widgets/many2many_binary/controller.ts')).FilesController,
  graph: async () => (await import('../types/graph/controller.ts')).GraphController,
  html: async () => (await import('../widgets/html/controller.ts')).HtmlController,
  kanban: async () => (await import('../types/kanban/controller.ts')).KanbanController,
  'list-columns': async () => (await import('../types/list/columns/controller.ts')).ListColumnsController,
  'list-editing': async () => (await import('../types/list/editing/controller.ts')).ListEditingController,
  'list-groups': async () => (await import('../types/list/groups/controller.ts')).ListGroupsController,
  'list-order': async () => (await import('../types/list/order/controller.ts')).ListOrderController,
  pick: async () => (await import('./pick.ts')).PickController,
  pivot: async () => (await import('../types/pivot/controller.ts')).PivotController,
  properties: async () => (await import('../widgets/properties/controller.ts')).PropertiesController,
  quick: async () => (await import('./quick.ts')).QuickController,
  reference: async () => (await import('../widgets/reference/controller.ts')).ReferenceController,
  selection: async () => (await import('../types/list/selection/controller.ts')).SelectionController,
  signature: async () => (await import('../widgets/signature/controller.ts')).SignatureController,
  translate: async () => (await import('./translations.ts')).TranslateController,
}

/** Fetches controllers as the page, or what is added to it, names them. */
export function loadControllers(application: Application): void {
  const asked = new Set<string>()
  const need = (element: Element): void => {
    for (const name of element.getAttribute('data-controller')?.split(/\s+/) ?? []) {
      const load = CONTROLLERS[name]
      if (!load || asked.has(name)) continue
      asked.add(name)
      load().then(
        (controller) => application.register(name, controller),
        (error: unknown) => {
          asked.delete(name)
          console.error(`the script of '${name}' did not load`, error)
        },
      )
    }
  }
  const look = (node: Node): void => {
    if (!(node instanceof Element)) return
    need(node)
    for (const inside of node.querySelectorAll('[data-controller]')) need(inside)
  }
  look(document.documentElement)
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) addedNodes.forEach(look)
  }).observe(document.documentElement, { childList: true, subtree: true })
}
