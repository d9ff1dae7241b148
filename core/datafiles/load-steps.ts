import { recordError } from './errors.ts'
import { loadDelete } from './load-delete.ts'
import { loadFunction } from './load-function.ts'
import { RecordLoader } from './load-record.ts'
import { completeId, type Loading } from './loading.ts'
import { idsOfStep } from './named-ids.ts'
import { RecordBatch } from './record-batch.ts'
import type { Step } from './steps.ts'

/**
 * Carries out the steps of one data file, in order. After an error the transaction is to be undone: some of the steps
 * may have been carried out.
 * @throws DATA_… naming file, line, record and field
 */
export async function loadSteps(loading: Loading, steps: readonly Step[], file: string): Promise<void> {
  await askIds(loading, steps)
  const batch = new RecordBatch(loading)
  const records = new RecordLoader(loading, batch, file)
  for (const step of steps) {
    const place = { file, line: step.line, record: (step.kind === 'function' ? null : step.id) ?? step.model }
    try {
      if (step.kind === 'record') await records.load(step)
      else {
        await batch.flush()
        await (step.kind === 'delete' ? loadDelete(loading, step, place) : loadFunction(loading, step, place))
      }
    } catch (error) {
      throw recordError(error, place)
    }
  }
  await batch.flush()
}

/** Looks up all external ids that the file names in one query. */
async function askIds(loading: Loading, steps: readonly Step[]): Promise<void> {
  const own = [...steps].flatMap(ownIds).map((id) => completeId(loading, id))
  const named = steps.flatMap((step) => [...idsOfStep(step)]).map((id) => completeId(loading, id))
  await loading.xmlIds.ask([...own, ...named])
  await loading.xmlIds.askGone(own)
}

function ownIds(step: Step): string[] {
  if (step.kind !== 'record') return []
  const lines = step.fields.flatMap(({ content }) => (content.form === 'records' ? content.records : []))
  return [...(step.id === null ? [] : [step.id]), ...lines.flatMap(ownIds)]
}
