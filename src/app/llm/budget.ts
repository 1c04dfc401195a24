import { sql } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'

/** What may be spent on one local day. */
export interface Budget {
  tenant: TenantId
  day: string
  requestsPerDay: number
  tokensPerDay: number
}

/**
 * Takes one request and so many tokens from the day's budget, or nothing: one statement, so that however many ask at once the sum never
 * passes the budget. False where it would.
 */
export async function reserve({ db }: Stores, of: Budget, tokens: number): Promise<boolean> {
  const { rows } = await sql`
    insert into llm_days as spent (tenant, day, requests, tokens)
    select ${of.tenant}, ${of.day}, 1, ${tokens}::int where 1 <= ${of.requestsPerDay}::int and ${tokens}::int <= ${of.tokensPerDay}::int
    on conflict (tenant, day) do update set requests = spent.requests + 1, tokens = spent.tokens + excluded.tokens
      where spent.requests + 1 <= ${of.requestsPerDay}::int and spent.tokens + excluded.tokens <= ${of.tokensPerDay}::int
    returning requests`.execute(db)
  return rows.length > 0
}

/** Puts what was really spent in the place of what was reserved. */
export async function settleTokens({ db }: Stores, of: Budget, reserved: number, spent: number): Promise<void> {
  await db
    .updateTable('llm_days')
    .set((eb) => ({ tokens: eb('tokens', '+', Math.round(spent) - reserved) }))
    .where('tenant', '=', of.tenant)
    .where('day', '=', of.day)
    .execute()
}

export async function spentOn({ db }: Stores, tenant: TenantId, day: string) {
  const row = await db
    .selectFrom('llm_days')
    .select(['requests', 'tokens'])
    .where('tenant', '=', tenant)
    .where('day', '=', day)
    .executeTakeFirst()
  return row ?? { requests: 0, tokens: 0 }
}
