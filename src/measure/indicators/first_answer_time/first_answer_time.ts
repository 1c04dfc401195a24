import { sql } from '../../../store/clickhouse/sql.ts'
import { conversations } from '../conversations.ts'
import { defineIndicator } from '../define.ts'
import { asMedian } from '../percentile.ts'

/** How long customers wait in a conversation until a person answers. */
export const firstAnswerTime = defineIndicator({
  id: 'first_answer_time',
  zh: '首次响应时长',
  en: 'First answer time',
  group: 'service',
  beside: 'first_answer_p90',
  higherIsBetter: false,
  formula:
    'median minutes from the customer’s first message in a conversation to the first answer by a person, by the day of the first message; conversations that a person never answered are left out (see answer rate)',
  formulaZh: '会话中顾客首条消息到人工首次回复的中位分钟数，按首条消息的日期计；从未得到人工回复的会话不计（见应答率）',
  counting: {
    table: 'voices',
    cases: (slice, _, columns) => conversations(slice, columns),
    rows: () => sql`answered_at > 0`,
    value: () => sql`(answered_at - at) / 60000`,
  },
  ...asMedian('minutes'),
})
