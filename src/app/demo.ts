import { recordIntervention } from '../act/interventions.ts'
import type { Core } from '../app.ts'
import { localDay } from '../core/clock.ts'
import { DEMO } from '../core/tenant.ts'
import { simulateMarket } from '../demo/market.ts'
import { candidateId } from '../measure/drivers/candidate.ts'
import type { Ingest } from './ingest.ts'

/** The market of a fresh store. Another seed is another market: `daystar demo --seed N`. */
const SEED = 7
const BATCH = 1_000
const DAY_MS = 86_400_000
const IMPORT_ID = 'market'

/**
 * Fills the demo tenant once. It ends yesterday, so that nothing in it is still to come. That day is put on record first, so that a fill that was interrupted is taken up with the
 * same market: what is in already is recognised and not added twice.
 */
export async function fillDemo(
  core: Core,
  ingest: Ingest,
  note: (line: string) => void,
  now = Date.now(),
): Promise<void> {
  const { db } = core.stores
  const { zone } = await core.tenancy.find(DEMO)
  await db
    .insertInto('imports')
    .values({
      tenant: DEMO,
      id: IMPORT_ID,
      source: 'demo',
      file: localDay(now - DAY_MS, zone),
      started_at: new Date(now),
      rows: 0,
      kept: 0,
      dead: 0,
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
    .execute()
  const begun = await db
    .selectFrom('imports')
    .selectAll()
    .where('tenant', '=', DEMO)
    .where('id', '=', IMPORT_ID)
    .executeTakeFirstOrThrow()
  if (begun.finished_at) return
  note('making the demo market (simulated) …')
  const market = simulateMarket({ seed: SEED, endDay: begun.file })
  let kept = 0
  for (const kind of ['products', 'orders', 'voices', 'events'] as const) {
    const records = market[kind]
    for (let at = 0; at < records.length; at += BATCH) {
      const done = await ingest.accept({ tenant: DEMO, kind, source: 'demo', records: records.slice(at, at + BATCH) })
      if (!done.ok) throw new Error(`the demo market was refused: ${done.problem.message}`)
      kept += done.value.kept
    }
    note(`${records.length.toLocaleString('en')} ${kind} taken`)
  }
  for (const change of market.interventions) {
    await recordIntervention(db, DEMO, {
      id: change.id,
      findingId: candidateId({
        outcome: 'return',
        category: change.category,
        factor: 'aspect',
        aspect: change.aspect,
        scene: change.scene ?? '',
      }),
      what: change.what.zh,
      outcome: 'return',
      category: change.category,
      at: change.at,
      productIds: change.productIds,
      margin: 0.01,
      simulated: true,
      actor: 'demo',
      now,
    })
  }
  note('reading what the customers said …')
  await ingest.idle()
  await db
    .updateTable('imports')
    .set({ finished_at: new Date(), rows: kept, kept })
    .where('tenant', '=', DEMO)
    .where('id', '=', IMPORT_ID)
    .execute()
}
