import { addDays } from '../../core/clock.ts'
import type { Change, Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Slice, wholeSlice, within } from '../slice.ts'
import { compareParts, judge } from './compare.ts'
import type { Funnel } from './definition.ts'
import { walks } from './walks.ts'

/** Something that some did and others did not: its share among the lost, among those who went on, and the difference. */
interface Beside {
  key: string
  lost: Estimate
  went: Estimate
  change: Change | null
}

interface DroppedVoice {
  id: string
  day: string
  at: number
  text: string
  /** False: it was written by somebody who went on. */
  lost: boolean
}

export interface DropOff {
  /** Sessions or customers whose window has closed: those who came no further, those who took the next step. */
  lost: number
  went: number
  /** Of the lost, who did nothing more at all within the window. */
  left: Estimate
  /** Events between the step and the next one; for the lost, until the window closed. */
  did: Beside[]
  /** Of the customers who are known by name: how many, and how many wrote within seven days. */
  customers: { lost: number; went: number }
  wrote: Beside
  /** What customers complained of within seven days, by aspect. */
  said: Beside[]
  voices: DroppedVoice[]
}

export interface DropOffQuestion {
  slice: Slice
  funnel: Funnel
  /** The last step that the lost reached, from 0. */
  step: number
  knownUntil: number
}

/** Voices that are written so much later are no longer taken to be about it. */
const SAID_WITHIN_DAYS = 7
const DAY_MS = 86_400_000
const MOST = 12
const MOST_VOICES = 5

/** What those who came no further than a step did next and wrote afterwards, beside those who went on. A comparison, not a cause. */
export async function measureDropOff(analytics: Analytics, question: DropOffQuestion): Promise<DropOff> {
  const fallen = partingAt(question)
  const [sizes, did, customers, said, voices] = await Promise.all([
    analytics.query<{ went: number; n: number }>(sql`SELECT went, count() AS n FROM (${fallen}) GROUP BY went`),
    analytics.query<Counted>(nextEvents(question, fallen)),
    analytics.query<{ went: number; n: number }>(
      sql`SELECT went, count() AS n FROM (${byCustomer(fallen)}) GROUP BY went`,
    ),
    analytics.query<Counted>(complaints(question, fallen)),
    analytics.query<DroppedVoice>(voicesAfter(question, fallen)),
  ])
  const [lost, went] = sideSizes(sizes)
  const [lostCustomers, wentCustomers] = sideSizes(customers)
  const active = did.find(({ key, went: side }) => key === '' && side === 0)?.n ?? 0
  const spoke = besides(said, lostCustomers, wentCustomers)
  const wrote =
    spoke.find(({ key }) => key === '') ?? besides([{ key: '', went: 0, n: 0 }], lostCustomers, wentCustomers)[0]!
  return {
    lost,
    went,
    left: wilson(lost - active, lost),
    did: besides(
      did.filter(({ key }) => key !== ''),
      lost,
      went,
    ).slice(0, MOST),
    customers: { lost: lostCustomers, went: wentCustomers },
    wrote,
    said: spoke.filter(({ key }) => key !== '').slice(0, MOST),
    voices: voices.map((one) => ({ ...one, at: Number(one.at), lost: Boolean(one.lost) })),
  }
}

interface Counted {
  key: string
  went: number
  n: number
}

const sideSizes = (rows: readonly { went: number; n: number }[]): [number, number] => [
  rows.find(({ went }) => went === 0)?.n ?? 0,
  rows.find(({ went }) => went === 1)?.n ?? 0,
]

/** The units that reached the step, with `went` (took the next one) and the time between. Who may still go on is left out. */
function partingAt({ slice, funnel, step, knownUntil }: DropOffQuestion): Sql {
  const windowMs = funnel.windowMinutes * 60_000
  const here = sql`arrayReduce('max', arraySlice(times, 1, ${step + 1}))`
  return sql`
    SELECT unit, customer, depth > ${step + 1} AS went, ${here} AS since,
      if(went = 1, times[${step + 2}], times[1] + ${windowMs}) AS until
    FROM (${walks({ slice, funnel })})
    WHERE depth > ${step} AND (depth > ${step + 1} OR times[1] + ${windowMs} <= ${knownUntil})`
}

function nextEvents({ slice, funnel }: DropOffQuestion, fallen: Sql): Sql {
  const unit = trusted(funnel.unit === 'session' ? 'session' : 'customer_ref')
  const days = following(slice, Math.ceil(funnel.windowMinutes / 1_440))
  return sql`
    SELECT arrayJoin(['', name]) AS key, went, uniqExact(unit) AS n
    FROM (SELECT ${unit} AS unit, at, toString(name) AS name FROM events WHERE ${within(days, 'events')} AND unit != '') AS happened
    GLOBAL ALL INNER JOIN (${fallen}) AS fallen USING (unit)
    WHERE at > since AND at < until GROUP BY key, went`
}

/** A customer who went on once is no lost one. */
const byCustomer = (fallen: Sql): Sql => sql`
  SELECT customer, max(went) AS went, min(since) AS since FROM (${fallen}) WHERE customer != '' GROUP BY customer`

const soon = sql`at > since AND at < since + ${SAID_WITHIN_DAYS * DAY_MS}`

function complaints(question: DropOffQuestion, fallen: Sql): Sql {
  return sql`
    SELECT arrayJoin(arrayConcat([''], complained)) AS key, went, uniqExact(customer) AS n
    FROM (SELECT customer_ref AS customer, at, arrayMap(one -> toString(one), negative_aspects) AS complained
      FROM voices WHERE ${saidWithin(question)}) AS told
    GLOBAL ALL INNER JOIN (${byCustomer(fallen)}) AS people USING (customer)
    WHERE ${soon} GROUP BY key, went`
}

function voicesAfter(question: DropOffQuestion, fallen: Sql): Sql {
  return sql`
    SELECT id, local_day AS day, at, text, went = 0 AS lost
    FROM (SELECT id, toString(day) AS local_day, customer_ref AS customer, at, text FROM voices
      WHERE ${saidWithin(question)} AND sentiment = 'negative' AND text != '') AS told
    GLOBAL ALL INNER JOIN (${byCustomer(fallen)}) AS people USING (customer)
    WHERE ${soon} ORDER BY at, id LIMIT ${MOST_VOICES} BY lost`
}

function saidWithin({ slice, funnel }: DropOffQuestion): Sql {
  const days = following(ofTenant(slice.tenant, slice), Math.ceil(funnel.windowMinutes / 1_440) + SAID_WITHIN_DAYS)
  return sql`${within(days, 'voices')} AND customer_ref != '' AND speaker = 'customer'`
}

const ofTenant = (tenant: TenantId, { from, to }: Slice): Slice => wholeSlice(tenant, from, to)
const following = (slice: Slice, days: number): Slice => ({ ...slice, to: addDays(slice.to, days) })

/** Shares of both sides by key, the largest certain differences first. */
function besides(counted: readonly Counted[], lost: number, went: number): Beside[] {
  const keys = [...new Set(counted.map(({ key }) => key))]
  const of = (key: string, side: number) => counted.find((one) => one.key === key && one.went === side)?.n ?? 0
  const compared = keys.map((key) => compareParts({ k: of(key, 0), n: lost }, { k: of(key, 1), n: went }))
  const changes = judge(compared)
  return keys
    .map((key, i) => ({ key, lost: wilson(of(key, 0), lost), went: wilson(of(key, 1), went), change: changes[i]! }))
    .sort((one, other) => weight(other) - weight(one) || one.key.localeCompare(other.key))
}

/** First what the lost did more, by the difference that is certain at least; then what is within chance, the commonest first; last what they did less. */
function weight({ lost, change }: Beside): number {
  if (!change?.moreThanChance) return lost.value ?? 0
  return change.value > 0 ? 2 + change.low : change.high
}
