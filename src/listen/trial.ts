import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { emptyReading, type Readable, type Reading } from '../core/reading.ts'
import { ProblemError } from '../core/result.ts'
import { tenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { openStores, type Stores } from '../store/open.ts'
import { type Accepted, accept, type Incoming } from './accept.ts'
import { type ReaderOptions, startReader } from './reader.ts'

/** Stores of their own for a test file, with the few things that its tests say often. */
export async function openTrial() {
  const dataDir = await makeDataDir('daystar-listen-')
  const opened = await openStores({ dataDir })
  if (!opened.ok) throw new ProblemError(opened.problem)
  const stores = opened.value
  let tenants = 0
  return {
    stores,
    /** A tenant that no other test has. */
    tenant: () => tenantId.parse(`t${++tenants}`),
    send: (incoming: Omit<Incoming, 'zone'> & { zone?: string }) => send(stores, incoming),
    read: (options?: Partial<ReaderOptions>) => readAllThereIs(stores, options),
    count: async (table: 'voices' | 'mentions' | 'events' | 'orders', tenant: string) => {
      const question = sql`SELECT count() AS n FROM (SELECT tenant FROM ${{ voices: sql`voices`, mentions: sql`mentions`, events: sql`events`, orders: sql`orders` }[table]}) WHERE tenant = ${tenant}`
      return (await stores.analytics.query<{ n: number }>(question))[0]!.n
    },
    async close() {
      await stores.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A new data folder that PostgreSQL's account may enter where root runs the test: then all of it lies in the folder and goes with it. */
export async function makeDataDir(prefix: string): Promise<string> {
  const dataDir = await mkdtemp(path.join(tmpdir(), prefix))
  await chmod(dataDir, 0o755)
  return dataDir
}

async function send(stores: Stores, incoming: Omit<Incoming, 'zone'> & { zone?: string }): Promise<Accepted> {
  const answer = await accept(stores, { zone: 'Asia/Shanghai', ...incoming })
  if (!answer.ok) throw new ProblemError(answer.problem)
  return answer.value
}

async function readAllThereIs(stores: Stores, options: Partial<ReaderOptions> = {}): Promise<string[]> {
  const lines: string[] = []
  const reader = startReader({
    stores,
    readAll: echo,
    onChanged: () => {},
    log: (line) => lines.push(line),
    retryMs: 1,
    ...options,
  })
  await reader.idle()
  await reader.stop()
  return lines
}

/** A language engine that finds one aspect, in the whole text. */
export async function echo(voices: Readable[]): Promise<Reading[]> {
  return voices.map(({ text }) => ({
    ...emptyReading('zh'),
    read: true,
    sentiment: 'negative',
    score: -1,
    emotion: 'angry',
    emotionStrength: 0.5,
    intents: ['complain'],
    scenes: ['sleep'],
    mentions: [
      {
        aspect: 'noise',
        term: null,
        termAt: null,
        opinion: null,
        opinionAt: null,
        polarity: 'negative',
        scene: 'sleep',
        sceneAt: null,
        condition: null,
        cause: null,
        start: 0,
        end: text.length,
        confidence: 1,
      },
    ],
  }))
}
