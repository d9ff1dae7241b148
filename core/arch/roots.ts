import { parseXml, type XmlElement } from '../tools/xml.ts'
import { VIEW_ROOT, VIEW_WRONG } from './errors.ts'
import { VIEW_TYPES } from './source.ts'

/** The root of an arch. @throws VIEW_WRONG when it is not XML */
function rootOf(arch: string): XmlElement {
  try {
    const root = parseXml(arch, 'arch').documentElement
    if (root) return root
  } catch (error) {
    throw new VIEW_WRONG([error instanceof Error ? error.message : String(error)])
  }
  throw new VIEW_WRONG(['it is empty'])
}

/** The kind of view that an arch is of, by its root. @throws VIEW_WRONG, VIEW_ROOT */
export function typeOfArch(arch: string): string {
  const { nodeName } = rootOf(arch)
  if (nodeName === 't') return 'qweb'
  if (!(VIEW_TYPES as readonly string[]).includes(nodeName)) throw new VIEW_ROOT(nodeName, VIEW_TYPES)
  return nodeName
}

/** Refuses what is not XML. Views of data files are told of with file and line, later. @throws VIEW_WRONG */
export function refuseRoot(arch: string, later: boolean): void {
  if (!later) rootOf(arch)
}
