import type { Candidate } from './candidate.ts'
import type { CaseRow } from './case-row.ts'
import type { Cluster } from './clustered.ts'
import type { Stratum } from './strata.ts'
import type { Fifths } from './trend.ts'

/** A stratum that still knows its name, such as a product's id or a week's Monday. */
interface NamedStratum extends Stratum {
  name: string
}

/** A candidate with its cases, stratum by stratum. */
export interface Tabled {
  candidate: Candidate
  /** Made at each asking, since most candidates have too few cases to be compared. */
  readonly strata: NamedStratum[]
  /** All cases with the factor and all of the category without it, comparable or not: the levels that people read. */
  all: Stratum
  /** For an aspect in a scene: the same aspect outside the scene, against the same controls. */
  readonly outside: Stratum[]
  /** Exposed order lines and their refunds by currency. */
  money: ReadonlyMap<string, Money>
  /** Where the factor is (nearly) the same in all orders of a product: products beside one another, category by category. */
  clusters?: () => readonly (readonly Cluster[])[]
  /** Of a number: its fifths, stratum by stratum. */
  fifths?: readonly Fifths[]
}

export interface Money {
  n: number
  refund: number
  refunded: number
}

export function addMoney(money: Map<string, Money>, { currency, n, refund, refunded }: CaseRow) {
  const known = money.get(currency)
  if (known) {
    known.n += n
    known.refund += refund
    known.refunded += refunded
  } else money.set(currency, { n, refund, refunded })
}
