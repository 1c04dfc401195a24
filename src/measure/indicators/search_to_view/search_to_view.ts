import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'
import { firstAt, lastAt, visits } from '../visits.ts'

/** Whether what was looked for led to a product. */
export const searchToView = defineIndicator({
  id: 'search_to_view',
  zh: '搜索到详情率',
  en: 'Search to product page',
  group: 'behaviour',
  higherIsBetter: true,
  formula: 'visits with a product page after the first search or list, among visits with a search or a list',
  formulaZh: '有搜索或列表浏览的访问中，此后看了商品详情的占比',
  counting: {
    table: 'events',
    daily: (days, columns) =>
      visits(days, { searched_at: firstAt('browse.search'), viewed_at: lastAt('browse.detail') }, columns),
    rows: () => sql`searched_at > 0`,
    plus: () => sql`viewed_at >= searched_at`,
  },
  ...asShare,
})
