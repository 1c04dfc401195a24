import { sql } from '../../store/clickhouse/sql.ts'
import type { Counting } from './define.ts'

/** Scales of one to ten steps divide it, so that their ratings are not rounded; others are, by 0.0002 at most. */
const PARTS = 2_520

/** The value of a rating on a scale from `low` to `high`, whatever its own scale is. */
export const stretched = (low: number, high: number): Pick<Counting, 'value' | 'parts'> => ({
  value: () =>
    sql`round(assumeNotNull(${low} + ${high - low} * (rating - rating_min) / (rating_max - rating_min)) * ${PARTS}) / ${PARTS}`,
  parts: PARTS,
})
