import { Worker } from 'node:worker_threads'
import type { Readable, Reading } from '../core/reading.ts'
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

export interface Done {
  id: number
  readings: Reading[]
}

const CHUNK = 500
// All 33 packs compiled take 88 MB of heap (and 37 MB beside it): a worker meets them all where a shop sells everything.
const WORKER_HEAP_MB = 128

/** Opens worker threads that read in parallel. A worker that dies fails what it was reading; the pool must then be closed. */
export function openReaderPool(options: PoolOptions): ReaderPool {
  const { threads, packsDir, weightsFile, heapMb = WORKER_HEAP_MB } = options
  if (threads <= 0) return inThread(packsDir, weightsFile)
  const bytes = readWeights(weightsFile)
  // Where they cannot be read the packs read alone; a reader of the same settings says why in its warning.
  const settings: WorkerSettings = { packsDir, weights: shared(bytes.ok ? bytes.value : null) }
  const workers = Array.from({ length: threads }, () => new PoolWorker(settings, heapMb))
  return {
    async readAll(voices, overlay = null) {
      const chunks: Promise<Reading[]>[] = []
      for (let start = 0; start < voices.length; start += CHUNK) {
        const idlest = workers.reduce((best, worker) => (worker.waiting < best.waiting ? worker : best))
        chunks.push(idlest.read(voices.slice(start, start + CHUNK), overlay))
      }
      return (await Promise.all(chunks)).flat()
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.close()))
    },
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

class PoolWorker {
  readonly #worker: Worker
  readonly #open = new Map<number, { resolve: (readings: Reading[]) => void; reject: (error: Error) => void }>()
  #lastId = 0
  #dead: Error | null = null

  constructor(settings: WorkerSettings, heapMb: number) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 8 },
    })
    this.#worker.on('message', ({ id, readings }: Done) => {
      this.#open.get(id)?.resolve(readings)
      this.#open.delete(id)
      // An idle pool does not keep the process alive.
      if (this.#open.size === 0) this.#worker.unref()
    })
    this.#worker.on('error', (error) => this.#fail(error as Error))
    this.#worker.on('exit', (code) => this.#fail(new Error(`A reading worker ended with code ${code}.`)))
    this.#worker.unref()
  }

  get waiting(): number {
    return this.#open.size
  }

  read(voices: Readable[], overlay: Overlay | null): Promise<Reading[]> {
    if (this.#dead) return Promise.reject(this.#dead)
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

  #fail(error: Error): void {
    this.#dead ??= error
    for (const { reject } of this.#open.values()) reject(error)
    this.#open.clear()
  }
}
