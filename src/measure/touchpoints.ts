import type { Change, Estimate } from '../core/estimate.ts'
import { type Stage, type Touchpoint, touchpoints } from '../core/touchpoint.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { sql } from '../store/clickhouse/sql.ts'
import { addTallies, noTally, type Tally } from './indicators/define.ts'
import { netChange, netScore } from './net.ts'
import { said } from './rollups/measures.ts'
import { askRolled } from './rollups/read.ts'
import { previousSlice, type Slice, within } from './slice.ts'
import { isKnown, visitor } from './visitor.ts'

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

export type TouchpointScore = Pick<TouchpointRow, 'id' | 'stage' | 'score' | 'previousScore' | 'change' | 'topAspects'>

/** Every touchpoint of the journey, in order: what customers say about it (aspects belong to touchpoints by their pack). */
export async function scoreTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: (aspect: string) => string | undefined,
): Promise<TouchpointScore[]> {
  const [now, before] = await Promise.all([askSaid(analytics, slice), askSaid(analytics, previousSlice(slice))])
  const at = (said: readonly Said[], id: string) => said.filter(({ aspect }) => touchpointOf(aspect) === id)
  return touchpoints.map((touchpoint) => scoreOf(touchpoint, at(now, touchpoint.id), at(before, touchpoint.id)))
}

/** The same, and who was there. */
export async function measureTouchpoints(
  analytics: Analytics,
  slice: Slice,
  touchpointOf: (aspect: string) => string | undefined,
): Promise<TouchpointRow[]> {
  const [scores, seen] = await Promise.all([
    scoreTouchpoints(analytics, slice, touchpointOf),
    analytics.query<Seen>(sql`
      SELECT touchpoint, count() AS events, uniqExactIf(${visitor}, ${isKnown}) AS visitors
      FROM events WHERE ${within(slice, 'events')} GROUP BY touchpoint`),
  ])
  return scores.map((score) => {
    const visited = seen.find(({ touchpoint }) => touchpoint === score.id)
    return { ...score, events: visited?.events ?? 0, visitors: visited?.visitors ?? 0 }
  })
}

/** What customers say of each aspect. */
async function askSaid(analytics: Analytics, slice: Slice): Promise<Said[]> {
  const rows = await askRolled(analytics, { slice, rolling: said, by: 'item' })
  return rows.map(({ item, n, plus, minus }) => ({ aspect: item, n, positive: plus, negative: minus }))
}

function scoreOf({ id, stage }: Touchpoint, now: readonly Said[], before: readonly Said[]): TouchpointScore {
  const [tally, tallyBefore] = [tallyOf(now), tallyOf(before)]
  const worst = [...now].sort((one, other) => other.negative - one.negative || one.aspect.localeCompare(other.aspect))
  return {
    id,
    stage,
    score: netScore(tally, 1),
    previousScore: netScore(tallyBefore, 1),
    change: netChange(tally, tallyBefore, 1),
    topAspects: worst.slice(0, TOP).map(({ aspect, negative, n }) => ({ aspect, negative, total: n })),
  }
}

/** Praise counts up, complaint down, neutral and mixed mentions neither. */
const tallyOf = (said: readonly Said[]): Tally =>
  said.map(({ n, positive, negative }) => ({ n, plus: positive, minus: negative })).reduce(addTallies, noTally)
