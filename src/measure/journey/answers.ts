import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { noTally, type Tally } from '../indicators/define.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Counted, none } from './counted.ts'

/** What customers who speak of a touchpoint answered when they were asked: outcomes from outside the reader. */
export interface Answers {
  nps: { now: Tally; before: Tally }
  csat: Counted
  ces: Counted
}

interface Row {
  touchpoint: string
  current: 0 | 1
  npsN: number
  promoters: number
  detractors: number
  csatN: number
  satisfied: number
  cesN: number
  easy: number
}

/** The touchpoints of a voice's aspects, in SQL, each once; of an aspect that has none it is empty. */
function placesOf(places: ReadonlyMap<string, string>): Sql {
  const [aspects, touchpoints] = [[...places.keys()], [...places.values()]]
  return sql`arrayDistinct(arrayMap(aspect -> transform(toString(aspect), [${join(aspects)}], [${join(touchpoints)}], ''), aspects))`
}

/**
 * Answers of voices that mention a touchpoint, each voice once a touchpoint: NPS (9–10 less 0–6), satisfied ratings of any other question
 * or review (the top quarter of the scale), and the answers 5–7 of 7 to "was it easy". A rating is its place on its scale, 0 to 1.
 */
export async function measureAnswers(
  analytics: Analytics,
  slice: Slice,
  places: ReadonlyMap<string, string>,
): Promise<Map<string, Answers>> {
  if (places.size === 0) return new Map()
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = await analytics.query<Row>(sql`
    SELECT touchpoint, current,
      countIf(question = 'nps') AS npsN, countIf(question = 'nps' AND place > 0.85) AS promoters,
      countIf(question = 'nps' AND place < 0.65) AS detractors,
      countIf(question != 'nps' AND question != 'ces') AS csatN,
      countIf(question != 'nps' AND question != 'ces' AND place > 0.74) AS satisfied,
      countIf(question = 'ces') AS cesN, countIf(question = 'ces' AND place > 0.66) AS easy
    FROM (
      SELECT arrayJoin(${placesOf(places)}) AS touchpoint, day >= ${day(slice.from)} AS current, metric AS question,
        (rating - rating_min) / (rating_max - rating_min) AS place
      FROM voices WHERE ${within(both, 'voices')} AND rating IS NOT NULL AND speaker = 'customer'
    )
    GROUP BY touchpoint, current`)
  return new Map(
    [...new Set(rows.map(({ touchpoint }) => touchpoint))].map((id) => [
      id,
      answersOf(rows.filter(({ touchpoint }) => touchpoint === id)),
    ]),
  )
}

function answersOf(rows: readonly Row[]): Answers {
  const of = (current: 0 | 1) => rows.find((row) => row.current === current)
  const nps = (row: Row | undefined): Tally =>
    row ? { n: row.npsN, plus: row.promoters, minus: row.detractors } : noTally
  const csat = (row: Row | undefined) => (row ? { n: row.csatN, hits: row.satisfied } : none)
  const ces = (row: Row | undefined) => (row ? { n: row.cesN, hits: row.easy } : none)
  return {
    nps: { now: nps(of(1)), before: nps(of(0)) },
    csat: { now: csat(of(1)), before: csat(of(0)) },
    ces: { now: ces(of(1)), before: ces(of(0)) },
  }
}
