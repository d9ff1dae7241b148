/* Every way to show several records, by the name that actions give it. */
import type { ViewKind } from './kind.ts'
import { graph } from './graph.ts'
import { kanban } from './kanban.ts'
import { list } from './list.ts'

export const KINDS: ReadonlyMap<string, ViewKind> = new Map([list, kanban, graph].map((kind) => [kind.type, kind]))
