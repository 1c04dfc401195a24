/** A number that knows how sure it is. `value` is null where there is nothing to say: ignorance is not zero. */
export interface Estimate {
  value: number | null
  low: number | null
  high: number | null
  /** How many answers, orders or voices it rests on. */
  n: number
}

/** A difference between two estimates with its own 95 % interval. */
export interface Change {
  value: number
  low: number
  high: number
  /** True where the interval leaves zero out. */
  moreThanChance: boolean
}

/** Below this many, a cell is hatched and reads 少 ("few"). */
export const FEW = 30

export const NOTHING: Estimate = { value: null, low: null, high: null, n: 0 }

export const verdicts = ['worked', 'harmed', 'no_effect', 'cannot_tell', 'too_early'] as const
export type Verdict = (typeof verdicts)[number]
