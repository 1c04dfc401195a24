import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Readable, Reading } from '../core/reading.ts'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import { askReread, listRereads, rereadPortion } from './reread.ts'
import { echo, openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.close())

/** Finds the aspect `buzz` once for every 嗡 of a text, at its place. */
async function buzz(voices: Readable[]): Promise<Reading[]> {
  return Promise.all(
    voices.map(async (voice) => {
      const [reading] = await echo([voice])
      const places = [...voice.text].flatMap((sign, at) => (sign === '嗡' ? [at] : []))
      const mentions = places.map((start) => ({ ...reading!.mentions[0]!, aspect: 'buzz', start, end: start + 1 }))
      return { ...reading!, sentiment: 'mixed' as const, mentions }
    }),
  )
}

const voices = (texts: string[]) =>
  texts.map((text, i) => ({
    id: `v${i}`,
    text,
    at: '2026-03-02T10:00:00Z',
    kind: 'review',
    category: '取暖器',
    rating: 1,
  }))

async function stored(texts: string[]): Promise<TenantId> {
  const tenant = trial.tenant()
  await trial.send({ tenant, kind: 'voices', source: 'test', records: voices(texts) })
  await trial.read()
  return tenant
}

async function mentionsOf(tenant: TenantId): Promise<string[]> {
  const rows = await trial.stores.analytics.query<{ said: string }>(
    sql`SELECT concat(voice_id, ' ', aspect, ' ', toString(ordinal), ' ', quote, ' ', toString(rating01)) AS said
      FROM mentions WHERE tenant = ${tenant} ORDER BY said`,
  )
  return rows.map((row) => row.said)
}

async function rereadAll(stores: Stores = trial.stores, readAll = buzz): Promise<void> {
  while (await rereadPortion({ stores, readAll })) {
    // Portion by portion.
  }
}

describe('reading again', () => {
  test('replaces what was read in the voices with the word, and nothing else', async () => {
    const tenant = await stored(['夜里嗡嗡响', '很暖和', '嗡'])
    await askReread(trial.stores.db, tenant, '嗡')
    await rereadAll()
    expect(await mentionsOf(tenant)).toEqual([
      'v0 buzz 0 嗡 0',
      'v0 buzz 1 嗡 0',
      'v1 noise 0 很暖和 0',
      'v2 buzz 0 嗡 0',
    ])
    expect(await trial.count('voices', tenant)).toBe(3)
    const read = await trial.stores.analytics.query(
      sql`SELECT id, sentiment, aspects, rating, kind, toString(day) AS day FROM voices WHERE tenant = ${tenant} AND id = 'v0'`,
    )
    expect(read).toEqual([
      { id: 'v0', sentiment: 'mixed', aspects: ['buzz'], rating: 1, kind: 'review', day: '2026-03-02' },
    ])
    expect(await listRereads(trial.stores.db, tenant)).toMatchObject([{ word: '嗡', total: 2, done: 2 }])
  })

  test('fewer mentions than before leave none of the old ones behind, and doing it twice changes nothing', async () => {
    const tenant = await stored(['嗡嗡嗡'])
    for (const readAll of [buzz, echo, echo]) {
      await askReread(trial.stores.db, tenant, '嗡')
      await rereadAll(trial.stores, readAll)
    }
    expect(await mentionsOf(tenant)).toEqual(['v0 noise 0 嗡嗡嗡 0'])
    expect(await trial.count('voices', tenant)).toBe(1)
  })

  test('a failure at any write loses and doubles nothing', async () => {
    for (const failing of ['mentions', 'voices']) {
      const tenant = await stored(['夜里嗡嗡响', '嗡'])
      await askReread(trial.stores.db, tenant, '嗡')
      let broken = true
      const analytics = {
        ...trial.stores.analytics,
        insert: (table: string, rows: readonly object[]) => {
          if (table !== failing || !broken) return trial.stores.analytics.insert(table, rows)
          broken = false
          return Promise.reject(new Error('power cut'))
        },
      }
      const stores = { ...trial.stores, analytics }
      await expect(rereadAll(stores)).rejects.toThrow('power cut')
      await rereadAll(stores)
      expect(await mentionsOf(tenant)).toEqual(['v0 buzz 0 嗡 0', 'v0 buzz 1 嗡 0', 'v1 buzz 0 嗡 0'])
      expect(await trial.count('voices', tenant)).toBe(2)
    }
  })

  test('another tenant’s voices are left alone, and the same word waits once', async () => {
    const [mine, other] = [await stored(['嗡']), await stored(['嗡'])]
    await askReread(trial.stores.db, mine, '嗡')
    await askReread(trial.stores.db, mine, '嗡')
    await rereadAll()
    expect(await mentionsOf(other)).toEqual(['v0 noise 0 嗡 0'])
    expect(await listRereads(trial.stores.db, mine)).toHaveLength(1)
    expect(await listRereads(trial.stores.db, other)).toEqual([])
  })

  test('the reader does it by itself while nothing new waits, and a voice sent again meanwhile stays one', async () => {
    const tenant = await stored(['嗡嗡'])
    await askReread(trial.stores.db, tenant, '嗡')
    await trial.send({ tenant, kind: 'voices', source: 'test', records: voices(['嗡嗡', '再来一条嗡']) })
    let changed = 0
    const readAgain = async () => {
      const change = await rereadPortion({ stores: trial.stores, readAll: buzz })
      if (change) changed += change.voices
      return change
    }
    const running = trial.read({ readAll: buzz, readAgain })
    await running
    while ((await listRereads(trial.stores.db, tenant))[0]!.finishedAt === null)
      await trial.read({ readAll: buzz, readAgain })
    expect(changed).toBeGreaterThan(0)
    expect(await mentionsOf(tenant)).toEqual(['v0 buzz 0 嗡 0', 'v0 buzz 1 嗡 0', 'v1 buzz 0 嗡 0'])
  })
})
