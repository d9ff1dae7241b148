import type { FastifyInstance } from 'fastify'
import compress from '@fastify/compress'
import { constants } from 'node:zlib'
import { activityRoutes } from './activity.ts'
import { answerErrorPages } from './error-page.ts'
import { assetFiles } from './files.ts'
import { chatterRoutes } from './chatter.ts'
import { accountPages } from './account.ts'
import { choiceRoutes } from './browser-choices.ts'
import { clientPages } from './client.ts'
import { exportRoutes } from './export/routes.ts'
import { formRoutes } from './form-routes.ts'
import { kanbanRoutes } from './kanban/routes.ts'
import { loginPages } from './login.ts'
import { paletteRoute } from './palette.ts'
import { recordRoutes } from './record-routes.ts'
import { recordActRoutes } from './record-act.ts'
import { listRowRoutes } from './list-row-routes.ts'
import { listRoutes } from './list-routes.ts'
import { pivotDownload } from './pivot-download.ts'
import { reportRoutes } from './report/routes.ts'
import { searchRoutes } from './search-routes.ts'
import { selectionRoutes } from './selection-routes.ts'

/** Everything that a browser gets as HTML, and what that refers to. */
export async function pages(app: FastifyInstance): Promise<void> {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, text, done) => {
    done(null, Object.fromEntries(new URLSearchParams(text as string)))
  })
  app.register(assetFiles)
  app.register(async (documents) => {
    answerErrorPages(documents)
    documents.register(exportRoutes)
    documents.register(pivotDownload)
    documents.register(reportRoutes)
  })
  app.register(async (html) => {
    await html.register(compress, {
      threshold: 1024,
      brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    })
    answerErrorPages(html)
    html.register(loginPages)
    html.register(clientPages)
    html.register(chatterRoutes)
    html.register(formRoutes)
    html.register(recordRoutes)
    html.register(recordActRoutes)
    html.register(activityRoutes)
    html.register(kanbanRoutes)
    html.register(searchRoutes)
    html.register(paletteRoute)
    html.register(choiceRoutes)
    html.register(accountPages)
    html.register(listRoutes)
    html.register(listRowRoutes)
    html.register(selectionRoutes)
  })
}
