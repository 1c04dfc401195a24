import type { Change, Estimate } from '../core/estimate.ts'
import { type Stage, type Touchpoint, touchpoints } from '../core/touchpoint.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { addTallies, noTally, type Tally } from './indicators/define.ts'
import { periodsOf } from './journey/counted.ts'
import { seen, walked } from './journey/walked.ts'
import { netChange, netScore } from './net.ts'
import { said } from './rollups/measures.ts'
import { askRolled, askTogether, byItem, itemsOfBoth, type RolledQuestion, type RolledRow } from './rollups/read.ts'
import type { Slice } from './slice.ts'

export interface TouchpointRow {
  id: string
  stage: Stage
  /** Net sentiment of what is said about it, −1 to 1. */
  score: Estimate
  previousScore: Estimate
  change: Change | null
  /** Events seen at it, and the visits to which they belong (a session's local day, or a customer's where there is no session). */
  events: number
  visitors: number
  topAspects: { aspect: string; negative: number; total: number }[]
}

/** What customers say of an aspect: praise counts up, complaint down, neutral and mixed mentions neither. */
interface Said extends Tally {
  aspect: string
}

const TOP = 3

export type TouchpointScore = Pick<TouchpointRow, 'id' | 'stage' | 'score' | 'previousScore' | 'change' | 'topAspects'>

type TouchpointOf = (aspect: string) => string | undefined

export const askSaid = (slice: Slice): RolledQuestion => itemsOfBoth(slice, said)

/** Every touchpoint of the journey, in order: what customers say about it (aspects belong to touchpoints by their pack). */
export function scoresOf(said: readonly RolledRow[], touchpointOf: TouchpointOf): TouchpointScore[] {
  const rows = periodsOf(said)
  const at = (id: string, period: 'now' | 'before') =>
    [...rows]
      .filter(([aspect, row]) => touchpointOf(aspect) === id && row[period])
      .map(([aspect, row]) => ({ aspect, ...row[period]! }))
  return touchpoints.map((one) => scoreOf(one, at(one.id, 'now'), at(one.id, 'before')))
}

export const scoreTouchpoints = async (
  analytics: Analytics,
  slice: Slice,
  touchpointOf: TouchpointOf,
): Promise<TouchpointScore[]> => scoresOf(await askRolled(analytics, askSaid(slice)), touchpointOf)

/** The same, and who was there. */
export async function measureTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: TouchpointOf,
): Promise<TouchpointRow[]> {
  const rows = await askTogether(analytics, {
    said: askSaid(slice),
    seen: { slice, rolling: seen, by: 'item' },
    visits: { slice, rolling: walked, by: 'item' },
  })
  const [at, walkedAt] = [byItem(rows.seen), byItem(rows.visits)]
  return scoresOf(rows.said, touchpointOf).map((score) => ({
    ...score,
    events: at.get(score.id)?.n ?? 0,
    visitors: walkedAt.get(score.id)?.n ?? at.get(score.id)?.plus ?? 0,
  }))
}

function scoreOf({ id, stage }: Touchpoint, now: readonly Said[], before: readonly Said[]): TouchpointScore {
  const [tally, tallyBefore] = [now, before].map((said) => said.reduce<Tally>(addTallies, noTally)) as [Tally, Tally]
  const worst = [...now].sort((one, other) => other.minus - one.minus || one.aspect.localeCompare(other.aspect))
  return {
    id,
    stage,
    score: netScore(tally, 1),
    previousScore: netScore(tallyBefore, 1),
    change: netChange(tally, tallyBefore, 1),
    topAspects: worst.slice(0, TOP).map(({ aspect, minus, n }) => ({ aspect, negative: minus, total: n })),
  }
}
