import type { Moments } from './strata.ts'

/** One row of counts as `cases.ts` asks for them; which columns are filled depends on whether cases are voices or order lines. */
export interface Counts {
  n: number
  /** Voices. */
  low: number
  satisfied: number
  score: number
  scoreSquares: number
  net: number
  netSquares: number
  /** Order lines: `n` are those of which it is known whether they came back. */
  returned: number
  refund_n: number
  refund_hits: number
  cancel_n: number
  cancel_hits: number
  churn_n: number
  churn_hits: number
  late_n: number
  late_hits: number
}

export interface Outcome {
  id: string
  zh: string
  en: string
  unit: 'share' | 'points' | 'score'
  /** 1 where more of it is worse, −1 where less is. */
  worse: 1 | -1
  /** The widest possible difference, to compare sizes across outcomes. */
  span: number
  /** Which cases have it: order lines, or voices with a rating that answers this survey question (none = an ordinary rating). */
  cases: 'orders' | '' | 'nps' | 'csat'
  /** Factors that come with it or after it, and so tell nothing of it. */
  after?: readonly string[]
  moments(counts: Counts): Moments
}

const share = (hits: (counts: Counts) => number) => (counts: Counts) => {
  const sum = hits(counts)
  return { n: counts.n, sum, squares: sum }
}

/** Lateness and fitting come after an order could still be cancelled; complaints of lateness come with it. */
const delivery = ['late_delivery', 'long_late', 'late_installation', 'undelivered'] as const

const orderShare =
  (id: 'refund' | 'cancel' | 'churn' | 'late') =>
  (counts: Counts): Moments => {
    const sum = counts[`${id}_hits`]
    return { n: counts[`${id}_n`], sum, squares: sum }
  }

/**
 * What a factor may go with. All come from outside the reader: what the language engine thinks of a text is never an outcome.
 * Ratings of any scale are stretched to 1–5; a low rating is the bottom quarter of the scale (1 and 2 of 5).
 */
export const outcomes = [
  {
    id: 'return',
    zh: '退货率',
    en: 'Return rate',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: 'orders',
    moments: share((counts) => counts.returned),
  },
  {
    id: 'refund',
    zh: '仅退款率',
    en: 'Refunds without return',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: 'orders',
    moments: orderShare('refund'),
  },
  {
    id: 'cancel',
    zh: '取消率',
    en: 'Cancelled orders',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: 'orders',
    after: delivery,
    moments: orderShare('cancel'),
  },
  {
    id: 'churn',
    zh: '30 天内没有再买',
    en: 'No further order in 30 days',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: 'orders',
    // Whoever has ordered before orders again: that is what it means.
    after: ['customer'],
    moments: orderShare('churn'),
  },
  {
    id: 'late',
    zh: '晚到率',
    en: 'Late deliveries',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: 'orders',
    after: [...delivery, 'aspect', 'slow_answer'],
    moments: orderShare('late'),
  },
  {
    id: 'low_rating',
    zh: '低分率',
    en: 'Share of low ratings',
    unit: 'share',
    worse: 1,
    span: 1,
    cases: '',
    moments: share((counts) => counts.low),
  },
  {
    id: 'rating',
    zh: '评分',
    en: 'Rating',
    unit: 'score',
    worse: -1,
    span: 4,
    cases: '',
    moments: ({ n, score, scoreSquares }) => ({ n, sum: score, squares: scoreSquares }),
  },
  {
    id: 'nps',
    zh: '净推荐值',
    en: 'NPS',
    unit: 'points',
    worse: -1,
    span: 200,
    cases: 'nps',
    moments: ({ n, net, netSquares }) => ({ n, sum: net, squares: netSquares }),
  },
  {
    id: 'csat',
    zh: '满意度',
    en: 'CSAT',
    unit: 'share',
    worse: -1,
    span: 1,
    cases: 'csat',
    moments: share((counts) => counts.satisfied),
  },
] as const satisfies readonly Outcome[]

export const findOutcome = (id: string): Outcome | undefined => outcomes.find((outcome) => outcome.id === id)
