/** Cases of one kind added up: how many, the sum of their outcome, and the sum of its squares. */
export interface Moments {
  n: number
  sum: number
  squares: number
}

/** Cases that can be compared with one another (one product, one half of the period): with the factor, and without it. */
export interface Stratum {
  exposed: Moments
  control: Moments
}

export interface Comparison {
  /** Difference of the outcome, exposed less control, pooled over comparable strata. */
  value: number
  low: number
  high: number
  se: number
  p: number
  /** All cases of the strata in which both sides occur: the only ones that say anything. */
  exposed: Moments
  control: Moments
}

/** An estimate with its 95 % interval. */
export interface Interval {
  value: number
  low: number
  high: number
}

export const interval = ({ value, low, high }: Interval): Interval => ({ value, low, high })

export const noCases: Moments = { n: 0, sum: 0, squares: 0 }

export const addMoments = (one: Moments, other: Moments): Moments => ({
  n: one.n + other.n,
  sum: one.sum + other.sum,
  squares: one.squares + other.squares,
})

export const withoutMoments = (all: Moments, some: Moments): Moments => ({
  n: all.n - some.n,
  sum: all.sum - some.sum,
  squares: all.squares - some.squares,
})

/** The strata in which both sides occur. */
export const comparable = (strata: readonly Stratum[]): Stratum[] =>
  strata.filter(({ exposed, control }) => exposed.n > 0 && control.n > 0)
