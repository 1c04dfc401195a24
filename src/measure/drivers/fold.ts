import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { CaseRow } from './case-row.ts'

/** What the rows of one stratum share. */
type Shared = Pick<CaseRow, 'part' | 'category' | 'stratum' | 'currency' | 'metric'>
const shared = trusted('part, category, stratum, currency, metric')

/** No name holds this sign, so names can stand around it. */
export const BETWEEN = '\u0000'

type Folded = Shared & Partial<{ [Column in keyof CaseRow]: CaseRow[Column][] }> & { n: number[] }

/**
 * Asks for case rows, one line a stratum: `columns` come as lists. A trait of many values has about as many rows as there are cases, and
 * naming every column in each of them takes longer than counting does. Texts that are not asked for are empty, numbers nought.
 */
export async function askFolded(analytics: Analytics, rows: Sql, columns: readonly string[]): Promise<CaseRow[]> {
  const lists = columns.map((column) => sql`groupArray(${trusted(column)}) AS ${trusted(column)}`)
  const folded = await analytics.query<Folded>(sql`SELECT ${shared}, ${join(lists)} FROM (${rows}) GROUP BY ${shared}`)
  const unfolded: CaseRow[] = []
  for (const stratum of folded) unfold(stratum, unfolded)
  return unfolded
}

/** All rows have the same columns in the same order: the engine that runs this counts on it. */
function unfold(of: Folded, into: CaseRow[]): void {
  const { part, category, stratum, currency, metric } = of
  const key = [category, stratum, part, currency].join(BETWEEN)
  for (let i = 0; i < of.n.length; i++) {
    into.push({
      part,
      category,
      stratum,
      currency,
      metric,
      key,
      aspect: of.aspect?.[i] ?? '',
      scene: of.scene?.[i] ?? '',
      customer: of.customer?.[i] ?? '',
      trait: of.trait?.[i] ?? '',
      value: of.value?.[i] ?? '',
      firstDay: of.firstDay?.[i] ?? '',
      lastDay: of.lastDay?.[i] ?? '',
      n: of.n[i]!,
      low: of.low?.[i] ?? 0,
      satisfied: of.satisfied?.[i] ?? 0,
      score: of.score?.[i] ?? 0,
      scoreSquares: of.scoreSquares?.[i] ?? 0,
      net: of.net?.[i] ?? 0,
      netSquares: of.netSquares?.[i] ?? 0,
      returned: of.returned?.[i] ?? 0,
      refund: of.refund?.[i] ?? 0,
      refunded: of.refunded?.[i] ?? 0,
      refund_n: of.refund_n?.[i] ?? 0,
      refund_hits: of.refund_hits?.[i] ?? 0,
      cancel_n: of.cancel_n?.[i] ?? 0,
      cancel_hits: of.cancel_hits?.[i] ?? 0,
      churn_n: of.churn_n?.[i] ?? 0,
      churn_hits: of.churn_hits?.[i] ?? 0,
      late_n: of.late_n?.[i] ?? 0,
      late_hits: of.late_hits?.[i] ?? 0,
    })
  }
}
