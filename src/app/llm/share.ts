import { sql as pgSql } from 'kysely'
import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { TenantId } from '../../core/tenant.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import type { Stores } from '../../store/open.ts'

/** What went to the model and what it changed. All counts are voices, but `added`, `dropped` and `turned`, which are mentions. */
export interface LlmShare {
  /** Of the customers' voices that the fast reader has read, how many went. */
  share: Estimate
  went: number
  changed: number
  refused: number
  sentiment: number
  added: number
  dropped: number
  turned: number
}

export async function llmShare(
  { analytics, db }: Stores,
  tenant: TenantId,
  period?: { from: string; to: string },
): Promise<LlmShare> {
  const within = period ? sql`AND day BETWEEN ${day(period.from)} AND ${day(period.to)}` : sql``
  const [read] = await analytics.query<{ n: number }>(sql`
    SELECT count() AS n FROM voices WHERE tenant = ${tenant} AND read = 1 AND speaker = 'customer' AND text != '' ${within}`)
  const days = period ? pgSql`and day between ${period.from} and ${period.to}` : pgSql``
  const { rows } = await pgSql<Omit<LlmShare, 'share'>>`
    select count(*)::int as went, (count(*) filter (where refusal is not null))::int as refused,
      (count(*) filter (where sentiment or added + dropped + turned > 0))::int as changed,
      (count(*) filter (where sentiment))::int as sentiment, coalesce(sum(added), 0)::int as added,
      coalesce(sum(dropped), 0)::int as dropped, coalesce(sum(turned), 0)::int as turned
    from llm_readings where tenant = ${tenant} ${days}`.execute(db)
  const told = rows[0]!
  return { share: wilson(Math.min(told.went, read!.n), read!.n), ...told }
}
