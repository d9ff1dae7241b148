import { combine, type CombinedArch } from '#core/arch/combine.ts'
import { index } from '#core/arch/store.ts'
import { describeMistake, type ViewSource } from '#core/arch/source.ts'
import { serializeXml } from '#core/tools/xml.ts'

/** A view that no database knows; extensions name the id that they inherit. */
export function source(id: number, arch: string, more: Partial<ViewSource> = {}): ViewSource {
  const inheritId = more.inheritId ?? null
  return {
    id,
    name: `view ${id}`,
    model: 'res.partner',
    type: 'form',
    mode: inheritId === null ? 'primary' : 'extension',
    inheritId,
    priority: 16,
    arch,
    xmlid: `test.view_${id}`,
    file: null,
    line: 1,
    ...more,
  }
}

/** The first of the views with what the others change in it. */
export function combined(...views: readonly ViewSource[]): CombinedArch {
  const all = index(views)
  return combine(views[0] as ViewSource, all.children, (id) => all.byId.get(id))
}

export const textOf = (arch: CombinedArch): string => serializeXml(arch.root)

/** The mistakes of extensions that were left out, as people read them. */
export const failures = (arch: CombinedArch): string[] =>
  arch.failed.flatMap(({ mistakes }) => mistakes.map(describeMistake))
