/* Records of a one2many or many2many while a form is edited: pure, the same on the server and in the browser. */

/** A line: a saved one has a number, a new one a name of the form's own, `virtual_3`. */
export type LineId = number | string

export interface Line {
  readonly id: LineId
  readonly [field: string]: unknown
}

/** A command as the wire has it, `[1, 7, { quantity: 2 }]`. */
export type WireCommand = readonly [code: number, id: LineId | false, values?: unknown]

export interface Applied {
  readonly lines: readonly Line[]
  /** Lines that are new or have other values. */
  readonly touched: ReadonlySet<LineId>
}

/** The lines after commands, in order. */
export function applyCommands(lines: readonly Line[], commands: readonly WireCommand[]): Applied {
  let current = [...lines]
  const touched = new Set<LineId>()
  const put = (id: LineId, values: object): void => {
    touched.add(id)
    const at = current.findIndex((line) => line.id === id)
    if (at < 0) current.push({ ...values, id })
    else current[at] = { ...current[at], ...values, id }
  }
  for (const [code, id, values] of commands) {
    if (code === 0 || code === 1 || code === 4) put(id as LineId, (values as object | undefined) || {})
    else if (code === 2 || code === 3) current = current.filter((line) => line.id !== id)
    else if (code === 5) current = []
    else if (code === 6) {
      const wanted = values as readonly LineId[]
      const known = new Map(current.map((line) => [line.id, line]))
      current = wanted.map((one) => known.get(one) ?? { id: one })
    }
  }
  return { lines: current, touched }
}

/** Whether a value of a draft is a list of commands, and not of records. */
export function isCommands(value: unknown): value is readonly WireCommand[] {
  return Array.isArray(value) && value.every((one) => Array.isArray(one) && typeof one[0] === 'number')
}
