/* Every way to show several records, by the name that actions give it. */
import type { ViewKind } from './kind.ts'
import { activity } from './activity.ts'
import { calendar } from './calendar.ts'
import { graph } from './graph.ts'
import { kanban } from './kanban.ts'
import { list } from './list.ts'
import { pivot } from './pivot.ts'

export const KINDS: ReadonlyMap<string, ViewKind> = new Map(
  [list, kanban, calendar, activity, graph, pivot].map((kind) => [kind.type, kind]),
)
