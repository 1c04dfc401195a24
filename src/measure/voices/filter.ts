import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Candidate } from '../drivers/candidate.ts'
import { aboutOf, stateOf } from '../drivers/factor.ts'
import { findOutcome } from '../drivers/outcomes.ts'
import type { Asking } from '../indicators/define.ts'
import { cameBack } from '../returns.ts'
import { type Facet, isOf } from '../rollups/facet.ts'
import { type Slice, within } from '../slice.ts'

/** Which voices to read. Empty and absent filters are no filters; values of one filter are alternatives, filters add up. */
export interface VoiceFilter {
  kind?: readonly string[]
  /** Together with `aspect`, the polarity with which the aspect is mentioned; alone, that of the whole voice. */
  sentiment?: readonly string[]
  aspect?: readonly string[]
  /** Together with `aspect`, the scene in which the aspect is mentioned. */
  scene?: readonly string[]
  emotion?: readonly string[]
  /** Voices that want one of these. */
  intent?: readonly string[]
  urgency?: readonly string[]
  speaker?: readonly string[]
  /** Words that the text contains, whatever their case. */
  text?: string
  orderId?: string
  metric?: string
  /** The bottom or top quarter of the scale: 1–2 or 4–5 of 5, detractors or promoters of an NPS. */
  rating?: 'low' | 'high'
  /** Only voices about orders that came back within the return window. */
  returned?: boolean
  /** Only voices that carry a driver. */
  driver?: Candidate
  /** The touchpoint of each aspect, for a driver that is one. */
  touchpoints?: ReadonlyMap<string, string>
}

const ofAny = (by: Facet, values: readonly string[] = []): Sql[] => (values.length > 0 ? [isOf({ by, values })] : [])

/** The filter and its slice as a condition on `voices`. `asOf` is needed by drivers that are facts of the operation. */
export function chosen(slice: Slice, filter: VoiceFilter, asking: Asking): Sql {
  const conditions = [within(slice, 'voices')]
  for (const by of ['kind', 'emotion', 'urgency', 'intent'] as const) conditions.push(...ofAny(by, filter[by]))
  if (filter.speaker && filter.speaker.length > 0) conditions.push(sql`speaker IN ${filter.speaker}`)
  if (filter.text) conditions.push(sql`positionCaseInsensitiveUTF8(text, ${filter.text}) > 0`)
  if (filter.orderId) conditions.push(sql`order_id = ${filter.orderId}`)
  if (filter.metric) conditions.push(sql`metric = ${filter.metric}`)
  if (filter.rating) conditions.push(rated(filter.rating))
  if (filter.returned) conditions.push(cameBackLater(slice, asking))
  conditions.push(...mentioned(slice, filter))
  if (filter.driver) conditions.push(carries(slice, filter.driver, filter.touchpoints ?? new Map(), asking))
  return join(conditions, sql` AND `)
}

function cameBackLater(slice: Slice, asking: Asking): Sql {
  return sql`order_id != '' AND order_id GLOBAL IN (SELECT order_id FROM orders FINAL WHERE tenant = ${slice.tenant} AND removed = 0 AND ${cameBack(asking)})`
}

function rated(which: 'low' | 'high'): Sql {
  const place = sql`(rating - rating_min) / (rating_max - rating_min)`
  return which === 'low'
    ? sql`rating IS NOT NULL AND ${place} <= if(metric = 'nps', 0.6, 0.25)`
    : sql`rating IS NOT NULL AND ${place} >= if(metric = 'nps', 0.9, 0.75)`
}

/** Aspect, scene and polarity are asked of one mention where an aspect is given, else of the voice. */
function mentioned(slice: Slice, { aspect = [], scene = [], sentiment = [] }: VoiceFilter): Sql[] {
  if (aspect.length === 0) return [...ofAny('sentiment', sentiment), ...ofAny('scene', scene)]
  if (scene.length === 0 && sentiment.length === 0) return ofAny('aspect', aspect)
  const mention = [within(slice, 'mentions'), sql`aspect IN ${aspect}`]
  if (scene.length > 0) mention.push(sql`scene IN ${scene}`)
  if (sentiment.length > 0) mention.push(sql`polarity IN ${sentiment}`)
  return [sql`id GLOBAL IN (SELECT voice_id FROM mentions WHERE ${join(mention, sql` AND `)})`]
}

/** The voices behind a driver: those that its volume counts, or for a fact of the operation all that are said on such orders. */
function carries(slice: Slice, candidate: Candidate, touchpoints: ReadonlyMap<string, string>, asking: Asking): Sql {
  const { outcome, category } = candidate
  const inCategory = category === '' ? sql`1` : sql`category = ${category}`
  const state = stateOf(candidate, asking, slice.tenant)
  if (state) {
    const orders = sql`SELECT order_id FROM orders FINAL WHERE tenant = ${slice.tenant} AND removed = 0 AND ${state} = 2`
    const metric = findOutcome(outcome)?.cases ?? ''
    const answers = metric === '' || metric === 'orders' ? sql`1` : sql`metric = ${metric}`
    return sql`${inCategory} AND ${answers} AND order_id != '' AND order_id GLOBAL IN (${orders})`
  }
  return sql`${inCategory} AND id GLOBAL IN (
    SELECT voice_id FROM mentions WHERE ${within(slice, 'mentions')} AND polarity = 'negative'
      AND ${aboutOf(candidate, slice.tenant, touchpoints)})`
}
