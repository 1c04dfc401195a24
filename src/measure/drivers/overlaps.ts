import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { within } from '../slice.ts'
import {
  type CaseQuestion,
  complaining,
  complaints,
  eachOutcome,
  orderMoments,
  saidBefore,
  told,
  voiceMoments,
} from './cases.ts'
import type { Counts } from './outcomes.ts'

/** How many cases complain of two aspects at once, and how those fared. */
export type OverlapRow = Counts & { category: string; metric: string; aspect: string; other: string }

// Two equal expressions would be one to the engine, and every aspect its own companion.
const pairs = sql`arrayJoin(aspects) AS aspect, arrayJoin(arrayReverse(aspects)) AS other`

export function overlappingVoices(analytics: Analytics, question: CaseQuestion): Promise<OverlapRow[]> {
  return analytics.query(sql`
    SELECT category, metric, aspect, other, ${voiceMoments}
    FROM (
      SELECT category, case_metric AS metric, ${pairs}, r FROM (
        SELECT voice_id, any(metric) AS case_metric, category, groupUniqArray(pair.1) AS aspects, any(toFloat64(rating01)) AS r
        FROM (SELECT *, ${told(question)} AS pair FROM mentions
          WHERE ${within(question.slice, 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL)
        GROUP BY voice_id, category HAVING length(aspects) > 1
      )
    ) WHERE aspect != other GROUP BY category, metric, aspect, other`)
}

export function overlappingOrders(analytics: Analytics, question: CaseQuestion): Promise<OverlapRow[]> {
  return analytics.query(sql`
    SELECT line_category AS category, '' AS metric, aspect, other, ${orderMoments}
    FROM (
      SELECT line_category, money, paid, ${pairs}, ${eachOutcome((id) => [`k_${id}`, `h_${id}`])} FROM (
        SELECT order_id, line, any(case_category) AS line_category, any(case_money) AS money, any(case_paid) AS paid,
          groupUniqArray(pair.1) AS aspects, ${saidBefore}
        FROM (${complaints(question)}) AS said
        GLOBAL ALL INNER JOIN (SELECT *, money AS case_money, paid AS case_paid FROM (${complaining(question)}) WHERE part >= 2) AS lines
          USING (order_id)
        WHERE said_product = '' OR said_product = case_product
        GROUP BY order_id, line HAVING length(aspects) > 1
      )
    ) WHERE aspect != other GROUP BY category, aspect, other`)
}
