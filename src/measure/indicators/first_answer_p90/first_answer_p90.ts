import { defineIndicator } from '../define.ts'
import { firstAnswerTime } from '../first_answer_time/first_answer_time.ts'
import { asPercentile } from '../percentile.ts'

/** How long the slowest tenth of customers wait at least. */
export const firstAnswerP90 = defineIndicator({
  id: 'first_answer_p90',
  zh: '首次响应时长 P90',
  en: 'First answer time, 90th percentile',
  group: 'service',
  higherIsBetter: false,
  formula:
    'the minutes within which nine in ten answered conversations got their first answer by a person; counted like the first answer time',
  formulaZh: '有人工回复的会话中，九成能在这么多分钟内得到人工首次回复；口径同首次响应时长',
  counting: firstAnswerTime.counting,
  ...asPercentile('minutes', 90),
})
