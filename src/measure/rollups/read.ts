import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type DayMark, isClean, type Marks, noMark, readMarks } from '../../store/clickhouse/marks.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { around, filtered, lengthInDays, type Slice, wholeSlice, within } from '../slice.ts'
import { addsUp, type Choice, isOf } from './facet.ts'
import { rollingVersion } from './measures.ts'
import { type Along, none, type RolledDimension, type Rolling, rolledDimensions } from './rolling.ts'

/** One sum: of a group, an item and a day, as far as they were asked for. */
export interface RolledRow {
  key: string
  item: string
  day: string
  n: number
  plus: number
  minus: number
}

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

const filters = ['category', 'merchant', 'product', 'city'] as const

/** A question with more days than these to be counted from the rows is asked by itself: several at once would want memory for all of them. */
const FEW_DAYS = 3

/** A day on which nothing was ever written, as all to come, is no work. */
const isWritten = ({ touches, build }: DayMark): boolean => touches + build > 0

/**
 * Questions over days of one tenant: from the day sums where they are still true, from the rows themselves for all other days, and where the
 * slice or the grouping is not one that was added up (two filters at once). The figures are the same either way. Whatever is not much is
 * asked in one statement, after one that reads the marks.
 */
export async function askTogether<Name extends string>(
  analytics: Analytics,
  questions: Readonly<Record<Name, RolledQuestion>>,
  marks?: Marks,
): Promise<Record<Name, RolledRow[]>> {
  const asked = Object.entries<RolledQuestion>(questions)
  const known = marks ?? (await marksFor(analytics, Object.values(questions)))
  const plans = asked.map(([, question], place) => ({ ...planned(question, known), place }))
  const long = plans.filter(({ isLong }) => isLong)
  const ask = (some: readonly (Plan & Placed)[]) => askStatement(analytics, some)
  const answers = await Promise.all([
    ask(plans.filter(({ isLong }) => !isLong)),
    ...long.filter(({ question }) => !question.rolling.heavy).map((plan) => ask([plan])),
    inTurn(
      long.filter(({ question }) => question.rolling.heavy),
      (plan) => ask([plan]),
    ),
  ])
  const rows = answers.flat()
  const answered = asked.map(([name], at) => [
    name,
    rows.filter(({ place }) => place === at).map(({ place: _, ...row }) => row),
  ])
  return Object.fromEntries(answered)
}

/** One question. */
export const askRolled = async (analytics: Analytics, question: RolledQuestion): Promise<RolledRow[]> =>
  (await askTogether(analytics, { question })).question

export const byItem = (rows: readonly RolledRow[]): ReadonlyMap<string, RolledRow> =>
  new Map(rows.map((row) => [row.item, row]))

/** The marks of all days that are asked for; none are read where nothing of it was added up. */
async function marksFor(analytics: Analytics, questions: readonly RolledQuestion[]): Promise<Marks> {
  const rolled = questions.filter((question) => dimensionOf(question) !== null)
  const sources = new Set(rolled.map(({ rolling }) => rolling.table))
  return sources.size === 0
    ? (_, local) => ({ ...noMark, day: local })
    : readMarks(analytics, around(rolled.map(({ slice }) => slice)), [...sources])
}

async function inTurn<T, R>(all: readonly T[], work: (one: T) => Promise<readonly R[]>): Promise<R[]> {
  const answers: R[] = []
  for (const one of all) answers.push(...(await work(one)))
  return answers
}

interface Placed {
  place: number
}

/** Which builds answer a question, and which days are counted from the rows. */
interface Plan {
  question: RolledQuestion
  dimension: Along | ''
  builds: ReadonlyMap<string, number>
  rest: readonly string[]
  /** Whether these are more than can be asked beside other questions. */
  isLong: boolean
}

function planned(question: RolledQuestion, marks: Marks): Plan {
  const { slice, rolling } = question
  const dimension = dimensionOf(question)
  const builds = new Map<string, number>()
  const rest: DayMark[] = []
  for (let each = slice.from; each <= slice.to; each = addDays(each, 1)) {
    const mark = dimension === null ? { ...noMark, day: each } : marks(rolling.table, each)
    if (isClean(mark, rollingVersion)) builds.set(each, mark.build)
    else rest.push(mark)
  }
  const isLong = builds.size === 0 || rest.filter(isWritten).length > FEW_DAYS
  return { question, dimension: dimension ?? '', builds, rest: rest.map((mark) => mark.day), isLong }
}

async function askStatement(
  analytics: Analytics,
  plans: readonly (Plan & Placed)[],
): Promise<readonly (RolledRow & Placed)[]> {
  if (plans.length === 0) return []
  const parts = plans.map(
    (plan) =>
      sql`SELECT toUInt8(${plan.place}) AS place, a_key, an_item, a_day, counted, up, down FROM (${answerOf(plan)})`,
  )
  return analytics.query<RolledRow & Placed>(sql`
    SELECT place, a_key AS key, an_item AS item, a_day AS day, sum(counted) AS n, sum(up) AS plus, sum(down) AS minus
    FROM (${join(parts, sql` UNION ALL `)})
    GROUP BY place, a_key, an_item, a_day`)
}

/**
 * The answer's rows for a statement that goes on from them, not yet summed: a_key, an_item, a_day (texts), counted, up, down (Int64). Before
 * a fold, a_key is '' and a_day the day of each item.
 */
export const rowsOfDays = (question: RolledQuestion, marks: Marks): Sql => answerOf(planned(question, marks))

function answerOf({ question, dimension, builds, rest }: Plan): Sql {
  const parts: Sql[] = []
  if (builds.size > 0) parts.push(fromTallies(question, dimension, builds))
  if (rest.length > 0) parts.push(fromRows(question, rest))
  const rows = join(parts, sql` UNION ALL `)
  return question.fold?.(rows) ?? rows
}

/** The dimension whose sums answer the question: the one that is filtered or asked for; '' for neither, null for several or one not added up. */
function dimensionOf({ slice, rolling, by, choice }: RolledQuestion): Along | '' | null {
  const named = new Set<Along>(filters.filter((name) => slice[name].length > 0))
  if (by && by in rolledDimensions) named.add(by as RolledDimension)
  if (choice) named.add(choice.by)
  const [only] = named
  if (named.size > 1 || (only && !rolling.along.includes(only))) return null
  if (choice && !addsUp(choice)) return null
  return only ?? ''
}

function dayKey({ by, since, fold }: RolledQuestion): Sql {
  if (fold) return sql`day`
  if (since !== undefined) return sql`if(day >= ${day(since)}, ${SINCE}, '')`
  return by === 'day' ? sql`day` : by === 'week' ? sql`toMonday(day)` : none
}

/** Days as numbers, which the engine reads from a long list many times as quickly as it makes days from texts. */
const dayNumber = sql`toUInt16(day)`
const numberOf = (local: string): number => Date.parse(local) / 86_400_000

const isItemised = ({ by, fold }: RolledQuestion): boolean => by === 'item' || fold !== undefined

function fromTallies(question: RolledQuestion, dimension: string, builds: ReadonlyMap<string, number>): Sql {
  const { slice, rolling, by } = question
  const keys = question.choice?.values ?? (dimension === '' ? [] : (slice[dimension as (typeof filters)[number]] ?? []))
  const days = [...builds.keys()].sort()
  const conditions = [
    sql`tenant = ${slice.tenant} AND measure = ${rolling.id} AND dimension = ${dimension}`,
    sql`day >= ${day(days[0]!)} AND day <= ${day(days.at(-1)!)}`,
    sql`(${dayNumber}, build) IN ${[...builds].map(([local, build]) => [numberOf(local), build])}`,
    ...(keys.length > 0 ? [sql`key IN ${keys}`] : []),
  ]
  return sql`
    SELECT ${by !== undefined && by in rolledDimensions ? sql`key` : none} AS a_key, ${isItemised(question) ? sql`item` : none} AS an_item, toString(${dayKey(question)}) AS a_day,
      n AS counted, plus AS up, minus AS down
    FROM tallies WHERE ${join(conditions, sql` AND `)}`
}

/** Columns are grouped as they are kept and become text afterwards: a dictionary's numbers are quicker to group than its words. */
function fromRows(question: RolledQuestion, days: readonly string[]): Sql {
  const { slice, rolling, by } = question
  const key = by && by in rolledDimensions ? trusted(rolledDimensions[by as RolledDimension]) : none
  const ends = { from: days[0]!, to: days.at(-1)! }
  const inDays = days.length === lengthInDays(ends) ? sql`1` : sql`${dayNumber} IN ${days.map(numberOf)}`
  const asked = within(wholeSlice(slice.tenant, ends.from, ends.to), rolling.table)
  const filter = question.choice ? sql`${filtered(slice)} AND ${isOf(question.choice)}` : filtered(slice)
  const scope = { days: sql`${asked} AND ${inDays}`, filter }
  return sql`
    SELECT toString(k) AS a_key, toString(i) AS an_item, toString(d) AS a_day, toInt64(counted) AS counted, toInt64(up) AS up, toInt64(down) AS down
    FROM (${rolling.counted({ key, day: dayKey(question), itemised: isItemised(question) }, scope)})`
}
