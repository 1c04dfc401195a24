import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { wholeSlice } from '../slice.ts'
import { byAge } from './age.ts'
import { valueText } from './conditions.ts'
import type { Funnel, FunnelDimension } from './definition.ts'
import { withStanding } from './known.ts'
import { type Location, locate, type Place } from './locate.ts'
import type { ReachedQuestion } from './reached.ts'
import { type Arrivals, type LiveStep, stepsOf } from './usual.ts'
import { type WalkQuestion, walks } from './walks.ts'

/** What is asked of the figures of the moment. */
export interface LiveQuestion {
  tenant: TenantId
  funnel: Funnel
  zone: string
  /** The moment of looking, epoch ms: nothing later counts, on usual days nothing after the same time of day. */
  at: number
  spanMs: number
  binMs: number
}

interface LiveBin {
  /** Its beginning, epoch ms. */
  at: number
  /** By step: how many arrived, how many of them have gone on. */
  now: { n: number; went: number }[]
  /** The same, summed over the usual days. */
  usual: { n: number; went: number }[]
}

export interface LiveFigures {
  steps: LiveStep[]
  bins: LiveBin[]
  /** How many earlier days the usual is made of. */
  usualDays: number
  /** The step whose customers go on less than usual, beyond chance, and where. */
  trouble: (Location & { step: number }) | null
}

export const USUAL_DAYS = 14
const DAY_MS = 86_400_000
/** Live conversion looks so far ahead at most; a step that takes days is no matter of minutes. */
const LIVE_WINDOW_MINUTES = 120

/** Where trouble is looked for. */
const places: readonly FunnelDimension[] = [
  'prop:path',
  'prop:release',
  'prop:device',
  'channel',
  'city',
  'category',
  'merchant',
]

/**
 * A funnel as it is now, beside the same stretch of each of the last 14 days, looked at from the same time of day: whoever has just arrived
 * had as little time to go on then as now, so both are compared fairly.
 */
export async function measureLive(analytics: Analytics, question: LiveQuestion): Promise<LiveFigures> {
  const { funnel } = question
  const bin = binOf(question, sql`i`)
  // `times` stands outside the lambda too, since ClickHouse 18.16 forgets a column that only a lambda asks for.
  const arrivals = await analytics.query<Arrivals>(sql`
    SELECT round, arrival.1 AS step, arrival.2 AS bin, count() AS n, countIf(depth > arrival.1 + 1) AS went
    FROM (SELECT round, depth, arrayJoin(arrayMap(i -> (i, ${bin}), range(toUInt32(depth)))) AS arrival
      FROM (${walks(rounds(question))}) WHERE notEmpty(times))
    WHERE bin < ${binsIn(question)} GROUP BY round, step, bin`)
  const { steps, days } = stepsOf(arrivals, funnel.steps.length)
  const worst = steps
    .map(({ change, extraLost }, step) => ({ step, lost: change?.moreThanChance && change.value < 0 ? extraLost : 0 }))
    .reduce((one, other) => (other.lost > one.lost ? other : one))
  const trouble = worst.lost > 0 ? { step: worst.step, ...(await find(analytics, question, worst.step)) } : null
  return { steps, bins: binsOf(arrivals, question), usualDays: days, trouble }
}

/** How many bins before the moment of looking a step was reached, and how many bins are shown. */
const binOf = ({ at, binMs }: LiveQuestion, step: Sql): Sql =>
  sql`intDiv(${at} - round * ${DAY_MS} - times[${step} + 1], ${binMs})`
const binsIn = ({ spanMs, binMs }: LiveQuestion): number => Math.ceil(spanMs / binMs)

/** Those who arrived at a step in the span, to be read one by one: as many as the figure of the moment says. */
export const arrivedNow = (question: LiveQuestion, step: number): Pick<ReachedQuestion, 'walk' | 'step' | 'only'> => ({
  walk: rounds(question),
  step,
  only: sql`round = 0 AND ${binOf(question, sql`${step}`)} < ${binsIn(question)}`,
})

function rounds({ tenant, funnel, at, spanMs, zone }: LiveQuestion): WalkQuestion {
  const windowMinutes = Math.min(funnel.windowMinutes, LIVE_WINDOW_MINUTES)
  const reach = Math.min(DAY_MS, spanMs + windowMinutes * 60_000)
  const today = localDay(at, zone)
  const ago = sql`(${at} - at)`
  return {
    slice: wholeSlice(tenant, addDays(today, -USUAL_DAYS - 1), addDays(today, 1)),
    funnel: { ...funnel, windowMinutes },
    rounds: {
      of: sql`intDiv(${ago}, ${DAY_MS})`,
      only: sql`at <= ${at} AND round <= ${USUAL_DAYS} AND ${ago} % ${DAY_MS} < ${reach}`,
    },
  }
}

function binsOf(arrivals: readonly Arrivals[], question: LiveQuestion): LiveBin[] {
  const { at, binMs, funnel } = question
  const bins = Array.from({ length: binsIn(question) }, (_, i) => ({
    // `at` is the last millisecond of its minute.
    at: at + 1 - (i + 1) * binMs,
    now: funnel.steps.map(() => ({ n: 0, went: 0 })),
    usual: funnel.steps.map(() => ({ n: 0, went: 0 })),
  }))
  for (const { round, step, bin, n, went } of arrivals) {
    const cell = bins[bin]![round === 0 ? 'now' : 'usual'][step]!
    cell.n += n
    cell.went += went
  }
  return bins.reverse()
}

async function find(analytics: Analytics, question: LiveQuestion, step: number): Promise<Location> {
  const asked = { ...rounds(question), tell: { by: places, at: step } }
  const arrived = sql`depth > ${step} AND times[${step + 1}] > ${question.at - question.spanMs} - round * ${DAY_MS}`
  const rows = await analytics.query<PlaceRow>(sql`
    SELECT round = 0 AS now, age, pair.1 AS place, pair.2 AS value, count() AS n, countIf(depth > ${step + 1}) AS went
    FROM (SELECT round, depth, toUInt8(floor(log2(${binOf(question, sql`${step}`)} + 1) + 0.000001)) AS age,
        arrayJoin(arrayMap((i, v) -> (i, v), range(toUInt32(${places.length + 2})),
        arrayConcat(told, [standing, ${trusted("'all'")}]))) AS pair
      FROM (${withStanding(walks(asked), question.tenant)}) WHERE ${arrived})
    GROUP BY now, age, place, value`)
  const sides = new Map<string, { place: number; value: string; rows: PlaceRow[] }>()
  for (const row of rows) {
    const key = `${row.place} ${row.value}`
    const one = sides.get(key) ?? { place: row.place, value: row.value, rows: [] }
    one.rows.push(row)
    sides.set(key, one)
  }
  const sidesOf = (some: readonly PlaceRow[]) => ({
    now: byAge(some.filter(({ now }) => now === 1)),
    usual: byAge(some.filter(({ now }) => now === 0)),
  })
  const all = places.length + 1
  const found = [...sides.values()]
    .filter(({ place }) => place < all)
    .map(({ place, value, rows: some }): Place => {
      const by = places[place] ?? 'customer'
      return { by, value: valueText(by, value), ...sidesOf(some) }
    })
  return locate(found, sidesOf(sides.get(`${all} all`)?.rows ?? []))
}

/** Arrivals of one age (`ageOf`) at a step that share a value of a place. */
interface PlaceRow {
  now: number
  age: number
  place: number
  value: string
  n: number
  went: number
}

/**
 * When the last thing happened in a session, epoch ms; null where none ever did. A clock that runs ahead does not count. Looked for on the
 * last days that have events first, since a column of ten million moments is long to read for one of them.
 */
export async function lastEventAt(analytics: Analytics, tenant: TenantId, now: number): Promise<number | null> {
  const ours = sql`tenant = ${tenant} AND at <= ${now}`
  const lastly = sql`day >= (SELECT max(day) - 1 FROM events WHERE tenant = ${tenant} AND day <= ${day(addDays(localDay(now, 'UTC'), 1))})`
  for (const where of [sql`${ours} AND ${lastly}`, ours]) {
    const [row] = await analytics.query<{ latest: number; n: number }>(
      sql`SELECT max(at) AS latest, count() AS n FROM events WHERE ${where} AND session != ''`,
    )
    if (row && row.n > 0) return row.latest
  }
  return null
}
