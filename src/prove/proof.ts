import type { Estimate, Verdict } from '../core/estimate.ts'
import type { Words } from '../core/words.ts'

export interface Bounds {
  value: number
  low: number
  high: number
}

export interface ArmFigures {
  products: number
  /** Level over all cases of the arm. */
  before: Estimate
  after: Estimate
  /** Mean change of the arm's products, as the effect weighs them; null where no product has cases on both sides. */
  change: number | null
}

export interface ProofWeek {
  /** Counted from the change: −1 is the last week before it, 0 the first after. */
  week: number
  /** Its first day. */
  day: string
  treated: Estimate
  control: Estimate
  /** What the treated would have had, had they moved like the untouched; null before the change. */
  counterfactual: number | null
  /** Treated minus control, both less their level before the change. */
  gap: Bounds | null
}

/** What an intervention did, with what a person needs to believe it. */
export interface Proof {
  verdict: Verdict
  sentence: Words
  effect: (Bounds & { p: number }) | null
  /** The effect as a share of what the treated would have had. */
  relative: Bounds | null
  treated: ArmFigures
  control: ArmFigures
  weeks: ProofWeek[]
  checks: { id: string; ok: boolean | null; zh: string; en: string }[]
  /** Cases left out because their outcome was not yet known. */
  censored: number
  method: Words
}
