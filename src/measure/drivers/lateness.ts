import { sql } from '../../store/clickhouse/sql.ts'

/** 2 = delivered after the promised day, 1 = in time, 0 = not known. Where a shop exports no dates, its own word in the fact `late` counts. */
export const lateness = sql`multiIf(
  delivered_day IS NOT NULL AND promised_day IS NOT NULL, if(ifNull(delivered_day > promised_day, 0), 2, 1),
  visitParamExtractRaw(facts, 'late') IN ('1', 'true', '"1"', '"true"'), 2,
  visitParamExtractRaw(facts, 'late') IN ('0', 'false', '"0"', '"false"'), 1, 0)`
