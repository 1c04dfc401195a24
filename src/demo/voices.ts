import type { VoiceInput, VoiceKind } from '../core/voice.ts'
import { DAY, HOUR } from './calendar.ts'
import { beforeReturn, mentioned, topicOf } from './felt.ts'
import type { Fate } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import { comment, gripe, question, reason, review } from './talk/compose.ts'

const REVIEW_RATE = 0.24
const FOLLOW_UP_RATE = 0.1
const NPS_REPLY_RATE = 0.115
const INSTALL_REPLY_RATE = 0.14
const QUESTION_RATE = 0.02
const DELIVERY_REPLY_RATE = 0.025

/** What every voice about an order says of itself. */
export const voiceAbout = (plan: Plan, suffix: string, kind: VoiceKind, at: number) => ({
  id: `${plan.id}-${suffix}`,
  kind,
  speaker: 'customer' as const,
  at: Math.round(at),
  // Said even where they are nothing: the parsed shape names its optional ids.
  orderId: plan.id as string | undefined,
  conversation: undefined as string | undefined,
  productId: plan.item.record.id,
  merchantId: plan.item.merchant.id,
  category: plan.item.category.name,
  customerRef: plan.person.ref,
  city: plan.person.city.name,
  channel: plan.person.channel as string,
  simulated: true,
})

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, Math.round(value)))
export const stars = (satisfaction: number): number => within(satisfaction, 1, 5)

/** Everything that the customer writes of an order outside of chats. Later than the end of the days is cut off by the caller. */
export function written(fate: Fate, root: Random): VoiceInput[] {
  const random = root.fork(`voices ${fate.plan.index}`)
  const after = root.fork(`afterwards ${fate.plan.index}`)
  const asked = questions(fate.plan, random.fork('question'))
  if (fate.cancelledAt !== null) return [...asked, ...cancelReason(fate, after)]
  return [
    ...asked,
    ...reviews(fate, random.fork('review')),
    ...recommendation(fate, random.fork('nps')),
    ...returnReason(fate, after),
    ...installationFeedback(fate, random.fork('install')),
    ...deliveryFeedback(fate, random.fork('delivery')),
  ]
}

/** Asked on the product page before buying: there is no order yet. */
function questions(plan: Plan, random: Random): VoiceInput[] {
  if (!random.chance(QUESTION_RATE)) return []
  const voice = voiceAbout(plan, 'a', 'question', plan.orderedAt - random.between(1, 40) * HOUR)
  return [{ ...voice, orderId: undefined, text: question(plan.item.category.name, random) }]
}

function reviews(fate: Fate, random: Random): VoiceInput[] {
  const { plan } = fate
  const upset = fate.troubles.some((trouble) => trouble.spoken && (trouble.effects.rating ?? 0) <= -1)
  if (!random.chance(REVIEW_RATE * plan.person.talkative + (upset ? 0.08 : 0))) return []
  const leisurely = fate.usedAt + (0.6 + 11 * random.next() ** 2) * DAY
  // Who sends it back has mostly written before that.
  const latest = random.chance(0.8) ? beforeReturn(fate) : Number.POSITIVE_INFINITY
  const at = Math.min(leisurely, Math.max(latest, fate.usedAt + 10 * HOUR))
  const rating = stars(fate.satisfaction)
  const text = review(topicOf(fate, rating, mentioned(fate, at, random)), random)
  const first = { ...voiceAbout(plan, 'r', 'review', at), text, rating }
  if (!random.chance(FOLLOW_UP_RATE)) return [first]
  const later = at + random.between(6, 24) * DAY
  const again = comment(topicOf(fate, rating, mentioned(fate, later, random)), random)
  const opening = random.pick(['追评：', '用了一段时间来追评，', '', '再来说说，', '追加：', '半个月后：'])
  return [first, { ...voiceAbout(plan, 'f', 'follow_up_review', later), text: opening + again }]
}

function recommendation(fate: Fate, random: Random): VoiceInput[] {
  if (!random.chance(NPS_REPLY_RATE * fate.plan.person.talkative)) return []
  const at = fate.usedAt + random.between(2.5, 5) * DAY
  const rating = within(fate.loyalty, 0, 10)
  const asStars = rating >= 9 ? 5 : rating >= 7 ? 4 : rating >= 5 ? 3 : 2
  const text = random.chance(0.6) ? comment(topicOf(fate, asStars, mentioned(fate, at, random)), random) : ''
  const facts = { tier: fate.plan.person.tier }
  return [{ ...voiceAbout(fate.plan, 'n', 'survey', at), metric: 'nps', rating, text, channel: 'sms', facts }]
}

function returnReason(fate: Fate, random: Random): VoiceInput[] {
  if (fate.returnedAt === null) return []
  const { returnCause: cause } = fate
  // Who never speaks of it does not say so here either: "no reason given".
  const stated = cause?.spoken || random.chance(0.4) ? cause : null
  const text = reason(topicOf(fate, 2, []), stated, random)
  return [{ ...voiceAbout(fate.plan, 'b', 'return_reason', fate.returnedAt), text }]
}

function cancelReason(fate: Fate, random: Random): VoiceInput[] {
  if (!random.chance(0.7)) return []
  const slow = fate.troubles.find((each) => each.installDelayDays || each.deliveryDelayDays)
  const why = slow
    ? gripe(topicOf(fate, 2, []), slow, random)
    : random.pick([
        '不想要了',
        '拍错了',
        '地址填错了',
        '别家更便宜',
        '信息填错，重新拍',
        '行程有变',
        '优惠券没用上',
        '等不及了',
      ])
  return [{ ...voiceAbout(fate.plan, 'x', 'cancel_reason', fate.cancelledAt!), text: why }]
}

function installationFeedback(fate: Fate, random: Random): VoiceInput[] {
  const { installedAt } = fate.fulfilment
  if (installedAt === null || !random.chance(INSTALL_REPLY_RATE * fate.plan.person.talkative)) return []
  const at = installedAt + random.between(0.5, 30) * HOUR
  const about = mentioned(fate, at, random).filter((each) => each.aspect.startsWith('installation'))
  const rating = stars(4.9 + fate.plan.person.kindness + random.normal(0, 0.5) + (about.length > 0 ? -1.8 : 0))
  const text = comment({ ...topicOf(fate, rating, about), praising: ['installation'] }, random)
  return [{ ...voiceAbout(fate.plan, 'i', 'installation_feedback', at), metric: 'csat', rating, text, channel: 'sms' }]
}

function deliveryFeedback(fate: Fate, random: Random): VoiceInput[] {
  const { deliveredAt, shippedAt, lateDays } = fate.fulfilment
  if (shippedAt === null || !random.chance(DELIVERY_REPLY_RATE * fate.plan.person.talkative)) return []
  const at = deliveredAt + random.between(0.2, 20) * HOUR
  const about = mentioned(fate, at, random).filter((each) => each.aspect === 'logistics' || each.aspect === 'packaging')
  const rating = stars(4.9 + fate.plan.person.kindness + random.normal(0, 0.4) - Math.min(2.5, 1.1 * lateDays))
  return [
    {
      ...voiceAbout(fate.plan, 'd', 'delivery_feedback', at),
      rating,
      text: comment({ ...topicOf(fate, rating, about), praising: ['logistics', 'packaging'] }, random),
    },
  ]
}
