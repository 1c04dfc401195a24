import { sql } from '../../../store/clickhouse/sql.ts'
import { conversations } from '../conversations.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** The promise that a person answers at once. */
export const answerRate = defineIndicator({
  id: 'answer_rate',
  zh: '2 分钟应答率',
  en: 'Answered within 2 minutes',
  group: 'service',
  higherIsBetter: true,
  formula:
    'conversations in which a person answered within 2 minutes of the customer’s first message, among all conversations that a customer began',
  formulaZh: '顾客首条消息后 2 分钟内得到人工回复的会话 ÷ 顾客发起的全部会话',
  counting: {
    table: 'voices',
    cases: (slice, _, columns) => conversations(slice, columns),
    rows: () => sql`1`,
    plus: () => sql`answered_at > 0 AND answered_at - at <= 120000`,
  },
  ...asShare,
})
