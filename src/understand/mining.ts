import { Worker } from 'node:worker_threads'
import { choosePack } from './choose-pack.ts'
import { withoutCopies } from './copies.ts'
import { type Graph, growGraph } from './graph/graph.ts'
import { KnownWords } from './graph/known.ts'
import { minePhrases } from './graph/phrases.ts'
import { type Proposal, propose } from './graph/proposals.ts'
import type { Told } from './graph/told.ts'
import type { Overlay } from './overlay.ts'
import { overlayPacks } from './overlay.ts'
import { DEFAULT_PACKS_DIR, loadPacks } from './packs.ts'
import { loadCommon } from './reader.ts'
import { findTopics, type Topic } from './topics/rising.ts'

/** The graph of a category with the words that are proposed for its pack. */
export interface Grown {
  pack: string
  graph: Graph
  proposals: Proposal[]
}

/** What is mined: the graph of a category, or the topics of one period against another. */
export type Job =
  | { kind: 'graph'; category: string; overlay: Overlay | null; elsewhere: string[] }
  | { kind: 'topics'; category: string; overlay: Overlay | null }
export type Mined<J extends Job> = J extends { kind: 'graph' } ? Grown : Topic[]

/** Voices come in portions; the second part is the period before, for topics. */
export type Portion = { part: 'now' | 'before'; told: Told[] }

/** Does a job in the caller's thread, over voices that are all there. */
export function mine<J extends Job>(job: J, now: Told[], before: Told[], packsDir = DEFAULT_PACKS_DIR): Mined<J> {
  const packs = loadPacks(packsDir)
  const pack = choosePack(job.overlay ? overlayPacks(packs, job.overlay).packs : packs, job.category || undefined)
  const known = new KnownWords(pack, loadCommon(packsDir))
  if (job.kind === 'topics') return findTopics(now, before, known) as Mined<J>
  const told = withoutCopies(now.map((one) => one.text)).map((at) => now[at]!)
  const phrases = minePhrases(told.map((one) => one.text))
  const proposals = propose(told, phrases, known, job.elsewhere)
  return { pack: pack.id, graph: growGraph(told), proposals } as Mined<J>
}

export type MinerTask = { portion: Portion } | { job: Job }
export type MinerAnswer = { mined: unknown } | { failed: string }

const HEAP_MB = 640

/**
 * Does a job in a thread of its own, so that nothing waits for it and its memory goes with it. The portions are asked for one at a
 * time. Throws where it is aborted, the thread dies, such as for lack of memory, or the source fails.
 */
export async function mineApart<J extends Job>(
  job: J,
  source: AsyncIterable<Portion>,
  signal: AbortSignal,
): Promise<Mined<J>> {
  const worker = new Worker(new URL('./mining-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  })
  const answer = new Promise<MinerAnswer>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The mining thread ended with code ${code}.`)))
  })
  // Whoever waits for the portions must not miss that the thread died meanwhile, nor leave its failure unheard.
  answer.catch(() => {})
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop)
  try {
    for await (const portion of source) {
      signal.throwIfAborted()
      worker.postMessage({ portion } satisfies MinerTask)
    }
    worker.postMessage({ job } satisfies MinerTask)
    const done = await answer
    if ('failed' in done) throw new Error(done.failed)
    return done.mined as Mined<J>
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
