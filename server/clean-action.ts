interface Action {
  readonly type?: unknown
  readonly views?: unknown
  readonly view_mode?: unknown
  readonly view_id?: unknown
}

/**
 * What a method answered, as an action that a client can carry out; `false` when it is none. An action that opens a
 * window says which views it has: those of its modes.
 */
export function cleanAction(answer: unknown): object | false {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return false
  const action: Action = answer
  if (!action.type) return false
  if (action.type !== 'ir.actions.act_window' || action.views) return action
  const modes = String(action.view_mode || 'list,form')
    .split(',')
    .map((mode) => mode.trim())
  const given = Array.isArray(action.view_id)
    ? Number(action.view_id[0])
    : typeof action.view_id === 'number'
      ? action.view_id
      : false
  return { ...action, views: modes.map((mode, at) => [at === 0 ? given || false : false, mode]) }
}
