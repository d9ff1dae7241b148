/** What the method of a job may answer: with `more`, it has done a part and is called again soon, in a call of its own. */
export interface JobAnswer {
  readonly more: boolean
}

/** Whether a method's answer says that there is more to do. */
export function saysMore(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'more' in answer && answer.more === true
}
