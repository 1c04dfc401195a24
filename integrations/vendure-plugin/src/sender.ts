import { createHash } from 'node:crypto'
import type { Told } from './map.ts'

export interface SenderOptions {
  /** Where Daystar listens, such as `https://cem.example.com`. */
  url: string
  /** An API key of Daystar with the right to send (`dsk_…`). */
  apiKey: string
  /** Records of one request, at most 1,000. */
  batchSize?: number
  /** Records that wait, at most; beyond that the oldest are given up, and said so. */
  mostWaiting?: number
  /** How often one batch is tried. */
  tries?: number
  warn?(message: string): void
  /** For tests. */
  fetch?: typeof fetch
  sleep?(ms: number): Promise<void>
}

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000
const ANSWER_WITHIN_MS = 30_000

/**
 * Sends records in batches, one after another, in the order in which they were told. A batch's Idempotency-Key is made of its content, so a
 * repeat after a lost answer stores nothing twice. It is repeated after failures of the network, 429 and 5xx, with pauses that double
 * (or as Retry-After says); what is refused is not repeated.
 */
export class Sender {
  readonly #options: Required<Omit<SenderOptions, 'url' | 'apiKey'>> & SenderOptions
  #waiting: Told[] = []
  #running: Promise<void> | undefined

  constructor(options: SenderOptions) {
    this.#options = {
      batchSize: 100,
      mostWaiting: 10_000,
      tries: 8,
      warn: console.warn,
      fetch: globalThis.fetch,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      ...options,
    }
  }

  /** Takes records; returns at once. Nothing that happens here ever disturbs the shop. */
  tell(told: readonly Told[]): void {
    this.#waiting.push(...told)
    const over = this.#waiting.length - this.#options.mostWaiting
    if (over > 0) {
      this.#waiting.splice(0, over)
      this.#options.warn(`Daystar: ${over} records given up, because more than ${this.#options.mostWaiting} wait.`)
    }
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    // What is told in the same turn travels together.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const { kind } = this.#waiting[0]!
      const end = this.#waiting.findIndex((one, place) => one.kind !== kind || place >= this.#options.batchSize)
      const batch = this.#waiting.splice(0, end < 0 ? this.#waiting.length : end)
      await this.#deliver(kind, batch)
    }
  }

  async #deliver(kind: Told['kind'], batch: readonly Told[]): Promise<void> {
    const body = JSON.stringify(batch.map(({ record }) => record))
    const { tries, sleep, warn } = this.#options
    for (let tried = 1; tried <= tries; tried++) {
      const answer = await this.#post(kind, body)
      if (answer === 'done') return
      if (answer.final) return warn(`Daystar refused ${batch.length} ${kind}: ${answer.reason}`)
      if (tried === tries)
        return warn(`Daystar: ${batch.length} ${kind} given up after ${tries} tries: ${answer.reason}`)
      await sleep(answer.pauseMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tried - 1)))
    }
  }

  async #post(kind: string, body: string): Promise<'done' | { final: boolean; reason: string; pauseMs?: number }> {
    const { url, apiKey } = this.#options
    try {
      const answer = await this.#options.fetch(`${url.replace(/\/+$/, '')}/api/v1/${kind}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${apiKey}`,
          'idempotency-key': createHash('sha256').update(`${kind}\n${body}`).digest('base64url'),
          'daystar-source': 'vendure',
        },
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      })
      if (answer.ok) return 'done'
      const seconds = Number(answer.headers.get('retry-after') ?? '')
      const pauseMs = seconds > 0 ? Math.min(seconds * 1_000, LONGEST_PAUSE_MS) : undefined
      const again = answer.status === 429 || answer.status >= 500
      return { final: !again, reason: `status ${answer.status}`, ...(pauseMs !== undefined && { pauseMs }) }
    } catch (error) {
      return { final: false, reason: (error as Error).message }
    }
  }
}
