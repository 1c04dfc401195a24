import type { Change, Estimate } from '../core/estimate.ts'
import { type Stage, type Touchpoint, touchpoints } from '../core/touchpoint.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { addTallies, noTally, type Tally } from './indicators/define.ts'
import { periodsOf } from './journey/counted.ts'
import { visitsOf } from './journey/visits.ts'
import { seen } from './journey/walked.ts'
import { netChange, netScore } from './net.ts'
import { said } from './rollups/measures.ts'
import { askRolled, marksWithin } from './rollups/read.ts'
import { previousSlice, type Slice } from './slice.ts'

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

/** Every touchpoint of the journey, in order: what customers say about it (aspects belong to touchpoints by their pack). */
export async function scoreTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: (aspect: string) => string | undefined,
): Promise<TouchpointScore[]> {
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = periodsOf(await askRolled(analytics, { slice: both, rolling: said, by: 'item', since: slice.from }))
  const at = (id: string, period: 'now' | 'before') =>
    [...rows]
      .filter(([aspect, row]) => touchpointOf(aspect) === id && row[period])
      .map(([aspect, row]) => ({ aspect, ...row[period]! }))
  return touchpoints.map((one) => scoreOf(one, at(one.id, 'now'), at(one.id, 'before')))
}

/** The same, and who was there. */
export async function measureTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: (aspect: string) => string | undefined,
): Promise<TouchpointRow[]> {
  const marksOf = marksWithin(analytics, slice)
  const [scores, events, visits] = await Promise.all([
    scoreTouchpoints(analytics, slice, touchpointOf),
    askRolled(analytics, { slice, rolling: seen, by: 'item' }, marksOf),
    visitsOf(analytics, slice, marksOf),
  ])
  const at = new Map(events.map((row) => [row.item, row]))
  return scores.map((score) => ({
    ...score,
    events: at.get(score.id)?.n ?? 0,
    visitors: visits.get(score.id)?.n ?? at.get(score.id)?.plus ?? 0,
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
