import { checkAccess } from '../check-access.ts'
import { recompute } from '../compute/recompute.ts'
import { copyData, copyTranslations } from '../copy.ts'
import { create } from '../create.ts'
import { defaults } from '../defaults.ts'
import { exists } from '../exists.ts'
import { internals } from '../internals.ts'
import { load, loadData } from '../load.ts'
import { nameCreate, nameDomain, nameSearch, setActive } from '../names.ts'
import { operations } from '../operations.ts'
import { count, search } from '../search.ts'
import { unlink } from '../unlink.ts'
import { write } from '../write.ts'

/** Connects what record sets call with the operations, and reading with computing. Runs once, when the core is loaded. */
export function connectOperations(): void {
  Object.assign(internals, { recompute, loadData })
  Object.assign(operations, {
    load,
    search,
    count,
    create,
    write,
    unlink,
    copyData,
    copyTranslations,
    defaults,
    nameSearch,
    nameDomain,
    nameCreate,
    exists,
    checkAccess,
    setActive,
  })
}
