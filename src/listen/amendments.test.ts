import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Readable, Reading } from '../core/reading.ts'
import { ok } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { storeAmendments } from './amendments.ts'
import { findVoice, recordCorrection, undoCorrection } from './corrections.ts'
import { askReread, rereadPortion } from './reread.ts'
import { echo, openTrial } from './trial.ts'

let trial: Awaited<ReturnType<typeof openTrial>>
beforeAll(async () => {
  trial = await openTrial()
})
afterAll(() => trial.close())

const day = '2026-02-01'
const at = Date.UTC(2026, 1, 1, 4)
const by = { actor: '林', now: at, change: { kind: 'confirm' } }
const quiet = (reading: Reading): Reading => ({ ...reading, sentiment: 'positive', scenes: [], mentions: [] })

async function tenantWith(ids: readonly string[]): Promise<TenantId> {
  const tenant = trial.tenant()
  await trial.send({ tenant, kind: 'voices', source: 's', records: ids.map((id) => ({ id, text: '夜里太吵', at })) })
  await trial.read()
  return tenant
}
const correct = (tenant: TenantId, id: string) =>
  recordCorrection(trial.stores, tenant, { id, day }, by, async (voice) => ok(quiet(voice.reading)))
const readingOf = async (tenant: TenantId, id: string) => (await findVoice(trial.stores, tenant, { id, day }))?.reading

describe('a changed reading', () => {
  test('reaches the figures of its voice and of no other, in its tenant and in no other', async () => {
    const tenant = await tenantWith(['a', 'b'])
    const other = await tenantWith(['a'])
    await correct(tenant, 'a')
    await storeAmendments(trial.stores, tenant)
    expect(await readingOf(tenant, 'a')).toMatchObject({ sentiment: 'positive', mentions: [] })
    expect(await readingOf(tenant, 'b')).toMatchObject({ sentiment: 'negative' })
    expect([await trial.count('mentions', tenant), await trial.count('mentions', other)]).toEqual([1, 1])
    expect([await trial.count('voices', tenant), await trial.count('voices', other)]).toEqual([2, 1])
  })

  test('may be stored again and again: a crash before it counted as stored doubles nothing', async () => {
    const tenant = await tenantWith(['a'])
    await recordCorrection(trial.stores, tenant, { id: 'a', day }, by, async ({ reading }) =>
      ok({ ...reading, mentions: [reading.mentions[0]!, { ...reading.mentions[0]!, aspect: 'heat' }] }),
    )
    for (let times = 0; times < 3; times++) {
      await trial.stores.db.updateTable('amendments').set({ stored_version: 0 }).where('tenant', '=', tenant).execute()
      await Promise.all([storeAmendments(trial.stores, tenant), storeAmendments(trial.stores)])
    }
    expect(await trial.count('mentions', tenant)).toBe(2)
    expect(await trial.count('voices', tenant)).toBe(1)
  })

  test('stands when the voice is read again', async () => {
    const tenant = await tenantWith(['a', 'b'])
    await correct(tenant, 'a')
    await storeAmendments(trial.stores, tenant)
    for (const table of ['voices', 'mentions'] as const)
      await trial.stores.analytics.command(
        sql`ALTER TABLE ${table === 'voices' ? sql`voices` : sql`mentions`} DELETE WHERE tenant = ${tenant}`,
      )
    while ((await trial.count('voices', tenant)) + (await trial.count('mentions', tenant)) > 0);
    await trial.stores.db.updateTable('inbox').set({ read_at: null }).where('tenant', '=', tenant).execute()
    await trial.read()
    expect(await readingOf(tenant, 'a')).toMatchObject({ sentiment: 'positive', mentions: [] })
    expect(await readingOf(tenant, 'b')).toMatchObject({ sentiment: 'negative' })
    expect(await trial.count('mentions', tenant)).toBe(1)
  })

  test('stands when a learnt word has its voice read once more; taken back, it shows that newer reading', async () => {
    const tenant = await tenantWith(['a', 'b'])
    await correct(tenant, 'a')
    await storeAmendments(trial.stores, tenant)
    const readAll = async (voices: Readable[]) =>
      (await echo(voices)).map((reading) => ({ ...reading, sentiment: 'mixed' as const }))
    await askReread(trial.stores.db, tenant, '吵')
    while (await rereadPortion({ stores: trial.stores, readAll }));
    expect(await readingOf(tenant, 'a')).toMatchObject({ sentiment: 'positive', mentions: [] })
    expect(await readingOf(tenant, 'b')).toMatchObject({ sentiment: 'mixed' })
    await undoCorrection(trial.stores, tenant, { id: 'a', day }, by)
    await storeAmendments(trial.stores, tenant)
    expect(await readingOf(tenant, 'a')).toMatchObject({ sentiment: 'mixed' })
    expect(await trial.count('mentions', tenant)).toBe(2)
  })

  test('goes back to the fast reading when it is taken back', async () => {
    const tenant = await tenantWith(['a'])
    const before = await readingOf(tenant, 'a')
    await correct(tenant, 'a')
    await storeAmendments(trial.stores, tenant)
    await undoCorrection(trial.stores, tenant, { id: 'a', day }, by)
    await storeAmendments(trial.stores, tenant)
    expect(await readingOf(tenant, 'a')).toEqual(before)
    expect(await trial.count('mentions', tenant)).toBe(1)
  })

  test('leaves a line that the database itself will not let anyone rewrite', async () => {
    const tenant = await tenantWith(['a'])
    await correct(tenant, 'a')
    const rewrite = trial.stores.db.updateTable('corrections').set({ actor: 'nobody' }).where('tenant', '=', tenant)
    await expect(rewrite.execute()).rejects.toThrow(/only ever added to/)
  })
})
