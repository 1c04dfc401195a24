import type { TenantId } from '../../../core/tenant.ts'
import { join, type Sql, sql, trusted } from '../../../store/clickhouse/sql.ts'
import type { Candidate } from '../candidate.ts'
import { operations } from '../operations.ts'
import type { Counts } from '../outcomes.ts'
import { type FactTrait, orderTraits, traitOf } from '../traits.ts'
import { newcomer, stateKey } from './case.ts'

/** Cases are told apart by customer into this many groups, which a bootstrap draws. */
const GROUPS = 60

/** More than these are not looked at one by one: a part is taken, by a hash of the order or voice. */
export const MOST = 100_000

/** What a model wants to know of orders beside the facts of the operation: values of traits. */
export interface Wanted {
  traits: Sql[]
  statesOf(values: readonly string[]): Record<string, number>
}

export function wantedOf(candidates: readonly Candidate[], facts: readonly FactTrait[], tenant: TenantId): Wanted {
  const needsNew = candidates.some(({ factor, value }) => factor === 'aspect' && value !== undefined)
  const all = [...candidates.filter(({ factor }) => factor !== 'aspect'), ...(needsNew ? [newcomer] : [])]
  const known = orderTraits(facts, tenant)
  const wanted = all.flatMap((candidate) => {
    const trait = traitOf(candidate, facts)
    return trait ? [{ key: stateKey(candidate), ...trait }] : []
  })
  const traits = known.filter(({ trait }) => wanted.some((one) => one.trait === trait))
  const placeOf = (trait: string) => traits.findIndex((one) => one.trait === trait)
  return {
    traits: traits.map(({ value }) => value),
    statesOf: (values) =>
      Object.fromEntries(wanted.map(({ key, trait, state }) => [key, state(values[placeOf(trait)] ?? '')])),
  }
}

/** The values as one column; an array of nothing has no type. */
export const valuesIn = (traits: readonly Sql[]): Sql => sql`[${join([sql`''`, ...traits])}]`

/** The group of a case: that of its customer, else of the case itself. */
export const bucket = (customer: string, otherwise: string): Sql =>
  sql`toUInt8(cityHash64(if(${trusted(customer)} = '', ${trusted(otherwise)}, ${trusted(customer)})) % ${GROUPS})`

/** One of so many, by a hash; all where it is one. */
export const taken = (column: string, one: number): Sql =>
  one === 1 ? sql`1` : sql`intDiv(cityHash64(${trusted(column)}), 1000) % ${one} = 0`

/** A row of an answer, with the values of the traits that were asked for. */
export type Row = Counts & Record<string, string | number> & { traits: string[] }

export const nothing: ReadonlySet<string> = new Set()

/** The state of each fact of the operation; nought where there is no order. */
export const statesIn = (row: Row | undefined) =>
  Object.fromEntries(operations.map(({ id }) => [id, Number(row?.[id] ?? 0)]))
