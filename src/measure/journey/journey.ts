import { FEW } from '../../core/estimate.ts'
import { type Stage, stages } from '../../core/touchpoint.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { readMarks } from '../../store/clickhouse/marks.ts'
import type { Asking } from '../indicators/define.ts'
import { askTogether, type RolledRow } from '../rollups/read.ts'
import { around, type Slice } from '../slice.ts'
import { askSaid, scoresOf, type TouchpointScore } from '../touchpoints.ts'
import { type Answers, answersAt, askAnswers } from './answers.ts'
import type { Counted } from './counted.ts'
import { askHeldUp, type HeldUp, heldUpAt } from './friction.ts'
import { measureOrders, type OrdersOnTheWay, recordsOf, sinceOrdered } from './orders.ts'
import { type FrictionKind, type Traveller, ways } from './path.ts'
import { askSeen, type Seen, seenAt } from './seen.ts'
import {
  askLateAnswers,
  askRefunds,
  askResolved,
  lateAnswersAt,
  type Refunds,
  refundsOf,
  resolvedOf,
} from './support.ts'
import { type Figure, judgeTogether, netFigure, netP, type Silence, shareFigure, silent } from './trend.ts'
import { askVisits, type Visits, visitsOf } from './visits.ts'

/** From one touchpoint to the next: which share of those at `from` comes to `to`. */
interface Passage {
  from: string
  to: string
  by: Traveller
  /** Whether more is better. */
  wanted: boolean
  figure: Figure
}

interface Friction {
  /** The share of visitors or orders that were held up, and by what, most first. */
  figure: Figure
  by: Traveller | 'conversations'
  kinds: { kind: FrictionKind; n: number }[]
}

export interface TouchpointOnMap {
  id: string
  stage: Stage
  /** Net sentiment of what is said about it, −1 to 1. */
  sentiment: Figure
  /** What those who speak of it answered when asked: NPS, the share of satisfied, the share who found it easy. */
  nps: Figure
  csat: Figure
  ces: Figure
  /** Events and distinct visitors; null where nothing at this touchpoint is recorded. */
  events: number | null
  visitors: number | null
  into: Passage[]
  onward: Passage[]
  friction: Friction
  /** Visitors whose visit ended here without a purchase. */
  exits: Figure
  topAspects: TouchpointScore['topAspects']
}

interface StageOnMap {
  stage: Stage
  /** `continued` to the trade, `bought`, `on_time`, `resolved` by one contact. */
  measure: 'continued' | 'bought' | 'on_time' | 'resolved'
  by: Traveller | 'contacts'
  figure: Figure
}

export interface Journey {
  stages: StageOnMap[]
  touchpoints: TouchpointOnMap[]
}

export interface JourneyAsking extends Asking {
  places: ReadonlyMap<string, string>
  /** A first answer later than this holds the customer up. */
  answerWithinMinutes: number
  /** False where the data do not reach back over the whole period before: then nothing is compared. */
  comparable: boolean
}

/** What is asked of the days' sums. */
type Asked = ('said' | 'answers' | 'visits' | 'seen') | ('heldUp' | 'lateAnswers' | 'refunds' | 'resolved')

interface Measured {
  answers: ReadonlyMap<string, Answers>
  visits: Visits
  seen: ReadonlyMap<string, Seen>
  orders: OrdersOnTheWay
  heldUp: ReadonlyMap<string, HeldUp>
  lateAnswers: ReadonlyMap<string, Counted>
  refunds: Refunds
  resolved: Counted
}

/**
 * The whole map over a slice, against the period of the same length before it. The marks and the records are asked first; then the orders,
 * and all that days are added up for in one statement.
 */
export async function measureJourney(analytics: Analytics, slice: Slice, asking: JourneyAsking): Promise<Journey> {
  const questions = {
    said: askSaid(slice),
    answers: askAnswers(slice),
    visits: askVisits(slice),
    seen: askSeen(slice),
    heldUp: askHeldUp(slice),
    lateAnswers: askLateAnswers(slice),
    refunds: askRefunds(slice, asking),
    resolved: askResolved(slice, asking),
  }
  const [marks, records] = await Promise.all([
    readMarks(analytics, around([...Object.values(questions).map((one) => one.slice), sinceOrdered(slice, asking)])),
    recordsOf(analytics, slice.tenant),
  ])
  const [rows, orders] = await Promise.all([
    askTogether(analytics, questions, marks),
    measureOrders(analytics, slice, asking, { marks, records }),
  ])
  return drawn(rows, orders, asking)
}

function drawn(
  rows: Readonly<Record<Asked, readonly RolledRow[]>>,
  orders: OrdersOnTheWay,
  { places, answerWithinMinutes, comparable }: JourneyAsking,
): Journey {
  const visits = visitsOf(rows.visits)
  const seen = seenAt(rows.seen, visits)
  const measured: Measured = {
    answers: answersAt(rows.answers, places),
    visits,
    seen,
    orders,
    heldUp: heldUpAt(rows.heldUp, seen),
    lateAnswers: lateAnswersAt(rows.lateAnswers, answerWithinMinutes),
    refunds: refundsOf(rows.refunds),
    resolved: resolvedOf(rows.resolved),
  }
  const passages = ways.map((way) => ({ ...way, figure: passageFigure(way.to, way.from, measured) }))
  const journey: Journey = {
    stages: stages.map((stage) => stageOf(stage, measured)),
    touchpoints: scoresOf(rows.said, (aspect) => places.get(aspect)).map((score) => onMap(score, passages, measured)),
  }
  const figures = figuresOf(journey, passages)
  if (comparable) judgeTogether(figures)
  else for (const figure of figures) Object.assign(figure, { change: null, q: null })
  return journey
}

const figuresOf = (journey: Journey, passages: readonly Passage[]): Figure[] => [
  ...journey.stages.map(({ figure }) => figure),
  ...passages.map(({ figure }) => figure),
  ...journey.touchpoints.flatMap((one) => [
    ...[one.sentiment, one.nps, one.csat, one.ces],
    ...[one.friction.figure, one.exits],
  ]),
]

function onMap(row: TouchpointScore, passages: Passage[], measured: Measured): TouchpointOnMap {
  const { id, stage } = row
  const answers = measured.answers.get(id)
  const seen = measured.seen.get(id)
  return {
    id,
    stage,
    sentiment: sentimentOf(row),
    nps: answers ? netFigure(answers.nps.now, answers.nps.before, 100, 'no_answers') : silent('no_answers'),
    csat: answers ? shareFigure(answers.csat, 'no_answers') : silent('no_answers'),
    ces: answers ? shareFigure(answers.ces, 'no_answers') : silent('no_answers'),
    events: seen ? seen.events : null,
    visitors: seen ? seen.visitors.now : null,
    into: passages.filter(({ to }) => to === id),
    onward: passages.filter(({ from }) => from === id),
    friction: frictionOf(id, measured),
    exits: exitsOf(id, measured.visits),
    topAspects: row.topAspects,
  }
}

function sentimentOf({ score, previousScore, change }: TouchpointScore): Figure {
  if (score.value === null) return { ...silent('no_mentions'), previous: previousScore }
  const kept = score.n >= FEW && previousScore.n >= FEW ? change : null
  return { estimate: score, previous: previousScore, change: kept, q: kept && netP(kept), silence: null }
}

function passageFigure(to: string, from: string, { visits, orders, refunds }: Measured): Figure {
  const { records } = orders
  const young: Silence = orders.orders ? 'too_recent' : 'no_orders'
  const ofOrders = (counted: Counted, recorded: boolean) =>
    recorded ? shareFigure(counted, young) : silent('not_recorded')
  switch (to) {
    case 'fulfil.ship':
      return ofOrders(orders.shipped, records.dispatch)
    case 'fulfil.deliver':
      return ofOrders(orders.delivered, records.delivery)
    case 'fulfil.install':
      return orders.orders ? shareFigure(orders.installed, 'no_promise') : silent('no_orders')
    case 'aftersale.service':
      return ofOrders(orders.contacted, records.contacts && records.delivery)
    case 'aftersale.return':
      return ofOrders(orders.returned, records.returns && records.delivery)
    case 'aftersale.refund':
      return refunds.recorded ? shareFigure(refunds.paid, 'too_recent') : silent('not_recorded')
    default:
      return visits.seen.has(to) && visits.seen.has(from)
        ? shareFigure(visits.steps.get(from)!, 'no_visitors')
        : silent('not_recorded')
  }
}

function frictionOf(id: string, { orders, heldUp, lateAnswers, refunds }: Measured): Friction {
  const late = (counted: Counted, by: Friction['by'], silence: Silence): Friction => ({
    figure: shareFigure(counted, silence),
    by,
    kinds: counted.now.hits > 0 ? [{ kind: 'late', n: counted.now.hits }] : [],
  })
  switch (id) {
    case 'fulfil.ship':
      return orders.records.dispatch
        ? late(orders.lateDispatch, 'orders', 'no_orders')
        : late(empty, 'orders', 'not_recorded')
    case 'fulfil.deliver':
      return orders.records.delivery
        ? late(orders.lateDelivery, 'orders', 'no_promise')
        : late(empty, 'orders', 'not_recorded')
    case 'fulfil.install':
      return late(orders.lateInstallation, 'orders', 'no_promise')
    case 'browse.enquiry':
    case 'aftersale.service':
      return late(lateAnswers.get(id) ?? empty, 'conversations', 'not_recorded')
    case 'aftersale.refund':
      return refunds.recorded ? late(refunds.late, 'orders', 'too_recent') : late(empty, 'orders', 'not_recorded')
  }
  const visited = heldUp.get(id)
  if (!visited?.watched || visited.held.now.n === 0)
    return { figure: silent(visited?.watched ? 'no_visitors' : 'not_recorded'), by: 'visitors', kinds: [] }
  return { figure: shareFigure(visited.held, 'no_visitors'), by: 'visitors', kinds: mostFirst(visited.kinds) }
}

const empty: Counted = { now: { hits: 0, n: 0 }, before: { hits: 0, n: 0 } }
const mostFirst = (kinds: Friction['kinds']) => [...kinds].sort((one, other) => other.n - one.n)

/** Leaving is only told from a way on which people are followed: where no purchase is recorded, everybody would seem to leave. */
function exitsOf(id: string, { exits, seen, purchases }: Visits): Figure {
  const counted = exits.get(id)
  if (!counted) return silent('off_the_way')
  return seen.has(id) && purchases ? shareFigure(counted, 'no_visitors') : silent('not_recorded')
}

/** How a stage as a whole is left: by going on, by buying, by an order in time, by being helped at once. */
function stageOf(stage: Stage, { visits, orders, resolved }: Measured): StageOnMap {
  switch (stage) {
    case 'browse': {
      const followed =
        visits.seen.has('trade.cart') || visits.seen.has('trade.checkout') || visits.seen.has('trade.pay')
      const figure = followed ? shareFigure(visits.browse, 'no_visitors') : silent('not_recorded')
      return { stage, measure: 'continued', by: 'visitors', figure }
    }
    case 'trade': {
      const figure = visits.purchases ? shareFigure(visits.trade, 'no_visitors') : silent('not_recorded')
      return { stage, measure: 'bought', by: 'visitors', figure }
    }
    case 'fulfil': {
      const inTime = ({ hits, n }: { hits: number; n: number }) => ({ hits: n - hits, n })
      const { now, before } = orders.lateDelivery
      const figure = orders.records.delivery
        ? shareFigure({ now: inTime(now), before: inTime(before) }, 'no_promise')
        : silent('not_recorded')
      return { stage, measure: 'on_time', by: 'orders', figure }
    }
    case 'aftersale':
      return { stage, measure: 'resolved', by: 'contacts', figure: shareFigure(resolved, 'not_recorded') }
  }
}
