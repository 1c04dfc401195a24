import { Worker } from 'node:worker_threads'
import { emptyReading, type Readable, type Reading } from '../core/reading.ts'
import type { Overlay } from './overlay.ts'
import { loadReader, readWeights } from './reader.ts'

export interface ReaderPool {
  /** Reads many voices, with a tenant's own additions where it has any; the readings come back in the order of the voices. */
  readAll(voices: Readable[], overlay?: Overlay | null): Promise<Reading[]>
  close(): Promise<void>
}

export interface PoolOptions {
  /** How many worker threads; 0 reads in the caller's thread. */
  threads: number
  packsDir?: string
  weightsFile?: string | null
  /** Heap of a worker; one that needs more ends. */
  heapMb?: number
  /** The program of the workers. */
  program?: URL
}

/** What a worker is started with. The weights are shared, not copied. */
export interface WorkerSettings {
  packsDir?: string
  weights: Uint8Array | null
}

export interface Task {
  id: number
  voices: Readable[]
  /** A few kilobytes, sent with every task: the worker keeps what it made of it. */
  overlay: Overlay | null
}

/** What a worker says: that it has loaded, then the readings of each task. */
export type Answer = 'ready' | { id: number; readings: Reading[] }

const CHUNK = 500
// A worker meets all packs where a shop sells everything: what the packs share is compiled once.
const WORKER_HEAP_MB = 128
// How often a chunk is read before its texts are read alone.
const TRIES = 2

/**
 * Opens worker threads that read in parallel. A worker that dies is replaced by a fresh one: what it was reading is tried once more, then
 * text by text, so that only a text that ends workers by itself stays unread (`unreadFrom` 0). Rejects where workers cannot even load.
 */
export function openReaderPool(options: PoolOptions): ReaderPool {
  const { threads, packsDir, weightsFile, heapMb = WORKER_HEAP_MB } = options
  if (threads <= 0) return inThread(packsDir, weightsFile)
  const bytes = readWeights(weightsFile)
  // Where they cannot be read the packs read alone; a reader of the same settings says why in its warning.
  const settings: WorkerSettings = { packsDir, weights: shared(bytes.ok ? bytes.value : null) }
  const program = options.program ?? new URL('./worker.ts', import.meta.url)
  const start = () => new PoolWorker(program, settings, heapMb)
  return new WorkerPool(Array.from({ length: threads }, start), start)
}

class WorkerPool implements ReaderPool {
  readonly #workers: PoolWorker[]
  readonly #start: () => PoolWorker
  #closed = false

  constructor(workers: PoolWorker[], start: () => PoolWorker) {
    this.#workers = workers
    this.#start = start
  }

  async readAll(voices: Readable[], overlay: Overlay | null = null): Promise<Reading[]> {
    const chunks: Promise<Reading[]>[] = []
    for (let start = 0; start < voices.length; start += CHUNK)
      chunks.push(this.#readChunk(voices.slice(start, start + CHUNK), overlay))
    return (await Promise.all(chunks)).flat()
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#workers.map((worker) => worker.close()))
  }

  async #readChunk(voices: Readable[], overlay: Overlay | null): Promise<Reading[]> {
    for (let tries = 0; tries < TRIES; tries++) {
      const readings = await this.#read(voices, overlay)
      if (readings) return readings
    }
    const alone: Reading[] = []
    for (const voice of voices) {
      const readings = await this.#read([voice], overlay)
      alone.push(readings?.[0] ?? { ...emptyReading(), unreadFrom: 0 })
    }
    return alone
  }

  /** Null where the worker died of it. */
  async #read(voices: Readable[], overlay: Overlay | null): Promise<Reading[] | null> {
    const task = { voices, overlay }
    for (;;) {
      if (this.#closed) throw new Error('The pool of readers is closed.')
      const outcome = await this.#idlest().read(task)
      if (this.#closed && !Array.isArray(outcome)) continue
      // It waited behind what ended the worker.
      if (outcome === 'untouched') continue
      return outcome
    }
  }

  /** The worker with least to do; a dead one is replaced first. */
  #idlest(): PoolWorker {
    for (const [at, worker] of this.#workers.entries()) if (worker.dead) this.#workers[at] = this.#start()
    return this.#workers.reduce((best, worker) => (worker.waiting < best.waiting ? worker : best))
  }
}

function inThread(packsDir: string | undefined, weightsFile: string | null | undefined): ReaderPool {
  const reader = loadReader({ packsDir, weightsFile })
  return {
    readAll: async (voices, overlay) => {
      const own = reader.with(overlay)
      return voices.map((voice) => own.read(voice))
    },
    close: async () => {},
  }
}

function shared(bytes: Uint8Array | null): Uint8Array | null {
  if (!bytes) return null
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length))
  copy.set(bytes)
  return copy
}

/** The readings; null where the worker died while it read this; `untouched` where it died before it came to it. */
type Outcome = Reading[] | null | 'untouched'

class PoolWorker {
  readonly #worker: Worker
  /** In the order in which the worker takes them. */
  readonly #open = new Map<number, { resolve: (outcome: Outcome) => void; reject: (error: Error) => void }>()
  #lastId = 0
  #ready = false
  #error: Error | null = null
  dead = false

  constructor(program: URL, settings: WorkerSettings, heapMb: number) {
    this.#worker = new Worker(program, {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
    })
    this.#worker.on('message', (answer: Answer) => {
      if (answer === 'ready') {
        this.#ready = true
        return
      }
      this.#open.get(answer.id)?.resolve(answer.readings)
      this.#open.delete(answer.id)
      // An idle pool does not keep the process alive.
      if (this.#open.size === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => {
      this.#error = error as Error
    })
    this.#worker.on('exit', (code) => this.#end(new Error(`A reading worker ended with code ${code}.`)))
    this.#worker.unref()
  }

  get waiting(): number {
    return this.#open.size
  }

  read({ voices, overlay }: Omit<Task, 'id'>): Promise<Outcome> {
    const id = ++this.#lastId
    this.#worker.ref()
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject })
      // Only what the reader needs crosses over, not the whole voice.
      const task: Task = { id, voices: voices.map(({ text, category, kind }) => ({ text, category, kind })), overlay }
      this.#worker.postMessage(task)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #end(ended: Error): void {
    this.dead = true
    let first = true
    for (const { resolve, reject } of this.#open.values()) {
      if (!this.#ready) reject(this.#error ?? ended)
      else resolve(first ? null : 'untouched')
      first = false
    }
    this.#open.clear()
  }
}
