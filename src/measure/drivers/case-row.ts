import type { Counts } from './outcomes.ts'

/** How many cases are alike, and what came of them. */
export interface CaseRow extends Counts {
  part: 0 | 1 | 2 | 3
  category: string
  stratum: string
  currency: string
  /** Category, stratum, part and currency together: what is comparable has the same. */
  key: string
  /** Empty for order lines and ordinary ratings. */
  metric: string
  aspect: string
  scene: string
  /** Of orders: which trait and which of its values, or the state (1 or 2) of a fact of the operation. Empty for all cases. */
  trait: string
  value: string
  /** Of complaints on orders: whether the customer is new. */
  customer: string
  refund: number
  refunded: number
  firstDay: string
  lastDay: string
}

/** No aspect begins with this sign: what is said of a touchpoint is told as a complaint of `@touchpoint`. */
export const AT = '@'
