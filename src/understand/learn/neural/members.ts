import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { ClassJob, trainClasses } from './class-learning.ts'
import type { RelationJob, trainRelations } from './relation-learning.ts'

export type Job = RelationJob | ClassJob
type Trained<J extends Job> = J extends RelationJob
  ? ReturnType<typeof trainRelations>
  : ReturnType<typeof trainClasses>

/** A job as a worker gets it: an alphabet goes as its arrays. */
export interface Sent {
  job: Job
  units: Uint16Array
  pairs: Uint32Array
}

export type Message = { say: string } | { done: ReturnType<typeof trainRelations> | ReturnType<typeof trainClasses> }

/** Trains the members of an ensemble, each in a thread of its own, as many at once as there are cores. What they become depends on the jobs alone. */
export async function trainMembers<J extends Job>(jobs: J[], say: (line: string) => void): Promise<Trained<J>[]> {
  const results: Trained<J>[] = []
  let next = 0
  const lane = async () => {
    while (next < jobs.length) {
      const i = next++
      results[i] = await inThread(jobs[i]!, say)
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs.length, availableParallelism()) }, lane))
  return results
}

function inThread<J extends Job>(job: J, say: (line: string) => void): Promise<Trained<J>> {
  const { alphabet, ...rest } = job.foundation
  const sent: Sent = {
    job: { ...job, foundation: { alphabet: null as never, ...rest } },
    units: alphabet.units,
    pairs: alphabet.pairs,
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('member-worker.ts', import.meta.url), { workerData: sent })
    worker.on('message', (message: Message) => {
      if ('say' in message) say(message.say)
      else resolve(message.done as Trained<J>)
    })
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('a thread of the training ended before it was done')))
  })
}
