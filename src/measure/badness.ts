import { addDays } from '../core/clock.ts'
import { type Change, type Estimate, FEW } from '../core/estimate.ts'
import { shareChange, wilson } from '../core/share.ts'
import { weekOf } from '../core/week.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { day, type Sql, sql } from '../store/clickhouse/sql.ts'
import { type Slice, within } from './slice.ts'

/** Weeks before the one in question that make up what is usual. */
const USUAL_WEEKS = 4
const SHOWN_WEEKS = 8
const MOST_ASPECTS = 8
const MOST_SCENES = 4

/** A bad voice: its rating is low, or it has none and as a whole it blames. */
const bad: Sql = sql`if(rating IS NULL, sentiment = 'negative', (rating - rating_min) / (rating_max - rating_min) <= if(metric = 'nps', 0.6, 0.25))`
const counted = (slice: Slice): Sql =>
  sql`${within(slice, 'voices')} AND speaker = 'customer' AND (read = 1 OR rating IS NOT NULL)`

/** A share of this week's voices beside the week before and the four weeks before. */
interface Against {
  now: Estimate
  last: Estimate
  usual: Estimate
  /** Null where either side is too few to say. */
  sinceLast: Change | null
  sinceUsual: Change | null
}

export interface BadWeek {
  voices: Against
  weeks: { week: string; from: string; share: Estimate }[]
  aspects: BadAspect[]
}

export interface BadAspect extends Against {
  aspect: string
  /** Voices of this week that blame it. */
  blamed: number
  scenes: { scene: string; blamed: number; usual: number }[]
}

const few = (...all: Estimate[]): boolean => all.some((one) => one.n < FEW)

function against(now: Estimate, last: Estimate, usual: Estimate): Against {
  return {
    now,
    last,
    usual,
    sinceLast: few(now, last) ? null : shareChange(now, last),
    sinceUsual: few(now, usual) ? null : shareChange(now, usual),
  }
}

/** The week's bad voices and what they blame, against the week before and the four before. `slice` is the week. */
export async function measureBadWeek(analytics: Analytics, slice: Slice): Promise<BadWeek> {
  const monday = (weeksBack: number) => addDays(slice.from, -7 * weeksBack)
  const wide = { ...slice, from: monday(SHOWN_WEEKS - 1) }
  const usual = { ...slice, from: monday(USUAL_WEEKS) }
  const [perWeek, aspects, scenes] = await Promise.all([
    analytics.query<{ week: string; n: number; bad: number }>(sql`
      SELECT toString(toMonday(day)) AS week, count() AS n, countIf(${bad}) AS bad FROM voices WHERE ${counted(wide)} GROUP BY week`),
    analytics.query<{ aspect: string; now: number; last: number; usual: number }>(sql`
      SELECT aspect, ${parts(slice)} FROM mentions WHERE ${within(usual, 'mentions')} AND polarity = 'negative'
      GROUP BY aspect HAVING now > 0 ORDER BY now DESC, aspect LIMIT ${MOST_ASPECTS}`),
    analytics.query<{ aspect: string; scene: string; now: number; usual: number }>(sql`
      SELECT aspect, scene, ${parts(slice)} FROM mentions WHERE ${within(usual, 'mentions')} AND polarity = 'negative' AND scene != ''
      GROUP BY aspect, scene HAVING now > 0 ORDER BY now DESC, scene LIMIT ${MOST_SCENES} BY aspect`),
  ])
  const shareOf = (from: string, weeks: number) => {
    const rows = perWeek.filter((row) => row.week >= from && row.week < addDays(from, 7 * weeks))
    return wilson(sum(rows.map((row) => row.bad)), sum(rows.map((row) => row.n)))
  }
  const [now, last, before] = [shareOf(slice.from, 1), shareOf(monday(1), 1), shareOf(monday(USUAL_WEEKS), USUAL_WEEKS)]
  return {
    voices: against(now, last, before),
    weeks: Array.from({ length: SHOWN_WEEKS }, (_, i) => monday(SHOWN_WEEKS - 1 - i)).map((from) => {
      return { week: weekOf(from), from, share: shareOf(from, 1) }
    }),
    aspects: aspects.map((row) => ({
      aspect: row.aspect,
      blamed: row.now,
      ...against(wilson(row.now, now.n), wilson(row.last, last.n), wilson(row.usual, before.n)),
      scenes: scenes
        .filter((one) => one.aspect === row.aspect)
        .map(({ scene, now: blamed, usual }) => ({ scene, blamed, usual })),
    })),
  }
}

/** Voices, once each, of this week, of the week before, and of the four weeks before. */
const parts = ({ from }: Slice): Sql => sql`
  uniqExactIf(voice_id, day >= ${day(from)}) AS now,
  uniqExactIf(voice_id, day >= ${day(addDays(from, -7))} AND day < ${day(from)}) AS last,
  uniqExactIf(voice_id, day < ${day(from)}) AS usual`

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

export interface BadQuote {
  voiceId: string
  aspect: string
  text: string
  start: number
  end: number
}

/** Complaints of the slice about the aspects, the surest readings first, several an aspect, one a wording. */
export async function badQuotes(
  analytics: Analytics,
  slice: Slice,
  aspects: readonly string[],
  most: number,
): Promise<BadQuote[]> {
  if (aspects.length === 0) return []
  const places = await analytics.query<{ voiceId: string; aspect: string; start: number; end: number }>(sql`
    SELECT voice_id AS voiceId, aspect, start, end FROM (
      SELECT voice_id, aspect, start, end, confidence, quote FROM mentions
      WHERE ${within(slice, 'mentions')} AND polarity = 'negative' AND aspect IN ${aspects}
      ORDER BY end - start DESC, cityHash64(voice_id) LIMIT 1 BY aspect, quote
    )
    ORDER BY confidence DESC, end - start DESC, cityHash64(voice_id) LIMIT ${most} BY aspect`)
  if (places.length === 0) return []
  const rows = await analytics.query<{ id: string; text: string }>(
    sql`SELECT id, text FROM voices WHERE ${within(slice, 'voices')} AND id IN ${[...new Set(places.map((one) => one.voiceId))]}`,
  )
  const texts = new Map(rows.map(({ id, text }) => [id, text]))
  return places.flatMap((place) => {
    const text = texts.get(place.voiceId)
    return text === undefined ? [] : [{ ...place, text }]
  })
}
