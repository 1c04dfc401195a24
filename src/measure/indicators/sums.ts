import { middleRanks, percentileRanks } from '../../core/order-statistics.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { recordsReturns } from '../returns.ts'
import { rollingFor } from '../rollups/measures.ts'
import { askTogether, type RolledQuestion, type RolledRow } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { casesOf } from './cases.ts'
import type { Asking, Counting, Dimension, Indicator, Tally } from './define.ts'

export interface KeyedTally extends Tally {
  key: string
}

/** Above this many values a percentile's ranks are taken in the engine, by the normal approximation, which gives the same to within one. */
const EXACT = 1_000

/** What is counted, by a key over its cases (`cases.ts`). */
export interface CasesQuestion {
  indicator: Pick<Indicator, 'counting' | 'interval' | 'percent'>
  key: Sql
  slice: Slice
}

/** So many questions go in one statement: fewer statements are quicker, and each must end within the engine's time for one. */
const TOGETHER = 6

/** What each of several countings comes to. They are asked a few in a statement. */
export async function sumSeveral(
  analytics: Analytics,
  questions: readonly CasesQuestion[],
  asking: Asking,
): Promise<KeyedTally[][]> {
  const parts: (readonly CasesQuestion[])[] = []
  for (let at = 0; at < questions.length; at += TOGETHER) parts.push(questions.slice(at, at + TOGETHER))
  const answers = await Promise.all(parts.map((part) => sumStatement(analytics, part, asking)))
  return answers.flat()
}

async function sumStatement(
  analytics: Analytics,
  questions: readonly CasesQuestion[],
  asking: Asking,
): Promise<KeyedTally[][]> {
  const rows = await analytics.query<KeyedTally & { place: number; picked: number[] }>(
    join(
      questions.map((question, place) => summed(question, place, asking)),
      sql` UNION ALL `,
    ),
  )
  return questions.map(({ indicator: { interval, percent = 50 } }, place) =>
    rows
      .filter((row) => row.place === place)
      .map(({ picked, place: _, ...row }) =>
        interval === 'order_statistics' ? { ...row, ordered: pick(picked, row.n, percent) } : row,
      ),
  )
}

function summed({ indicator, key, slice }: CasesQuestion, place: number, asking: Asking): Sql {
  const { counting, interval, percent = 50 } = indicator
  const values =
    interval === 'order_statistics'
      ? sql`arraySort(groupArray(v)) AS s, if(n <= ${EXACT}, s, ${ranked(percent)}) AS picked`
      : sql`0 AS s, emptyArrayFloat64() AS picked`
  return sql`
    SELECT toUInt8(${place}) AS place, key, n, plus, minus, total AS sum, squares, picked FROM (
      SELECT ${key} AS key, count() AS n, countIf(up) AS plus, countIf(down) AS minus, sum(v) AS total, sum(v * v) AS squares, ${values}
      FROM (${casesOf(counting, slice, asking, key)})
      GROUP BY key
    )`
}

/** What one counting comes to. */
export const sumCases = async (analytics: Analytics, question: CasesQuestion, asking: Asking): Promise<KeyedTally[]> =>
  (await sumSeveral(analytics, [question], asking))[0]!

/** The rank in `s` (from 1) of its own percentile: the first of `middleRanks`. */
export const rankOf = (percent: number, n: Sql): Sql => sql`toUInt64(greatest(1, intDiv(${n} * ${percent} + 99, 100)))`

function ranked(percent: number): Sql {
  const p = percent / 100
  const half = 1.96 * Math.sqrt(p * (1 - p))
  const rank = (share: number) => sql`toUInt64(greatest(1, floor((n + 1) * ${share} - ${half} * sqrt(n))))`
  const least = rankOf(percent, sql`n`)
  const middle = sql`(s[${least}] + s[${least} + if((n * ${percent}) % 100 = 0, 1, 0)]) / 2`
  return sql`[s[${rank(p)}], ${middle}, s[n + 1 - ${rank(1 - p)}]]`
}

/** The values at the lower rank, in the middle and at the upper rank. */
function pick(values: readonly number[], n: number, percent: number): readonly number[] {
  if (n > EXACT) return values
  const ranks = percentileRanks(n, percent)
  const at = (rank: number) => values[rank - 1]!
  const [one, other] = middleRanks(n, percent)
  const middle = (at(one) + at(other)) / 2
  return ranks ? [at(ranks.low), middle, at(ranks.high)] : [middle, middle, middle]
}

type RolledBy = Extract<RolledQuestion['by'], string>
const rolledBy: Partial<Record<Dimension | 'day', RolledBy>> = {
  day: 'day',
  week: 'week',
  category: 'category',
  merchant: 'merchant',
  product: 'product',
  city: 'city',
  channel: 'channel',
  aspect: 'item',
  scene: 'item',
}

/** A counting by a dimension or by day. */
export interface DaysQuestion {
  indicator: Pick<Indicator, 'id'>
  counting: Counting
  by: Dimension | 'day'
  slice: Slice
}

/** The same from the days' sums (`rollups`), all in one statement; null where what is asked for was not added up. */
export async function sumsRolled(
  analytics: Analytics,
  questions: readonly (DaysQuestion | null)[],
): Promise<(KeyedTally[] | null)[]> {
  const rolled = questions.map((question) => question && rolledOf(question))
  const asked = rolled.filter((one) => one !== null)
  const answers = await askTogether(analytics, Object.fromEntries(asked.entries()))
  return rolled.map(
    (one, place) =>
      one && answers[asked.indexOf(one)]!.map((row) => keyed(row, one.by, questions[place]!.counting.parts)),
  )
}

function rolledOf({ indicator, counting, by, slice }: DaysQuestion) {
  const rolling = rollingFor(indicator.id, counting, by)
  const grouped = rolledBy[by]
  return rolling && grouped ? { slice, rolling, by: grouped } : null
}

function keyed(row: RolledRow, by: RolledBy, parts: number | undefined): KeyedTally {
  const named = by === 'item' ? 'item' : by === 'day' || by === 'week' ? 'day' : 'key'
  const key = row[named]
  if (parts) return { key, n: row.n, plus: 0, minus: 0, sum: row.plus / parts, squares: row.minus / parts ** 2 }
  return { key, n: row.n, plus: row.plus, minus: row.minus }
}

/** One of them. */
export const sumRolled = async (analytics: Analytics, question: DaysQuestion): Promise<KeyedTally[] | null> =>
  (await sumsRolled(analytics, [question]))[0]!

/** Where a tenant's orders never tell of a return, its rate is unknown rather than nought. */
export async function isSilent(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  rows: readonly Tally[],
): Promise<boolean> {
  if (!indicator.counting.needsReturns || rows.some(({ plus }) => plus > 0)) return false
  return !(await recordsReturns(analytics, slice.tenant))
}
