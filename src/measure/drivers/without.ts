import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { type Slice, within } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import { aboutOf, stateOf } from './factor.ts'
import { type OrderOutcomeId, orderOutcomes } from './order-outcomes.ts'
import type { Outcome } from './outcomes.ts'
import { asQuote, diverse, type Known, outcomeOf, type Quote, type QuoteQuestion } from './quotes.ts'
import { ordersFor, outcomesOfOrders, type Said, textsOf } from './said.ts'
import { touchpointsOf } from './sentences.ts'

/**
 * Counter-examples of the other kind: words of customers whose case had the outcome without the factor, such as returns of heaters of
 * whose noise nobody complained. What they complain of instead is quoted; a reason for a return may stand here, for nothing is counted.
 */
export async function quotesWithout(
  analytics: Analytics,
  question: QuoteQuestion,
  candidate: Candidate,
  outcome: Outcome,
): Promise<Quote[]> {
  const slice = candidate.category === '' ? question.slice : { ...question.slice, category: [candidate.category] }
  const said = await saidWithout(analytics, slice, question, candidate, outcome)
  const orders =
    outcome.cases === 'orders'
      ? await outcomesOfOrders(analytics, question, outcome.id as OrderOutcomeId, said)
      : new Map<string, boolean>()
  const had = said
    .map((one): Known => ({ ...one, outcome: outcomeOf(one, outcome, orders) }))
    .filter((one) => one.outcome === true)
  const chosen = diverse(had)
  const texts = await textsOf(analytics, slice.tenant, chosen)
  return chosen.flatMap((one) => asQuote(one, texts.get(one.voiceId)))
}

function saidWithout(
  analytics: Analytics,
  slice: Slice,
  asking: QuoteQuestion,
  candidate: Candidate,
  outcome: Outcome,
): Promise<Said[]> {
  const cases =
    outcome.cases === 'orders'
      ? sql`order_id GLOBAL IN (${hitOrders(slice, asking, outcome.id as OrderOutcomeId)})`
      : sql`metric = ${outcome.cases} AND rating01 IS NOT NULL AND rating01 <= 0.6`
  return analytics.query<Said>(sql`
    SELECT voice_id AS voiceId, '' AS text, day, at, kind, product_id AS productId, customer_ref AS customerRef,
      order_id AS orderId, aspect, polarity, start, end, quote AS words, rating01 AS r
    FROM mentions
    WHERE ${within(slice, 'mentions')} AND polarity = 'negative' AND ${cases} AND ${notHaving(slice, asking, candidate)}
    ORDER BY confidence DESC, cityHash64(voice_id)
    LIMIT 3 BY aspect, productId
    LIMIT 200`)
}

function hitOrders(slice: Slice, asking: Asking, id: OrderOutcomeId): Sql {
  const { known, hit } = orderOutcomes[id]
  return sql`SELECT order_id FROM ${ordersFor(id, slice.tenant, within(slice, 'orders'))} WHERE ${known(asking)} AND ${hit(asking)}`
}

/** Of a complaint, also the rest of its order is left out; of a fact of the operation, only orders that could have had it are taken. */
function notHaving(slice: Slice, { names, ...asking }: QuoteQuestion, candidate: Candidate): Sql {
  const state = stateOf(candidate, asking, slice.tenant)
  if (state)
    return sql`order_id GLOBAL IN (SELECT order_id FROM orders FINAL WHERE ${within(slice, 'orders')} AND ${state} = 1)`
  const complaints = sql`FROM mentions WHERE ${within(slice, 'mentions')} AND ${aboutOf({ ...candidate, scene: '' }, slice.tenant, touchpointsOf(names))} AND polarity = 'negative'`
  return sql`voice_id GLOBAL NOT IN (SELECT voice_id ${complaints})
    AND (order_id = '' OR order_id GLOBAL NOT IN (SELECT order_id ${complaints}))`
}
