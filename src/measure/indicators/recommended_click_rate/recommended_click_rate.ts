import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'
import { visits } from '../visits.ts'

/** A list of recommended products is one that says so: in `list` (our own records), `list_id` (Segment) or `item_list_id` (GA4). */
const recommended = sql`positionCaseInsensitive(concat(visitParamExtractString(props, 'list'), ' ', visitParamExtractString(props, 'list_id'), ' ',
  visitParamExtractString(props, 'item_list_id')), 'recommend') > 0`

/** Whether what is recommended is what people take. */
export const recommendedClickRate = defineIndicator({
  id: 'recommended_click_rate',
  zh: '推荐位点击率',
  en: 'Recommended list click-through',
  group: 'behaviour',
  higherIsBetter: true,
  formula:
    'visits with a click on a product of a recommended list after one was shown, among visits in which one was shown; a recommended list is one whose name (list, list_id or item_list_id) contains “recommend”',
  formulaZh:
    '展示过推荐列表的访问中，此后点击了推荐商品的占比；列表名（list、list_id 或 item_list_id）含 recommend 的算推荐列表',
  counting: {
    table: 'events',
    daily: (days, columns) =>
      visits(
        days,
        {
          shown_at: sql`minIf(at, name = 'product_list_viewed' AND ${recommended})`,
          clicked_at: sql`maxIf(at, name = 'product_clicked' AND ${recommended})`,
        },
        columns,
      ),
    rows: () => sql`shown_at > 0`,
    plus: () => sql`clicked_at >= shown_at`,
  },
  ...asShare,
})
