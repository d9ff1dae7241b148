import '@hotwired/turbo'
import './nonce.ts'
import { Application } from '@hotwired/stimulus'
import { ChatterController } from '../chatter/controller.ts'
import { FieldController } from './field.ts'
import { FormController } from './form.ts'
import { loadControllers } from './lazy.ts'
import { HotkeysController } from './hotkeys.ts'
import { GearController } from '../frame/gear.ts'
import { ListController } from '../types/list/controller.ts'
import { Many2oneController } from '../widgets/many2one/controller.ts'
import { MenuController } from './menu.ts'
import { One2manyController } from '../widgets/one2many/controller.ts'
import { NotebookController } from './notebook.ts'
import { PaletteController } from './palette.ts'
import { watchChanges } from './live.ts'
import { watchConnection } from './connection.ts'
import { SearchController } from '../types/search/controller.ts'
import { TagsController } from '../widgets/many2many_tags/controller.ts'

const application = Application.start()
application.register('chatter', ChatterController)
application.register('field', FieldController)
application.register('form', FormController)
application.register('hotkeys', HotkeysController)
application.register('gear', GearController)
application.register('list', ListController)
application.register('many2one', Many2oneController)
application.register('menu', MenuController)
application.register('notebook', NotebookController)
application.register('one2many', One2manyController)
application.register('palette', PaletteController)
application.register('search', SearchController)
application.register('tags', TagsController)
loadControllers(application)

watchConnection()
watchChanges()
