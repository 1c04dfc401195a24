import { z } from 'zod'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { cursorAfter, placeOf } from '../cursor.ts'
import { maskedRef } from '../visitor.ts'
import { type WalkQuestion, walks } from './walks.ts'

/** A session or a customer that reached a step: when, and the moments of all the steps that it reached. */
interface ReachedRow {
  /** The session, or the customer, masked. */
  unit: string
  at: number
  times: number[]
  wentOn: boolean
}

export interface ReachedPage {
  /** How many there are on the side that is asked for. */
  total: number
  rows: ReachedRow[]
  next: string | null
}

export interface ReachedQuestion {
  walk: WalkQuestion
  /** The step that was reached, from 0. */
  step: number
  /** Which of the walks are counted, told of the columns of `walks`. */
  only?: Sql
  /** All, those who took the next step too (`up`), or those who (so far) did not (`neither`). */
  side: 'all' | 'up' | 'neither'
  cursor?: string
  limit: number
}

/** Those who reached a step, the latest first: as many as the figure counts. */
export async function readReached(
  analytics: Analytics,
  { walk, step, only = sql`1`, side, cursor, limit }: ReachedQuestion,
): Promise<Result<ReachedPage>> {
  const after = placeOf(cursor, z.tuple([z.number(), z.string()]), 'this step')
  if (!after.ok) return after
  const wentOn = sql`(depth > ${step + 1})`
  const sides = { all: sql`1`, up: wentOn, neither: sql`NOT ${wentOn}` }
  const there = sql`
    SELECT unit, toString(cityHash64(unit)) AS mark, times[${step + 1}] AS reached_at, times AS moments, ${wentOn} AS went_on FROM (${walks(walk)})
    WHERE depth > ${step} AND (${only}) AND ${sides[side]}`
  const place = after.value
  const further = place ? sql`(reached_at, mark) < (${place[0]}, ${place[1]})` : sql`1`
  const [counts, rows] = await Promise.all([
    analytics.query<{ total: number }>(sql`SELECT count(reached_at) AS total FROM (${there})`),
    analytics.query<Stored>(sql`
      SELECT unit, mark, reached_at, moments, went_on FROM (${there}) WHERE ${further}
      ORDER BY reached_at DESC, mark DESC LIMIT ${limit + 1}`),
  ])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return ok({
    total: counts[0]!.total,
    rows: page.map((row) => toRow(row, walk)),
    next: last && rows.length > limit ? cursorAfter([Number(last.reached_at), last.mark]) : null,
  })
}

interface Stored {
  unit: string
  /** Tells units apart in a cursor, which goes to the console: there a customer is masked. */
  mark: string
  reached_at: number
  moments: number[]
  went_on: number
}

const toRow = ({ unit, reached_at, moments, went_on }: Stored, { funnel }: WalkQuestion): ReachedRow => ({
  unit: funnel.unit === 'customer' ? maskedRef(unit) : unit,
  at: Number(reached_at),
  times: moments.map(Number).filter((time) => time > 0),
  wentOn: went_on === 1,
})
