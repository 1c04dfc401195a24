import { parentPort, workerData } from 'node:worker_threads'
import type { Answer, Task, WorkerSettings } from './pool.ts'
import { loadReader } from './reader.ts'

const { packsDir, weights } = workerData as WorkerSettings
const reader = weights ? loadReader({ packsDir, weights }) : loadReader({ packsDir, weightsFile: null })

parentPort!.on('message', ({ id, voices, overlay }: Task) => {
  const own = reader.with(overlay)
  const done: Answer = { id, readings: voices.map((voice) => own.read(voice)) }
  parentPort!.postMessage(done)
})

const ready: Answer = 'ready'
parentPort!.postMessage(ready)
