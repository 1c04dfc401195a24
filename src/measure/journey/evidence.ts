import { type ShownFigure, type Stage, stages, touchpoints } from '../../core/touchpoint.ts'
import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Counting } from '../indicators/define.ts'
import { answersBadly, answersWell, askedFor, isAnswer } from './answered.ts'
import { ordersFrom, refundedOrders, settledOrders } from './evidence-orders.ts'
import { heldUpAt, visitsWalked } from './evidence-visits.ts'
import { clickPath, REFUND_WITHIN_DAYS } from './path.ts'
import { isTimedAnswer, minutesToAnswer } from './served.ts'
import { endsAt, goesOn, isThere, leaves } from './walked.ts'

interface Place {
  /** Of the touchpoint, or of the stage. */
  id: string
  /** Aspects that belong to the touchpoint. */
  aspects: readonly string[]
  answerWithinMinutes: number
}

/**
 * How the cases behind a figure of the map are counted, so that they can be read one by one: as many as the figure's n, with those that
 * count into its share counting up (praise, who went on, who was held up). Null where the map has no such figure.
 */
export function countingOf(figure: ShownFigure, { id, aspects, answerWithinMinutes }: Place): Counting | null {
  if (figure === 'stage') return stages.some((stage) => stage === id) ? stageCounting(id as Stage) : null
  if (!touchpoints.some((one) => one.id === id)) return null
  switch (figure) {
    case 'sentiment':
      return mentionsOf(aspects)
    case 'nps':
      return answersAbout(aspects, 'nps')
    case 'csat':
      return answersAbout(aspects, 'other')
    case 'ces':
      return answersAbout(aspects, 'ces')
    case 'into':
      return wayTo(id)
    case 'exits':
      return onPath(id, (place) => visitsWalked({ of: isThere(place), up: endsAt(place) }))
    case 'friction':
      return frictionAt(id, answerWithinMinutes)
  }
}

const onPath = (id: string, made: (place: number) => Counting | null): Counting | null => {
  const place = (clickPath as readonly string[]).indexOf(id)
  return place < 0 ? null : made(place)
}

function frictionAt(id: string, answerWithinMinutes: number): Counting {
  switch (id) {
    case 'fulfil.ship':
      return ordersFrom({ of: sql`dispatchDue`, up: sql`dispatchLate` })
    case 'fulfil.deliver':
      return ordersFrom({ of: sql`deliveryPromised`, up: sql`deliveryLate` })
    case 'fulfil.install':
      return ordersFrom({ of: sql`fittingPromised`, up: sql`fittingLate` })
    case 'aftersale.refund':
      return refundedOrders(sql`(paid_at = 0 OR paid_at > asked_at + ${REFUND_WITHIN_DAYS * 86_400_000})`)
    case 'browse.enquiry':
    case 'aftersale.service':
      return lateAnswers(id, answerWithinMinutes)
    default:
      return heldUpAt(id)
  }
}

/** The way that leads to a touchpoint: those at the one before it, and of them those who came. */
function wayTo(id: string): Counting | null {
  switch (id) {
    case 'fulfil.ship':
      return ordersFrom({ of: sql`NOT isYoung`, up: sql`isShipped` })
    case 'fulfil.deliver':
      return ordersFrom({ of: sql`NOT isYoung AND isShipped`, up: sql`isDelivered` })
    case 'fulfil.install':
      return ordersFrom({ of: sql`NOT isYoung AND isDelivered AND fitting`, up: sql`isInstalled` })
    case 'aftersale.service':
      return ordersFrom({ of: sql`NOT isYoung AND isDelivered`, up: sql`contacted` })
    case 'aftersale.return':
      return ordersFrom({ of: sql`isClosed`, up: sql`isReturned` })
    case 'aftersale.refund':
      return refundedOrders(sql`paid_at > 0`)
    default:
      return onPath(id, (place) =>
        place === 0 ? null : visitsWalked({ of: isThere(place - 1), up: goesOn(place - 1) }),
      )
  }
}

function stageCounting(stage: Stage): Counting {
  switch (stage) {
    case 'browse':
    case 'trade':
      return visitsWalked({ of: leaves[stage].of, up: leaves[stage].well })
    case 'fulfil':
      return ordersFrom({ of: sql`deliveryPromised`, up: sql`NOT deliveryLate` })
    case 'aftersale':
      return settledOrders
  }
}

const mentionsOf = (aspects: readonly string[]): Counting => ({
  table: 'mentions',
  rows: () => (aspects.length > 0 ? sql`aspect IN ${aspects}` : sql`0`),
  plus: () => sql`polarity = 'positive'`,
  minus: () => sql`polarity = 'negative'`,
})

/** Answers of those who speak of it, each voice once however many of its aspects it names. */
const answersAbout = (aspects: readonly string[], question: 'nps' | 'ces' | 'other'): Counting => {
  const spoken: Sql =
    aspects.length > 0 ? sql`hasAny(aspects, [${join(aspects.map((aspect) => sql`${aspect}`))}])` : sql`0`
  return {
    table: 'voices',
    rows: () => sql`${isAnswer} AND ${askedFor} = ${question} AND ${spoken}`,
    plus: () => answersWell,
    minus: () => answersBadly,
  }
}

const lateAnswers = (touchpoint: string, minutes: number): Counting => ({
  table: 'events',
  rows: () => sql`${isTimedAnswer} AND touchpoint = ${touchpoint}`,
  plus: () => sql`${minutesToAnswer} > ${minutes}`,
})
