import { defineIndicator } from '../define.ts'
import { handlingTime } from '../handling_time/handling_time.ts'
import { asPercentile } from '../percentile.ts'

/** How long the longest tenth of conversations last at least. */
export const handlingP90 = defineIndicator({
  id: 'handling_p90',
  zh: '会话处理时长 P90',
  en: 'Handling time, 90th percentile',
  group: 'service',
  higherIsBetter: false,
  formula: 'the minutes within which nine in ten answered conversations were over; counted like the handling time',
  formulaZh: '有人工回复的会话中，九成在这么多分钟内结束；口径同会话处理时长',
  counting: handlingTime.counting,
  ...asPercentile('minutes', 90),
})
