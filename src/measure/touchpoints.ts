import type { Change, Estimate } from '../core/estimate.ts'
import { NOTHING } from '../core/estimate.ts'
import { Z95 } from '../core/statistics.ts'
import { type Stage, type Touchpoint, touchpoints } from '../core/touchpoint.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { day, sql } from '../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from './slice.ts'

export interface TouchpointRow {
  id: string
  stage: Stage
  /** Net sentiment of what is said about it, −1 to 1. */
  score: Estimate
  previousScore: Estimate
  change: Change | null
  /** Events seen at it, and the distinct sessions (or customers, where there is no session). */
  events: number
  visitors: number
  topAspects: { aspect: string; negative: number; total: number }[]
}

interface Said {
  aspect: string
  current: 0 | 1
  n: number
  positive: number
  negative: number
}

interface Seen {
  touchpoint: string
  events: number
  visitors: number
}

const TOP = 3

/** Every touchpoint of the journey, in order: what customers say about it (aspects belong to touchpoints by their pack) and who was there. */
export async function measureTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: (aspect: string) => string | undefined,
): Promise<TouchpointRow[]> {
  const both = { ...slice, from: previousSlice(slice).from }
  const [said, seen] = await Promise.all([
    analytics.query<Said>(sql`
      SELECT aspect, day >= ${day(slice.from)} AS current, count() AS n,
        countIf(polarity = 'positive') AS positive, countIf(polarity = 'negative') AS negative
      FROM mentions WHERE ${within(both, 'mentions')} GROUP BY aspect, current`),
    analytics.query<Seen>(sql`
      SELECT touchpoint, count() AS events, uniqExactIf(visitor, visitor != '') AS visitors
      FROM (SELECT touchpoint, if(session = '', customer_ref, session) AS visitor FROM events WHERE ${within(slice, 'events')})
      GROUP BY touchpoint`),
  ])
  return touchpoints.map((touchpoint) =>
    rowOf(
      touchpoint,
      said.filter(({ aspect }) => touchpointOf(aspect) === touchpoint.id),
      seen,
    ),
  )
}

function rowOf({ id, stage }: Touchpoint, said: readonly Said[], seen: readonly Seen[]): TouchpointRow {
  const [now, before] = [said.filter(({ current }) => current === 1), said.filter(({ current }) => current === 0)]
  const [score, previousScore] = [netSentiment(now), netSentiment(before)]
  const visited = seen.find(({ touchpoint }) => touchpoint === id)
  const worst = [...now].sort((one, other) => other.negative - one.negative || one.aspect.localeCompare(other.aspect))
  return {
    id,
    stage,
    score: score.estimate,
    previousScore: previousScore.estimate,
    change: difference(score, previousScore),
    events: visited?.events ?? 0,
    visitors: visited?.visitors ?? 0,
    topAspects: worst.slice(0, TOP).map(({ aspect, negative, n }) => ({ aspect, negative, total: n })),
  }
}

interface Net {
  estimate: Estimate
  se: number
}

/** Praise less complaint over all mentions; the error is that of a net score (as of an NPS), with the adjusted Wald where all agree. */
function netSentiment(said: readonly Said[]): Net {
  const sum = (of: (one: Said) => number) => said.reduce((total, one) => total + of(one), 0)
  const [n, positive, negative] = [sum((one) => one.n), sum((one) => one.positive), sum((one) => one.negative)]
  if (n === 0) return { estimate: NOTHING, se: 0 }
  const value = (positive - negative) / n
  const se = netError(n, positive, negative)
  return { estimate: { value, low: Math.max(-1, value - Z95 * se), high: Math.min(1, value + Z95 * se), n }, se }
}

function netError(n: number, positive: number, negative: number): number {
  const variance = (positive + negative) / n - ((positive - negative) / n) ** 2
  return variance > 0 ? Math.sqrt(variance / n) : netError(n + 3, positive + 0.75, negative + 0.75)
}

function difference(now: Net, before: Net): Change | null {
  if (now.estimate.value === null || before.estimate.value === null) return null
  const value = now.estimate.value - before.estimate.value
  const half = Z95 * Math.hypot(now.se, before.se)
  return { value, low: value - half, high: value + half, moreThanChance: Math.abs(value) > half }
}
