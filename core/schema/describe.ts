import type { Plan, Step } from './types.ts'

export interface DescribeOptions {
  /** Whether the statements are shown under each step. */
  readonly sql?: boolean
}

/** A plan for people, one step a line; steps that lose data are marked. */
export function describePlan(plan: Plan, options: DescribeOptions = {}): string {
  const lines = plan.steps.flatMap((step) => [
    `${step.destructive ? '! ' : '  '}${step.describes}`,
    ...(options.sql ? statements(step) : []),
  ])
  if (plan.steps.length === 0) lines.push('  nothing to do')
  if (plan.leftAlone.length > 0) lines.push('Not declared, left alone:', ...plan.leftAlone.map((name) => `  ${name}`))
  return `${lines.join('\n')}\n`
}

function statements(step: Step): string[] {
  return step.sql.flatMap((statement) => `${statement};`.split('\n').map((line) => `      ${line}`))
}
