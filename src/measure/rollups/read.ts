import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Marks, noMark, readMarks } from '../../store/clickhouse/marks.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { around, filtered, lengthInDays, wholeSlice, within } from '../slice.ts'
import { isOf } from './facet.ts'
import { dimensionOf, type Plan, planned, type RolledQuestion, SINCE } from './plan.ts'
import { none, type RolledDimension, rolledDimensions } from './rolling.ts'

export { itemsOfBoth, type RolledQuestion, SINCE } from './plan.ts'

/** One sum: of a group, an item and a day, as far as they were asked for. */
export interface RolledRow {
  key: string
  item: string
  day: string
  n: number
  /** Rows that count up and down; of a mean the sum of the values and of their squares, in parts of one (`measures.ts`). */
  plus: number
  minus: number
}

/** A question with more days than these to be counted from the rows is asked by itself: several at once would want memory for all of them. */
const FEW_DAYS = 3

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
  const isLong = ({ rest }: Plan) => rest.length > FEW_DAYS
  const long = plans.filter(isLong)
  const ask = (some: readonly Placed[]) => askStatement(analytics, some)
  const answers = await Promise.all([
    ask(plans.filter((plan) => !isLong(plan))),
    ...long.filter(({ question }) => !question.rolling.heavy).map((plan) => ask([plan])),
    twoAtOnce(long.filter(({ question }) => question.rolling.heavy).flatMap(byPeriod), (plan) => ask([plan])),
  ])
  const answered = asked.map(([name]): [string, RolledRow[]] => [name, []])
  for (const { place, ...row } of answers.flat()) answered[place]![1].push(row)
  return Object.fromEntries(answered) as Record<Name, RolledRow[]>
}

/** One question. */
export const askRolled = async (analytics: Analytics, question: RolledQuestion): Promise<RolledRow[]> =>
  (await askTogether(analytics, { question })).question

export const byItem = (rows: readonly RolledRow[]): ReadonlyMap<string, RolledRow> =>
  new Map(rows.map((row) => [row.item, row]))

/** The marks of all days that are asked for; none are read where nothing of it was added up. */
async function marksFor(analytics: Analytics, questions: readonly RolledQuestion[]): Promise<Marks> {
  const rolled = questions.filter((question) => dimensionOf(question) !== null)
  if (rolled.length === 0) return () => noMark
  const sources = new Set(rolled.map(({ rolling }) => rolling.table))
  return readMarks(analytics, around(rolled.map(({ slice }) => slice)), [...sources])
}

/** Work of which all at once would want too much memory, and one after the other would leave a core idle. */
async function twoAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<readonly R[]>): Promise<R[]> {
  const waiting = [...all]
  const lane = async (): Promise<R[]> => {
    const answers: R[] = []
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) answers.push(...(await work(one)))
    return answers
  }
  return (await Promise.all([lane(), lane()])).flat()
}

/** A plan with its place among those that are asked together. */
type Placed = Plan & { place: number }

/**
 * The days before and after `since` apart: what is the same of all rows is no key, which makes grouping by an item up to twice as quick, and
 * both at once would want a place in memory for twice as many visits.
 */
function byPeriod(plan: Placed): Placed[] {
  const { since } = plan.question
  if (since === undefined) return [plan]
  const now = plan.rest.filter((each) => each >= since)
  const before = { ...plan, rest: plan.rest.filter((each) => each < since) }
  return [before, { ...plan, builds: new Map(), rest: now }].filter(({ builds, rest }) => builds.size + rest.length > 0)
}

async function askStatement(
  analytics: Analytics,
  plans: readonly Placed[],
): Promise<readonly (RolledRow & { place: number })[]> {
  const plain = plans.filter(({ question }) => !question.fold)
  const parts = [
    ...scansOf(plain).map(fromTallies),
    ...plain.flatMap(rowsAsked),
    ...plans.flatMap((plan) => {
      const rows = plan.question.fold && folded(plan)
      return rows
        ? [sql`SELECT toUInt8(${plan.place}) AS place, a_key, an_item, a_day, counted, up, down FROM (${rows})`]
        : []
    }),
  ]
  if (parts.length === 0) return []
  return analytics.query<RolledRow & { place: number }>(sql`
    SELECT place, a_key AS key, an_item AS item, a_day AS day, sum(counted) AS n, sum(up) AS plus, sum(down) AS minus
    FROM (${join(parts, sql` UNION ALL `)})
    GROUP BY place, a_key, an_item, a_day`)
}

/**
 * The rows that answer a question, for a statement that goes on from them: a_key, an_item, a_day (texts), counted, up, down (Int64), not yet
 * summed. A fold is given each item of each day. Null where there are none.
 */
function folded(plan: Placed): Sql | null {
  const parts = [...scansOf([plan]).map(fromTallies), ...rowsAsked(plan)]
  if (parts.length === 0) return null
  const rows = join(parts, sql` UNION ALL `)
  return plan.question.fold?.(rows) ?? rows
}

/** `folded` of a question, whatever it is asked with. */
export const rowsOfDays = (question: RolledQuestion, marks: Marks): Sql | null =>
  folded({ ...planned(question, marks), place: 0 })

/** Plans that one look at the sums answers: alike in all but what is counted. */
type Scan = readonly [Placed, ...Placed[]]

function scansOf(plans: readonly Placed[]): Scan[] {
  const scans: Scan[] = []
  for (const plan of plans.filter(({ builds }) => builds.size > 0)) {
    const at = scans.findIndex(
      (scan) =>
        isAlike(scan[0], plan) && scan.every(({ question }) => question.rolling.id !== plan.question.rolling.id),
    )
    if (at < 0) scans.push([plan])
    else scans[at] = [...scans[at]!, plan]
  }
  return scans
}

const isAlike = (one: Plan, other: Plan): boolean => likeness(one) === likeness(other)
const likeness = ({ question: { slice, by, since, fold }, dimension, keys }: Plan): string =>
  JSON.stringify([slice.from, slice.to, by, since, fold !== undefined, dimension, keys])

function fromTallies(scan: Scan): Sql {
  const [{ question, dimension, keys }, ...more] = scan
  const { by } = question
  const days = scan.flatMap(({ builds }) => [...builds.keys()]).sort()
  const measures = scan.map((plan) => plan.question.rolling.id)
  const conditions = [
    sql`tenant = ${question.slice.tenant} AND measure IN ${measures} AND dimension = ${dimension}`,
    sql`day >= ${day(days[0]!)} AND day <= ${day(days.at(-1)!)}`,
    sql`(${join(buildsOf(scan), sql` OR `)})`,
    ...(keys.length > 0 ? [sql`key IN ${keys}`] : []),
  ]
  const places = scan.map((plan) => sql`measure = ${plan.question.rolling.id}, toUInt8(${plan.place})`)
  return sql`
    SELECT ${more.length === 0 ? sql`toUInt8(${scan[0].place})` : sql`multiIf(${join(places)}, toUInt8(0))`} AS place,
      ${by !== undefined && by in rolledDimensions ? sql`key` : none} AS a_key, ${isItemised(question) ? sql`item` : none} AS an_item,
      toString(${dayKey(question)}) AS a_day, n AS counted, plus AS up, minus AS down
    FROM tallies WHERE ${join(conditions, sql` AND `)}`
}

/** Which builds count: each table has its own. */
function buildsOf(scan: Scan): Sql[] {
  const tables = [...new Set(scan.map(({ question }) => question.rolling.table))]
  return tables.map((table) => {
    const own = scan.filter(({ question }) => question.rolling.table === table)
    const measures = own.map(({ question }) => question.rolling.id)
    const builds = [...own[0]!.builds].map(([local, build]) => [numberOf(local), build])
    return sql`(measure IN ${measures} AND (${dayNumber}, build) IN ${builds})`
  })
}

/** Days as numbers, which the engine reads from a long list many times as quickly as it makes days from texts. */
const dayNumber = sql`toUInt16(day)`
const numberOf = (local: string): number => Date.parse(local) / 86_400_000

const isItemised = ({ by, fold }: RolledQuestion): boolean => by === 'item' || fold !== undefined

function dayKey({ by, since, fold }: RolledQuestion): Sql {
  if (fold) return sql`day`
  if (since !== undefined) return sql`if(day >= ${day(since)}, ${SINCE}, '')`
  return by === 'day' ? sql`day` : by === 'week' ? sql`toMonday(day)` : none
}

const rowsAsked = (plan: Placed): Sql[] =>
  byPeriod(plan)
    .filter(({ rest }) => rest.length > 0)
    .map(fromRows)

/** Of days on one side of `since`. Columns are grouped as they are kept and become text afterwards: a dictionary's numbers are quicker to group than its words. */
function fromRows({ question, rest, place }: Placed): Sql {
  const { slice, rolling, by } = question
  const key = by && by in rolledDimensions ? trusted(rolledDimensions[by as RolledDimension]) : none
  const ends = { from: rest[0]!, to: rest.at(-1)! }
  const inDays = rest.length === lengthInDays(ends) ? sql`1` : sql`${dayNumber} IN ${rest.map(numberOf)}`
  const asked = within(wholeSlice(slice.tenant, ends.from, ends.to), rolling.table)
  const filter = question.choice ? sql`${filtered(slice)} AND ${isOf(question.choice)}` : filtered(slice)
  const scope = { days: sql`${asked} AND ${inDays}`, filter }
  const { since } = question
  const local = since === undefined ? dayKey(question) : sql`${ends.from >= since ? SINCE : ''}`
  return sql`
    SELECT toUInt8(${place}) AS place, toString(k) AS a_key, toString(i) AS an_item, toString(d) AS a_day, toInt64(counted) AS counted, toInt64(up) AS up, toInt64(down) AS down
    FROM (${rolling.counted({ key, day: local, itemised: isItemised(question) }, scope)})`
}
