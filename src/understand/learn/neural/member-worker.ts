import { parentPort, workerData } from 'node:worker_threads'
import { Alphabet } from './alphabet.ts'
import { trainClasses } from './class-learning.ts'
import type { Job, Message, Sent } from './members.ts'
import { trainRelations } from './relation-learning.ts'

/** Trains one member of an ensemble and sends it back. */
const sent = workerData as Sent
const post = (message: Message) => parentPort!.postMessage(message)
const say = (line: string) => post({ say: line })
const job = {
  ...sent.job,
  foundation: { ...sent.job.foundation, alphabet: new Alphabet(sent.units, sent.pairs) },
} as Job
post({ done: job.kind === 'relations' ? trainRelations(job, say) : trainClasses(job, say) })
