import type { ProductCounts } from './panel.ts'

export interface DidInput {
  treated: readonly ProductCounts[]
  control: readonly ProductCounts[]
  /** First day of week 0, `YYYY-MM-DD`. */
  changeDay: string
  /** Effects inside ± this are not worth having; in the outcome's own unit, a share for return rates. */
  margin: number
  better: 'lower' | 'higher'
  /** `share`: outcomes are 0 or 1; `mean`: any number. */
  measure: 'share' | 'mean'
  /** What the outcome is called, for the sentence. */
  outcome: { zh: string; en: string }
  /** Cases left out because their outcome is not known yet. */
  censored: number
}

/** Fewer products than this in an arm are too few to tell their spread; fewer cases after the change than this are too early. */
export const MIN_PRODUCTS = 5
export const MIN_CASES = 100
