import { sql } from '../../../store/clickhouse/sql.ts'
import { followedConversations, RESOLVED_DAYS } from '../conversations.ts'
import { defineIndicator } from '../define.ts'
import { happenedWithin, isRipe } from '../ripe.ts'
import { asShare } from '../share.ts'

/** Whether one contact was enough. Latest conversations are left out: their customers can still come back. */
export const firstContactResolution = defineIndicator({
  id: 'first_contact_resolution',
  zh: '一次解决率',
  en: 'First contact resolution',
  group: 'service',
  higherIsBetter: true,
  knownAfterDays: RESOLVED_DAYS,
  formula: `conversations after which the same customer began no other within ${RESOLVED_DAYS} days, among conversations that a person answered, whose customer is known and whose ${RESOLVED_DAYS} days are over`,
  formulaZh: `有人工回复、顾客身份已知且已过 ${RESOLVED_DAYS} 天的会话中，${RESOLVED_DAYS} 天内同一顾客没有再次发起会话的占比`,
  counting: {
    table: 'voices',
    cases: (slice, _, columns) => followedConversations(slice, columns),
    rows: (asking) => sql`answered_at > 0 AND customer_ref != '' AND ${isRipe(sql`at`, RESOLVED_DAYS, asking)}`,
    plus: () => sql`(next_at = 0 OR NOT ${happenedWithin(sql`next_at`, RESOLVED_DAYS, sql`at`)})`,
  },
  ...asShare,
})
