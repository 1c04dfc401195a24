import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Searches that find nothing: what people want and the shop does not show. */
export const zeroResultRate = defineIndicator({
  id: 'zero_result_rate',
  zh: '零结果搜索率',
  en: 'Searches without a result',
  group: 'behaviour',
  higherIsBetter: false,
  formula: 'searched events with 0 results among searched events that say how many results there were (props.results)',
  formulaZh: '带结果数（props.results）的搜索事件中，结果数为 0 的占比',
  counting: {
    table: 'events',
    rows: () => sql`name = 'searched' AND visitParamHas(props, 'results')`,
    plus: () => sql`visitParamExtractInt(props, 'results') = 0`,
  },
  ...asShare,
})
