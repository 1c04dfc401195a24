import { parentPort } from 'node:worker_threads'
import type { Told } from './graph/told.ts'
import { type MinerAnswer, type MinerTask, mine } from './mining.ts'

const voices: Record<'now' | 'before', Told[]> = { now: [], before: [] }

parentPort!.on('message', (task: MinerTask) => {
  if ('portion' in task) {
    for (const one of task.portion.told) voices[task.portion.part].push(one)
    return
  }
  let answer: MinerAnswer
  try {
    answer = { mined: mine(task.job, voices.now, voices.before) }
  } catch (error) {
    answer = { failed: (error as Error).stack ?? String(error) }
  }
  parentPort!.postMessage(answer)
})
