import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { type ImportProgress, importFile } from './import.ts'
import { listImports } from './import-list.ts'
import { sweepInbox } from './sweep.ts'
import { openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
}, 120_000)
afterAll(() => trial.close())

const ROWS = 45_000
/** Every third row says the same as another one: their identities depend on how many equal ones came before. */
const row = (n: number) => `${n % 3 === 0 ? '很好' : `第${n}条`},2026-03-01,5\n`
const file = Buffer.from(`评价,时间,评分\n${Array.from({ length: ROWS }, (_, n) => row(n)).join('')}`)

interface How {
  content?: Buffer
  breaksOffAt?: number | undefined
  options?: Record<string, unknown>
  onProgress?: (progress: ImportProgress) => void
}

function importing(tenant: TenantId, { content = file, breaksOffAt, options = {}, onProgress = () => {} }: How = {}) {
  async function* stream() {
    for (let at = 0; at < content.length; at += 65_536) {
      if (at > (breaksOffAt ?? content.length)) throw new Error('the connection is gone')
      yield content.subarray(at, at + 65_536)
    }
  }
  const request = { stores: trial.stores, tenant, source: 'reviews-csv', fileName: 'f', size: content.length }
  return importFile({ ...request, stream: stream(), zone: 'Asia/Shanghai', options, onProgress })
}

describe('an import that was broken off', () => {
  test('goes on after the last row that is known to be on disk, and every row is there once', async () => {
    const tenant = trial.tenant()
    await expect(importing(tenant, { breaksOffAt: file.length * 0.7 })).rejects.toThrow('the connection is gone')
    const again = await importing(tenant)
    if (!again.ok) throw new Error(again.problem.message)
    expect(again.value).toMatchObject({ rows: ROWS, kept: ROWS - 20_000, dead: 0, resumedAfter: 20_000 })
    expect(again.value.notes).toContainEqual(expect.stringContaining('went on after row 20000'))
    await trial.read()
    const counted = sql`SELECT count() AS n, uniqExact(id) AS ids, countIf(text = '很好') AS same FROM voices WHERE tenant = ${tenant}`
    expect(await trial.stores.analytics.query(counted)).toEqual([{ n: ROWS, ids: ROWS, same: ROWS / 3 }])
  }, 120_000)

  test('is listed as broken off with what is on disk of it, until the same file is begun again', async () => {
    const tenant = trial.tenant()
    const list = (underWay = new Map<string, ImportProgress>()) => listImports(trial.stores, tenant, underWay)
    await expect(importing(tenant, { breaksOffAt: file.length * 0.7 })).rejects.toThrow('the connection is gone')
    const broken = { file: 'f', state: 'broken_off', rows: 20_000, kept: 20_000, safeRows: 20_000, size: file.length }
    expect(await list()).toMatchObject([broken])
    expect((await list())[0]!.bytes).toBeGreaterThan(0)
    let last: ImportProgress | undefined
    let meanwhile: Promise<unknown> | undefined
    await importing(tenant, {
      onProgress: (progress) => {
        last = progress
        if (progress.rows >= 30_000) meanwhile ??= list(new Map([[progress.id, progress]]))
      },
    })
    expect(await meanwhile).toMatchObject([{ state: 'running', rows: 30_000, kept: 10_000 }])
    expect(last).toMatchObject({ rows: ROWS, bytes: file.length, resumedAfter: 20_000 })
    expect(await list()).toMatchObject([{ state: 'ended', rows: ROWS, kept: ROWS - 20_000, bytes: file.length }])
  }, 120_000)

  test('is begun anew where the file is another one, or the first attempt came to its end', async () => {
    const tenant = trial.tenant()
    const whole = [await importing(tenant), await importing(tenant)]
    for (const result of whole) expect(result).toMatchObject({ ok: true, value: { kept: ROWS } })
  }, 120_000)
})

describe('rows without a time of their own', () => {
  const untimed = Buffer.from(
    `评价编号,评价,评分\n${Array.from({ length: ROWS }, (_, n) => `${n % 2 === 0 ? '' : `r-${n}`},${n % 3 === 0 ? '很好' : `第${n}条`},5\n`).join('')}`,
  )
  const given = (tenant: TenantId, at: string, breaksOffAt?: number) =>
    importing(tenant, { content: untimed, breaksOffAt, options: { set: { at } } })
  const stored = async (tenant: TenantId) => {
    await trial.read()
    const counted = sql`SELECT count() AS n, uniqExact(id) AS ids, uniqExact(day) AS days FROM voices WHERE tenant = ${tenant}`
    return (await trial.stores.analytics.query(counted))[0]
  }

  test('come once where their file is given again weeks later with that day: the first day stays, and it is said', async () => {
    const tenant = trial.tenant()
    expect(await given(tenant, '2026-03-01')).toMatchObject({ ok: true, value: { kept: ROWS } })
    const again = await given(tenant, '2026-03-20')
    if (!again.ok) throw new Error(again.problem.message)
    expect(again.value.notes).toContainEqual(expect.stringContaining('at stays 2026-03-01'))
    expect(await stored(tenant)).toEqual({ n: ROWS, ids: ROWS, days: 1 })
  }, 120_000)

  test('come once where the import was broken off and is gone on with weeks later', async () => {
    const tenant = trial.tenant()
    await expect(given(tenant, '2026-03-01', untimed.length * 0.7)).rejects.toThrow('the connection is gone')
    expect(await given(tenant, '2026-03-20')).toMatchObject({ ok: true, value: { resumedAfter: 20_000 } })
    expect(await stored(tenant)).toEqual({ n: ROWS, ids: ROWS, days: 1 })
  }, 120_000)

  test('take the day of the second attempt where the first kept nothing', async () => {
    const tenant = trial.tenant()
    expect(await given(tenant, '2126-03-01')).toMatchObject({ ok: false, problem: { code: 'nothing_usable' } })
    expect(await given(tenant, '2026-03-20')).toMatchObject({ ok: true, value: { kept: ROWS } })
  }, 120_000)
})

test('batches are swept out when they were read long enough ago; what waits or was set aside stays', async () => {
  const tenant = trial.tenant()
  const { db } = trial.stores
  const put = async (readAt: string | null) => {
    const row = { tenant, kind: 'voices' as const, source: 's', records: '[]', count: 0, answer: '{}' }
    const read_at = readAt === null ? null : new Date(readAt)
    const { id } = await db
      .insertInto('inbox')
      .values({ ...row, idempotency_key: null, body_hash: null, read_at } as never)
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  }
  const [old, recent, waiting, aside] = [
    await put('2026-01-01T00:00:00Z'),
    await put('2026-01-09T00:00:00Z'),
    await put(null),
    await put('2026-01-01T00:00:00Z'),
  ]
  const letter = { tenant, source: 's', kind: 'voices', place: 0, field: 'batch', reason: 'could not be read' }
  await db
    .insertInto('dead_letters')
    .values({ ...letter, record: JSON.stringify({ batch: aside }) })
    .execute()
  expect(await sweepInbox(trial.stores, 7, Date.parse('2026-01-10T00:00:00Z'))).toBe(1)
  const left = await db.selectFrom('inbox').select('id').where('tenant', '=', tenant).orderBy('id').execute()
  expect(left.map(({ id }) => id)).toEqual([recent, waiting, aside])
  expect(left.map(({ id }) => id)).not.toContain(old)
})
