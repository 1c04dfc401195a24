import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'

/** By what the Voices page divides voices: columns that hold one value, and those that hold several, of which each counts once. */
const single = {
  category: sql`category`,
  merchant: sql`merchant_id`,
  city: sql`city`,
  kind: sql`kind`,
  sentiment: sql`sentiment`,
  emotion: sql`emotion`,
  urgency: sql`urgency`,
}
const several = { intent: sql`intents`, aspect: sql`aspects`, scene: sql`scenes` }

export type Facet = keyof typeof single | keyof typeof several
export const facetNames = [...Object.keys(single), ...Object.keys(several)] as Facet[]

/** Facets by which no slice is cut, and their columns. */
export const furtherFacets = facetNames.filter((name) => !['category', 'merchant', 'city'].includes(name))
export const furtherColumns: readonly Sql[] = furtherFacets.map((name) => ({ ...single, ...several })[name])

/** One or more values of a facet, of which a voice has one. */
export interface Choice {
  by: Facet
  values: readonly string[]
}

/** Whether a voice is of a choice. */
export const isOf = ({ by, values }: Choice): Sql =>
  by in single
    ? sql`${single[by as keyof typeof single]} IN ${values}`
    : sql`hasAny(${several[by as keyof typeof several]}, [${join(values)}])`

/** Whether the voices of a choice are those of its values added up: of several values a voice may have more than one. */
export const addsUp = ({ by, values }: Choice): boolean => by in single || values.length === 1

/** A voice's values of a facet as an array of (facet, value). */
export const facetPairs = (name: Facet): Sql =>
  name in single
    ? sql`[(${name}, toString(${single[name as keyof typeof single]}))]`
    : sql`arrayMap(one -> (${name}, toString(one)), arrayDistinct(${several[name as keyof typeof several]}))`

/** A facet's value of a voice, with a row for each where it has several. */
export function facetValue(name: Facet): Sql {
  return name in single
    ? single[name as keyof typeof single]
    : sql`arrayJoin(arrayDistinct(${several[name as keyof typeof several]}))`
}

/** A voice's values of a facet as an array of (facet, value, whether it is an aspect that the voice blames). */
export function facetTuples(name: Facet): Sql {
  if (name in single) return sql`[(${name}, toString(${single[name as keyof typeof single]}), toUInt8(0))]`
  const blamed = name === 'aspect' ? sql`toUInt8(has(negative_aspects, v))` : sql`toUInt8(0)`
  return sql`arrayMap(v -> (${name}, toString(v), ${blamed}), arrayDistinct(${several[name as keyof typeof several]}))`
}

/** A facet and a value as one text, and back. */
export const facetItem = (name: Facet, value: Sql): Sql => sql`concat(${`${name}:`}, toString(${value}))`
export function splitItem(item: string): [facet: Facet, value: string] {
  const colon = item.indexOf(':')
  return [item.slice(0, colon) as Facet, item.slice(colon + 1)]
}
