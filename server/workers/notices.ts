import cluster from 'node:cluster'
import type { Commit, Runtime } from '../../core/runtime.ts'
import { isWorkerMessage, type Notice, type WorkerMessage } from './messages.ts'

/** Of so many records of a model a call may tell, the newest ones. */
const MOST_IDS = 5000

/** Has `heard` told of records that any worker of the server changed. What it gives ends that. */
export function hearNotices(runtime: Runtime, heard: (notice: Notice) => void): () => void {
  const stop = runtime.onCommit((commit) => {
    const notice = noticeOf(commit)
    heard(notice)
    if (cluster.isWorker && process.connected) process.send?.({ kind: 'changed', notice } satisfies WorkerMessage)
  })
  const received = (message: unknown): void => {
    if (isWorkerMessage(message) && message.kind === 'changed') heard(message.notice)
  }
  if (cluster.isWorker) process.on('message', received)
  return () => {
    stop()
    process.off('message', received)
  }
}

function noticeOf({ uid, touched }: Commit): Notice {
  return {
    uid,
    records: Object.fromEntries(Array.from(touched, ([model, ids]) => [model, [...ids].slice(-MOST_IDS)])),
  }
}
