import { sql } from '../../../store/clickhouse/sql.ts'
import { conversations } from '../conversations.ts'
import { defineIndicator } from '../define.ts'
import { asMedian } from '../percentile.ts'

/** How long a conversation lasts from the first to the last word. */
export const handlingTime = defineIndicator({
  id: 'handling_time',
  zh: '会话处理时长',
  en: 'Handling time',
  group: 'service',
  beside: 'handling_p90',
  higherIsBetter: false,
  formula:
    'median minutes from the customer’s first message to the last message of anyone, among conversations that a person answered',
  formulaZh: '有人工回复的会话中，从顾客首条消息到最后一条消息的中位分钟数',
  counting: {
    table: 'voices',
    cases: (slice, _, columns) => conversations(slice, columns),
    rows: () => sql`answered_at > 0`,
    value: () => sql`(ended_at - at) / 60000`,
  },
  ...asMedian('minutes'),
})
