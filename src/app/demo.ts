import { once } from 'node:events'
import { recordIntervention } from '../act/interventions.ts'
import { addDays, fromLocal, localDay } from '../core/clock.ts'
import { DEMO } from '../core/tenant.ts'
import { type DemoIntervention, type Market, simulateMarket } from '../demo/market.ts'
import { candidateId } from '../measure/drivers/candidate.ts'
import type { Core } from './core.ts'
import type { Ingest } from './ingest.ts'
import { fillDemoSurvey } from './surveys/demo.ts'

/** The market of a fresh store. Another seed is another market: `daystar demo --seed N`. */
const SEED = 7
const BATCH = 1_000
const DAY_MS = 86_400_000
const IMPORT_ID = 'market'

/**
 * Fills the demo tenant once. It ends yesterday, so that nothing in it is still to come. That day is put on record first, so that a fill
 * that was interrupted is taken up with the same market: what is in already is recognised and not added twice.
 */
export async function fillDemo(core: Core, ingest: Ingest, { note, stop }: Filling, now = Date.now()): Promise<void> {
  const begun = await beginFill(core, now)
  if (begun.finished) return
  note('making the demo market (simulated) …')
  const market = simulateMarket({ seed: SEED, endDay: begun.endDay })
  const kept = await takeMarket(ingest, market, { note, stop })
  if (stop.aborted) return
  for (const change of market.interventions) await recordChange(core, change, now)
  note('reading what the customers said …')
  await Promise.race([ingest.idle(), once(stop, 'abort')])
  if (stop.aborted) return
  await fillDemoSurvey(core, endOf(begun.endDay, (await core.tenancy.find(DEMO)).zone))
  await core.stores.db
    .updateTable('imports')
    .set({ finished_at: new Date(), rows: kept, kept })
    .where('tenant', '=', DEMO)
    .where('id', '=', IMPORT_ID)
    .execute()
}

function endOf(day: string, zone: string): number {
  const [year, month, date] = addDays(day, 1).split('-').map(Number) as [number, number, number]
  return fromLocal(zone, [year, month, date])
}

export interface Filling {
  note: (line: string) => void
  /** Aborted when someone wants to stop: what was taken stays, the next start goes on. */
  stop: AbortSignal
}

async function beginFill(core: Core, now: number): Promise<{ endDay: string; finished: boolean }> {
  const { db } = core.stores
  const { zone } = await core.tenancy.find(DEMO)
  const begun = {
    tenant: DEMO,
    id: IMPORT_ID,
    source: 'demo',
    file: localDay(now - DAY_MS, zone),
    started_at: new Date(now),
  }
  await db
    .insertInto('imports')
    .values({ ...begun, rows: 0, kept: 0, dead: 0 })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
    .execute()
  const row = await db
    .selectFrom('imports')
    .selectAll()
    .where('tenant', '=', DEMO)
    .where('id', '=', IMPORT_ID)
    .executeTakeFirstOrThrow()
  return { endDay: row.file, finished: row.finished_at !== null }
}

/** Through the same door as anyone's records, in batches. Returns how many were kept. */
async function takeMarket(ingest: Ingest, market: Market, { note, stop }: Filling): Promise<number> {
  let kept = 0
  for (const kind of ['products', 'orders', 'voices', 'events'] as const) {
    const records = market[kind]
    for (let at = 0; at < records.length && !stop.aborted; at += BATCH) {
      const done = await ingest.accept({
        tenant: DEMO,
        kind,
        source: 'demo',
        records: records.slice(at, at + BATCH),
        patient: true,
      })
      if (!done.ok) throw new Error(`the demo market was refused: ${done.problem.message}`)
      kept += done.value.kept
    }
    if (!stop.aborted) note(`${records.length.toLocaleString('en')} ${kind} taken`)
  }
  return kept
}

/** The merchants' own log of changes: public knowledge, not the truth that was planted. */
async function recordChange(core: Core, change: DemoIntervention, now: number): Promise<void> {
  const { category, aspect } = change
  await recordIntervention(core.stores.db, DEMO, {
    id: change.id,
    findingId: candidateId({ outcome: 'return', category, factor: 'aspect', aspect, scene: change.scene ?? '' }),
    what: change.what,
    outcome: 'return',
    category,
    at: change.at,
    productIds: change.productIds,
    margin: 0.01,
    simulated: true,
    actor: 'demo',
    now,
  })
}
