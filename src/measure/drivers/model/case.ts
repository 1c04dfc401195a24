import type { Candidate } from '../candidate.ts'
import type { Counts } from '../outcomes.ts'

/** One order line or one rated voice, with all that a model may know of it. */
export interface Case {
  /** Cases of one customer are in one of `GROUPS` groups. */
  group: number
  category: string
  product: string
  merchant: string
  week: string
  tier: string
  /** Price of one piece, in minor units; null for voices. */
  price: number | null
  /** Whether its words, if any, could be read. */
  read: boolean
  /** Complaints as `complaintKey` makes them. */
  said: ReadonlySet<string>
  /** The state of each fact of the operation (see `operations.ts`) and of each trait that was asked for, by `stateKey`. */
  states: Readonly<Record<string, number>>
  counts: Counts
  currency: string
  refund: number
}

export interface Cases {
  cases: Case[]
  /** How many there are; more than `cases` holds where only a part was taken. */
  population: number
}

export const complaintKey = (aspect: string, scene: string): string => `${aspect}\t${scene}`

/** Where a case keeps the state of a fact of the operation, or of a value of a trait. */
export const stateKey = ({ factor, value }: Pick<Candidate, 'factor' | 'value'>): string =>
  value === undefined ? factor : `${factor} ${value}`

/** Being new, which complaints of new customers ask for. */
export const newcomer = { factor: 'customer', value: 'new' } as const
