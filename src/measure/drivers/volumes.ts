import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, sql } from '../../store/clickhouse/sql.ts'
import { withBefore, within } from '../slice.ts'
import { type CaseQuestion, partOf, scopes } from './cases.ts'
import { operations } from './operations.ts'

/** How many voices carry each complaint (or how many orders each fact), now and in the period before. */
export interface VolumeRow {
  current: 0 | 1
  category: string
  factor: string
  aspect: string
  scene: string
  n: number
}

export function complaintVolumes(analytics: Analytics, question: CaseQuestion): Promise<VolumeRow[]> {
  return analytics.query(sql`
    SELECT current, case_category AS category, 'aspect' AS factor, aspect, scope AS scene, uniqExact(voice_id) AS n
    FROM (
      SELECT ${partOf(question, 'day')} >= 2 AS current, category AS case_category, aspect, ${scopes} AS scope, voice_id
      FROM mentions WHERE ${within(withBefore(question.slice), 'mentions')} AND polarity = 'negative'
    )
    GROUP BY current, category, aspect, scene`)
}

export function operationVolumes(analytics: Analytics, question: CaseQuestion): Promise<VolumeRow[]> {
  const states = operations.map(({ id, state }) => sql`if(${state(question, question.slice.tenant)} = 2, ${id}, '')`)
  return analytics.query(sql`
    SELECT current, case_category AS category, factor, '' AS aspect, '' AS scene, uniqExact(order_id) AS n
    FROM (
      SELECT ${partOf(question, 'ordered_day')} >= 2 AS current, category AS case_category, order_id,
        arrayJoin([${join(states)}]) AS factor
      FROM orders FINAL WHERE ${within(withBefore(question.slice), 'orders')}
    )
    WHERE factor != ''
    GROUP BY current, category, factor`)
}
