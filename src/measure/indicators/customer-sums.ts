import type { ClusterSums } from '../../core/clusters.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { casesOf } from './cases.ts'
import type { Asking, Tally } from './define.ts'
import type { CasesQuestion } from './sums.ts'

/** What the cases of a group come to, customer by customer. Cases of nobody known are each their own. */
export interface CustomerSums extends ClusterSums, Tally {
  sum: number
  squares: number
}

/** The same with how many customers have more than one case. */
export interface GroupSums extends CustomerSums {
  key: string
  repeated: number
}

/** By a key over the cases; cases without a key are left out. */
export async function customerSums(
  analytics: Analytics,
  question: CasesQuestion,
  asking: Asking,
): Promise<GroupSums[]> {
  const rows = await analytics.query<Row>(sql`SELECT ${sums} FROM (${perCustomer(question, asking)}) GROUP BY key`)
  return rows.map(fromRow)
}

/** Each group with all the others together, in which a customer who is in several groups is one. */
export async function customerSumsAndRests(
  analytics: Analytics,
  question: CasesQuestion,
  asking: Asking,
): Promise<{ key: string; one: CustomerSums; rest: CustomerSums }[]> {
  const rows = await analytics.query<Row & Lost & Whole>(sql`
    SELECT ${sums}, countIf(m = all_m) AS lostClusters, sum(2 * all_y * y - y * y) AS lostSumSquares,
      sum(all_y * m + y * all_m - y * m) AS lostSumCases, sum(2 * all_m * m - m * m) AS lostCaseSquares,
      countIf(place = 1) AS allClusters, sumIf(all_y * all_y, place = 1) AS allSumSquares, sumIf(all_y * all_m, place = 1) AS allSumCases,
      sumIf(all_m * all_m, place = 1) AS allCaseSquares
    FROM (
      SELECT all_m, all_y, place, part.1 AS key, part.2 AS m, part.3 AS y, part.4 AS own, part.5 AS ups, part.6 AS downs
      FROM (
        SELECT toInt64(sum(m)) AS all_m, sum(y) AS all_y, groupArray((key, m, y, own, ups, downs)) AS parts
        FROM (${perCustomer(question, asking)}) GROUP BY who
      ) ARRAY JOIN parts AS part, arrayEnumerate(parts) AS place
    ) GROUP BY key`)
  const groups = rows.map((row) => ({ ...row, ...fromRow(row) }))
  const whole = (what: keyof Whole | 'n' | 'plus' | 'minus' | 'sum' | 'squares') =>
    groups.reduce((total, row) => total + row[what], 0)
  return groups.map((row) => ({
    key: row.key,
    one: row,
    rest: {
      clusters: whole('allClusters') - row.lostClusters,
      n: whole('n') - row.n,
      plus: whole('plus') - row.plus,
      minus: whole('minus') - row.minus,
      sum: whole('sum') - row.sum,
      squares: whole('squares') - row.squares,
      sumSquares: whole('allSumSquares') - row.lostSumSquares,
      sumCases: whole('allSumCases') - row.lostSumCases,
      caseSquares: whole('allCaseSquares') - row.lostCaseSquares,
    },
  }))
}

/** The tally of as many independent cases as those of a group are worth (the effective sample of Rao and Scott 1992). */
export function thinned(tally: Tally, effect: number): Tally {
  if (effect === 1) return tally
  const { n, plus, minus, sum = 0, squares = 0 } = tally
  return { n: n / effect, plus: plus / effect, minus: minus / effect, sum: sum / effect, squares: squares / effect }
}

type Row = Omit<GroupSums, 'sum'> & { total: number }
const fromRow = ({ total, ...row }: Row): GroupSums => ({ ...row, sum: total })

/** What the customers of a group take away from the sums of all customers, who are counted with the first of their groups. */
type Summed = 'Clusters' | 'SumSquares' | 'SumCases' | 'CaseSquares'
type Lost = Record<`lost${Summed}`, number>
type Whole = Record<`all${Summed}`, number>

const sums = sql`key, count() AS clusters, countIf(m > 1) AS repeated, sum(m) AS n, sum(y) AS total, sum(own) AS squares,
  sum(ups) AS plus, sum(downs) AS minus, sum(y * y) AS sumSquares, sum(y * m) AS sumCases, sum(m * m) AS caseSquares`

/** A row for each customer of each group. By a hash of 64 bits, as voices are told apart elsewhere: among ten million customers the chance that any two are taken for one is below 10⁻⁵. */
function perCustomer({ indicator: { counting, interval }, key, slice }: CasesQuestion, asking: Asking): Sql {
  const customer = sql`if(customer_ref = '', cityHash64(id, ''), cityHash64(customer_ref))`
  const value = interval === 't' ? sql`v` : sql`toFloat64(if(up, 1, 0) - if(down, 1, 0))`
  return sql`
    SELECT ${key} AS key, ${customer} AS who, toInt64(count()) AS m, sum(${value}) AS y, sum(${value} * ${value}) AS own,
      countIf(up) AS ups, countIf(down) AS downs
    FROM (${casesOf(counting, slice, asking, customer, key)}) WHERE ${key} != '' GROUP BY key, who`
}
