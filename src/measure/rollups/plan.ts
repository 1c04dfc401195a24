import { addDays } from '../../core/clock.ts'
import { isClean, isEmpty, type Marks } from '../../store/clickhouse/marks.ts'
import type { Sql } from '../../store/clickhouse/sql.ts'
import { type Slice, withBefore } from '../slice.ts'
import { addsUp, type Choice } from './facet.ts'
import { rollingVersion } from './measures.ts'
import { type Along, type RolledDimension, type Rolling, rolledDimensions } from './rolling.ts'

export interface RolledQuestion {
  slice: Slice
  rolling: Rolling
  /** What is told apart; what is not is '' in the answer. */
  by?: RolledDimension | 'day' | 'week' | 'item'
  /** Only voices of this choice. */
  choice?: Choice
  /** Days from this one on are told apart from those before: `day` is SINCE or ''. Not with `day` or `week`. */
  since?: string
  /** Where days do not simply add up: makes the answer's rows (see `rowsOfDays`) from those of each item and day. */
  fold?(days: Sql): Sql
}

export const SINCE = 'since'

/** The items of a slice and of the period before it, told apart. */
export const itemsOfBoth = (slice: Slice, rolling: Rolling): RolledQuestion => ({
  slice: withBefore(slice),
  rolling,
  by: 'item',
  since: slice.from,
})

const filters = ['category', 'merchant', 'product', 'city'] as const

/** Which builds answer a question, and which days are counted from the rows. */
export interface Plan {
  question: RolledQuestion
  dimension: Along | ''
  /** The values of the dimension that are asked for; none for all. */
  keys: readonly string[]
  builds: ReadonlyMap<string, number>
  rest: readonly string[]
}

export function planned(question: RolledQuestion, marks: Marks): Plan {
  const { slice, rolling, choice } = question
  const dimension = dimensionOf(question)
  const builds = new Map<string, number>()
  const rest: string[] = []
  for (let each = slice.from; each <= slice.to; each = addDays(each, 1)) {
    const mark = marks(rolling.table, each)
    if (dimension === null) rest.push(each)
    else if (isClean(mark, rollingVersion)) builds.set(each, mark.build)
    else if (!isEmpty(marks, rolling.table, each, rollingVersion)) rest.push(each)
  }
  const filtering = filters.find((name) => name === dimension)
  const keys = choice?.values ?? (filtering ? slice[filtering] : [])
  return { question, dimension: dimension ?? '', keys, builds, rest }
}

/** The dimension whose sums answer the question: the one that is filtered or asked for; '' for neither, null for several or one not added up. */
export function dimensionOf({ slice, rolling, by, choice }: RolledQuestion): Along | '' | null {
  const named = new Set<Along>(filters.filter((name) => slice[name].length > 0))
  if (by && by in rolledDimensions) named.add(by as RolledDimension)
  if (choice) named.add(choice.by)
  const [only] = named
  if (named.size > 1 || (only && !rolling.along.includes(only))) return null
  if (choice && !addsUp(choice)) return null
  return only ?? ''
}
