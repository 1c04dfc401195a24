import type { EventInput } from '../core/event.ts'
import type { VoiceInput } from '../core/voice.ts'
import { DAY, HOUR } from './calendar.ts'
import { beforeReturn, noticedAt, topicOf } from './felt.ts'
import type { Fate } from './outcome.ts'
import type { Random } from './random.ts'
import { comment, gripe, question } from './talk/compose.ts'
import { expand } from './talk/pattern.ts'
import { slotsOf } from './talk/phrases.ts'
import { roughen } from './talk/roughen.ts'
import { type Situation, scripts } from './talk/scripts.ts'
import { type Trouble, total } from './trouble.ts'
import { stars, voiceAbout } from './voices.ts'

interface Occasion {
  situation: Situation
  at: number
  trouble?: Trouble
}
export interface Spoken {
  voices: VoiceInput[]
  events: EventInput[]
}

const CSAT_REPLY_RATE = 0.2

/** Every chat and complaint about one order, with the service survey that follows some of them. */
export function conversations(fate: Fate, root: Random): Spoken {
  const random = root.fork(`chats ${fate.plan.index}`)
  const spoken: Spoken = { voices: [], events: [] }
  occasions(fate, random).forEach((occasion, n) => {
    if (occasion.situation === 'trouble' && random.chance(0.2)) spoken.voices.push(complaint(fate, occasion, n, random))
    else hold(fate, occasion, n, random, spoken)
  })
  return spoken
}

function occasions(fate: Fate, random: Random): Occasion[] {
  const { plan, fulfilment } = fate
  const { category } = plan.item
  const list: Occasion[] = []
  const perhaps = (rate: number, situation: Situation, at: () => number) => {
    if (random.chance(rate * plan.person.talkative)) list.push({ situation, at: at() })
  }
  perhaps(0.045, category.ships ? 'enquiry' : 'stayEnquiry', () => plan.orderedAt - random.between(0.3, 5) * HOUR)
  if (fate.cancelledAt !== null) return list
  perhaps(0.018, 'invoice', () => fulfilment.deliveredAt + random.between(1, 90) * HOUR)
  if (category.ships) {
    perhaps(0.01, 'address', () => plan.orderedAt + random.between(0.1, 1) * HOUR)
    perhaps(0.035, 'where', () => random.between(plan.orderedAt + 5 * HOUR, fulfilment.deliveredAt))
  }
  if (category.installs) perhaps(0.06, 'schedule', () => fulfilment.deliveredAt + random.between(0.5, 20) * HOUR)
  list.push(...grievances(fate, random))
  return list
}

/** Troubles bring people to the chat, mostly before they send the thing back. */
function grievances(fate: Fate, random: Random): Occasion[] {
  const list: Occasion[] = []
  for (const trouble of fate.troubles) {
    const comes = random.chance(trouble.answerMinutes ? 1 : (trouble.effects.complainProb ?? 0.15))
    const wait = random.between(1, 60) * HOUR
    const earliest = noticedAt(fate, trouble)
    if (comes && trouble.spoken)
      list.push({
        situation: 'trouble',
        trouble,
        at: Math.max(earliest, Math.min(earliest + wait, beforeReturn(fate))),
      })
  }
  if (fate.returnedAt === null) return list
  const cause = fate.returnCause?.spoken ? fate.returnCause : undefined
  const already = list.some((each) => each.trouble === cause)
  const at = fate.returnedAt - random.between(0.4, 6) * HOUR
  if (random.chance(already ? 0.1 : 0.4)) list.push({ situation: cause ? 'return' : 'plainReturn', trouble: cause, at })
  return list
}

function complaint(fate: Fate, { at, trouble }: Occasion, n: number, random: Random): VoiceInput {
  const text = gripe(topicOf(fate, 1, []), trouble!, random)
  return {
    ...voiceAbout(fate.plan, `p${n}`, 'complaint', at),
    text: `${text}${random.pick(['', '，要求处理', '。请平台介入', '，投诉'])}`,
  }
}

function hold(fate: Fate, occasion: Occasion, n: number, random: Random, spoken: Spoken): void {
  const { plan } = fate
  const presale = occasion.situation.toLowerCase().endsWith('enquiry')
  const conversation = `${plan.id}-c${n}`
  const answerMinutes = fate.answerMinutes * Math.exp(random.normal(0, 0.4))
  let at = occasion.at
  let answered = false
  random.pick(scripts[occasion.situation]).forEach(([speaker, pattern], turn) => {
    const slots = {
      ...slotsOf(plan.item.category.name),
      city: plan.person.city.name,
      order: plan.id,
      two: String(random.int(10, 99)),
      question: question(plan.item.category.name, random),
      gripe: occasion.trouble ? gripe(topicOf(fate, 2, []), occasion.trouble, random) : '',
    }
    if (turn > 0) at += speaker === 'agent' && !answered ? answerMinutes * 60_000 : random.between(4, 70) * 1000
    answered ||= speaker === 'agent'
    const text = expand(pattern, random, slots)
    const voice = voiceAbout(plan, `c${n}-${turn}`, 'chat', at)
    spoken.voices.push({
      ...voice,
      orderId: presale ? undefined : plan.id,
      speaker,
      // What is quoted from elsewhere is rough already, and nobody mistypes an order number here.
      text: speaker === 'customer' && !pattern.includes('{') ? roughen(text, 0, random) : text,
      conversation,
      turn,
      channel: 'chat',
    })
  })
  if (answered) spoken.events.push(answerEvent(fate, conversation, at, answerMinutes, presale))
  if (!presale && random.chance(CSAT_REPLY_RATE))
    spoken.voices.push(serviceSurvey(fate, occasion, n, at, answerMinutes, random))
}

const answerEvent = (fate: Fate, conversation: string, at: number, minutes: number, presale: boolean): EventInput => ({
  id: `${conversation}-e`,
  name: 'chat_answered',
  at: Math.round(at),
  customerRef: fate.plan.person.ref,
  session: undefined,
  touchpoint: presale ? 'browse.enquiry' : 'aftersale.service',
  orderId: presale ? undefined : fate.plan.id,
  productId: fate.plan.item.record.id,
  merchantId: fate.plan.item.merchant.id,
  category: fate.plan.item.category.name,
  city: fate.plan.person.city.name,
  channel: 'chat',
  props: { firstAnswerMinutes: Math.round(minutes * 10) / 10 },
  simulated: true,
})

function serviceSurvey(
  fate: Fate,
  { trouble }: Occasion,
  n: number,
  chatEnd: number,
  answerMinutes: number,
  random: Random,
): VoiceInput {
  const waiting = 0.35 * Math.max(0, Math.log2(answerMinutes / 6))
  const upset = trouble ? 0.5 - 0.15 * total([trouble], 'rating') : 0
  const rating = stars(4.7 + fate.plan.person.kindness + random.normal(0, 0.7) - waiting - upset)
  const at = chatEnd + random.between(0.1, 20) * HOUR
  const slow: Trouble = { story: null, aspect: 'service', scene: null, effects: {}, spoken: true }
  const gripes = answerMinutes > 45 && random.chance(0.6) ? [slow] : []
  const text = random.chance(0.5) ? comment({ ...topicOf(fate, rating, gripes), praising: ['service'] }, random) : ''
  return { ...voiceAbout(fate.plan, `s${n}`, 'survey', Math.min(at, chatEnd + DAY)), metric: 'csat', rating, text }
}
