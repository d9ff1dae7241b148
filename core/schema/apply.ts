import type { Connection } from '../sql/connection.ts'
import type { Database } from '../sql/database.ts'
import { raw } from '../sql/fragment.ts'
import type { DiffOptions } from './diff.ts'
import { SCHEMA_NOT_NULL, SCHEMA_ROWS_VIOLATE, SCHEMA_STEP_EXCLUSIVE, SCHEMA_STEP_FAILED } from './errors.ts'
import { introspect } from './introspect.ts'
import { planSchema } from './plan.ts'
import { postgresExclusively } from './postgres/exclusive.ts'
import { type Session, sessionInside } from './session.ts'
import { sqliteExclusively } from './sqlite/exclusive.ts'
import type { DialectName, Plan, Schema, Step } from './types.ts'

const EXCLUSIVELY: Readonly<
  Record<DialectName, <T>(db: Database, work: (session: Session) => Promise<T>) => Promise<T>>
> = { sqlite: sqliteExclusively, postgres: postgresExclusively }

/**
 * Takes all steps of a plan in one transaction, or none. It is a transaction of its own, which must not be asked for
 * inside another; or that of the `connection` given, where SQLite can only add things (tables, optional columns,
 * indexes) and not change them.
 * @throws SCHEMA_NOT_NULL, SCHEMA_ROWS_VIOLATE, SCHEMA_STEP_FAILED, SCHEMA_STEP_EXCLUSIVE
 */
export async function applyPlan(db: Database, plan: Plan, connection?: Connection): Promise<void> {
  if (plan.steps.length === 0) return
  if (connection) await takeSteps(db, sessionInside(db, connection), plan)
  else await EXCLUSIVELY[db.dialect.name](db, (session) => takeSteps(db, session, plan))
}

/** Runs the work in a transaction of its own in which every step of a plan can be taken. Never inside another one. */
export function exclusively<T>(db: Database, work: (session: Session) => Promise<T>): Promise<T> {
  return EXCLUSIVELY[db.dialect.name](db, work)
}

/**
 * Brings a database to the wanted schema and gives the plan that was applied. Several processes may do so at the same
 * time: the plan is made again once no other changes the schema.
 * @throws SCHEMA_TYPE_CHANGE, SCHEMA_NOT_NULL, SCHEMA_ROWS_VIOLATE, SCHEMA_STEP_FAILED
 */
export async function updateSchema(db: Database, desired: Schema, options: DiffOptions = {}): Promise<Plan> {
  const plan = planSchema(desired, await introspect(db), options)
  if (plan.steps.length === 0) return plan
  return EXCLUSIVELY[db.dialect.name](db, async (session) => {
    const current = planSchema(desired, await introspect(db, session.connection), options)
    await takeSteps(db, session, current)
    return current
  })
}

/**
 * Takes the steps of a plan in a session that somebody else began.
 * @throws SCHEMA_STEP_EXCLUSIVE, SCHEMA_NOT_NULL, SCHEMA_ROWS_VIOLATE, SCHEMA_STEP_FAILED
 */
export async function takeSteps(db: Database, session: Session, plan: Plan): Promise<void> {
  const exclusive = plan.steps.find(({ verify }) => verify.length > 0)
  if (exclusive && !session.rebuilds) throw new SCHEMA_STEP_EXCLUSIVE(exclusive.describes)

  for (const step of plan.steps) {
    await checkRequired(session, step)
    try {
      await session.execute(step.sql)
    } catch (error) {
      throw explained(db, step, error)
    }
  }
  for (const step of plan.steps) for (const table of step.verify) await verifyReferences(session, step, table)
}

async function checkRequired({ connection }: Session, step: Step): Promise<void> {
  for (const { table, column, sql } of step.checks) {
    const [counted] = await connection.rows<{ rows: number }>(raw(sql))
    const rows = counted?.rows ?? 0
    if (rows > 0) throw new SCHEMA_NOT_NULL(table, column, rows).with({ table, column, rows })
  }
}

async function verifyReferences(session: Session, step: Step, table: string): Promise<void> {
  const rows = await session.dangling(table)
  if (rows === 0) return
  throw new SCHEMA_ROWS_VIOLATE(step.describes, `${rows} rows of ${table} refer to rows that do not exist`).with({
    table,
    rows,
  })
}

/** A driver's error with the step that met it; a conflict stays what it is, so that the caller can try again. */
function explained(db: Database, step: Step, error: unknown): unknown {
  const { kind, constraint } = db.violation(error)
  if (kind === 'conflict') return error
  const reason = error instanceof Error ? error.message : String(error)
  const byRows = kind === 'unique' || kind === 'foreign' || kind === 'check' || kind === 'required'
  const explained = byRows
    ? new SCHEMA_ROWS_VIOLATE(step.describes, reason)
    : new SCHEMA_STEP_FAILED(step.describes, reason)
  explained.cause = error
  return explained.with({ step: step.describes, ...(constraint ? { constraint } : {}) })
}
