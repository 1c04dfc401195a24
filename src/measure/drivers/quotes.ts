import type { Polarity } from '../../core/reading.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { Asking } from '../indicators/define.ts'
import type { Slice } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import type { OrderOutcomeId } from './order-outcomes.ts'
import type { Outcome } from './outcomes.ts'
import { outcomesOfOrders, type Said, saidOfAspects, saidOnOrders, textsOf } from './said.ts'
import { isComplaint, type Names } from './sentences.ts'

/** A customer's words with the span that carries the evidence (UTF-16 offsets into `text`, end exclusive). */
export interface Quote {
  voiceId: string
  text: string
  start: number
  end: number
  polarity: Polarity
  aspect: string
  kind: string
  at: number
  productId: string
  /** Whether the case behind the voice had the outcome; null where it is not known. */
  outcome: boolean | null
}

export interface Evidence {
  quotes: Quote[]
  counterQuotes: Quote[]
}

export interface QuoteQuestion extends Asking {
  slice: Slice
  names: Names
}

/** What quotes are looked for. */
export interface Claim {
  candidate: Candidate
  outcome: Outcome
}

const PER_SIDE = 4

/**
 * Words for and against each driver, from different products and customers and in different words: for it, complaints whose case had
 * the outcome; against it, complaints whose case fared well, and praise of the same thing in the same scene. Both sides are looked for
 * with equal care. Drivers of the same complaint share one look-up, and all share the one of the texts.
 */
export async function findQuotes(
  analytics: Analytics,
  question: QuoteQuestion,
  claims: readonly Claim[],
): Promise<Evidence[]> {
  const saidOnes = await saidOf(analytics, question, claims)
  const known = await outcomesBy(analytics, question, saidOnes)
  const sides = saidOnes.map(({ outcome, said }) => sidesOf(outcome, said, known.get(outcome.id)))
  const chosen = sides.flatMap(({ quotes, counterQuotes }) => [...quotes, ...counterQuotes])
  const texts = await textsOf(analytics, question.slice.tenant, chosen)
  const withTexts = (known: readonly Known[]) =>
    known.flatMap((one) => asQuote(one, one.text || texts.get(one.voiceId)))
  return sides.map(({ quotes, counterQuotes }) => ({
    quotes: withTexts(quotes),
    counterQuotes: withTexts(counterQuotes),
  }))
}

/** The words for each claim: of complaints by the voices that are cases, of all else by the orders that have it. */
async function saidOf(
  analytics: Analytics,
  question: QuoteQuestion,
  claims: readonly Claim[],
): Promise<(Claim & { said: readonly Said[] })[]> {
  const keyOf = ({ candidate, outcome }: Claim) => {
    const { category, factor, aspect, scene, value } = candidate
    return JSON.stringify([category, factor, aspect, scene, value, isComplaint(candidate) && outcome.cases])
  }
  const asked = [...new Map(claims.map((claim) => [keyOf(claim), claim])).values()]
  const [complaints, others] = [true, false].map((is) => asked.filter(({ candidate }) => isComplaint(candidate) === is))
  const [ofAspects, onOrders] = await Promise.all([
    saidOfAspects(
      analytics,
      question.slice,
      complaints!.map(({ candidate, outcome }) => ({ candidate, cases: outcome.cases })),
      question.names,
    ),
    saidOnOrders(
      analytics,
      question.slice,
      question,
      others!.map(({ candidate }) => candidate),
      question.names,
    ),
  ])
  const said = new Map([
    ...complaints!.map((claim, at) => [keyOf(claim), ofAspects[at]!] as const),
    ...others!.map((claim, at) => [keyOf(claim), onOrders[at]!] as const),
  ])
  return claims.map((claim) => ({ ...claim, said: said.get(keyOf(claim))! }))
}

/** What became of the orders behind all the words, asked once an outcome. */
async function outcomesBy(
  analytics: Analytics,
  question: QuoteQuestion,
  claims: readonly (Claim & { said: readonly Said[] })[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, boolean>>> {
  const ids = [...new Set(claims.filter(({ outcome }) => outcome.cases === 'orders').map(({ outcome }) => outcome.id))]
  const known = ids.map(async (id) => {
    const said = claims.filter(({ outcome }) => outcome.id === id).flatMap((claim) => claim.said)
    return [id, await outcomesOfOrders(analytics, question, id as OrderOutcomeId, said)] as const
  })
  return new Map(await Promise.all(known))
}

function sidesOf(
  outcome: Outcome,
  said: readonly Said[],
  orders: ReadonlyMap<string, boolean> = new Map(),
): { quotes: Known[]; counterQuotes: Known[] } {
  const known = said.map((one) => ({ ...one, outcome: outcomeOf(one, outcome, orders) }))
  const complaints = known.filter((one) => one.polarity !== 'positive')
  return {
    quotes: diverse([
      ...complaints.filter((one) => one.outcome === true),
      ...complaints.filter((one) => one.outcome === null),
    ]),
    counterQuotes: diverse([
      ...complaints.filter((one) => one.outcome === false),
      ...known.filter((one) => one.polarity === 'positive' && one.outcome !== true),
    ]),
  }
}

export function asQuote(one: Known, text: string | undefined): Quote[] {
  if (!text) return []
  const { voiceId, start, end, polarity, aspect, kind, at, productId, outcome } = one
  return [{ voiceId, text, start, end, polarity, aspect, kind, at, productId, outcome }]
}

export type Known = Said & { outcome: boolean | null }

/** Did the case have the bad outcome? Of a score, its lower half is bad. */
export function outcomeOf(
  { r, orderId }: Said,
  outcome: Outcome,
  returned: ReadonlyMap<string, boolean>,
): boolean | null {
  if (outcome.cases === 'orders') return returned.get(orderId) ?? null
  if (r === null) return null
  if (outcome.id === 'nps') return Math.round(10 * r) <= 6
  if (outcome.id === 'csat') return r < 0.75
  return outcome.id === 'rating' ? r <= 0.5 : r <= 0.25
}

/** What a quote may not share with one before it; the last is given up first where there are too few. */
const marks: readonly ((one: Known) => string | undefined)[] = [
  (one) => one.voiceId,
  (one) => one.productId,
  (one) => one.customerRef,
  (one) => one.words,
]

export function diverse(said: readonly Known[]): Known[] {
  const chosen: Known[] = []
  for (let strict = marks.length; strict > 0; strict--) {
    for (const one of said) {
      if (chosen.length === PER_SIDE) return chosen
      const shares = (mark: (typeof marks)[number]) => mark(one) && chosen.some((other) => mark(other) === mark(one))
      if (!marks.slice(0, strict).some(shares)) chosen.push(one)
    }
  }
  return chosen
}
