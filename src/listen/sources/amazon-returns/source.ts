import { countCell, plainCell, timeOf } from '../../cells/cells.ts'
import { happened } from '../../happenings/happened.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'

/** Amazon's FBA customer returns: one row a unit that came back to a warehouse, known by its licence plate (LPN). */
export const amazonReturns = defineTableSource({
  id: 'amazon-returns',
  zh: '亚马逊 FBA 买家退货报告',
  en: 'Amazon FBA customer returns',
  shelf: 'shop',
  describe: {
    zh: '卖家平台“亚马逊物流买家退货”报告（TSV 或 CSV），每行一件到仓的退货。只有 customer-comments 是买家的话；原因代码与处置记在事件里。',
    en: 'Seller Central’s “FBA customer returns” (TSV or CSV): one row a unit that arrived at a warehouse. Only customer-comments are the buyer’s words; reason codes and dispositions are kept with the event.',
  },
  form: { quoted: 'commas' },
  requires: ['return-date', 'order-id', 'reason', 'license-plate-number|fnsku|detailed-disposition'],
  mapping: mapped({
    'event.id': 'license-plate-number',
    'event.at': 'return-date',
    'event.orderId': 'order-id',
    'event.productId': 'asin',
    'event.props.sku': 'sku',
    'event.props.fnsku': 'fnsku',
    'event.props.quantity': 'quantity',
    'event.props.warehouse': ['fulfillment-center-id', 'fulfilment-center-id'],
    'event.props.disposition': 'detailed-disposition',
    'event.props.reason_code': 'reason',
    'event.props.status_raw': 'status',
    'product.title': 'product-name',
    'voice.text': 'customer-comments',
  }),
  leftOut: [],
  read,
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const text = (name: string) => plainCell(row(name))
  const plate = text('license-plate-number')
  const id = plate && `amazon-return-${plate}`
  const productId = text('asin') ?? text('sku')
  const about = { at: timeOf(row('return-date'), zone), orderId: text('order-id'), productId }
  const reason = text('reason')?.toLowerCase()
  const comments = text('customer-comments')
  const title = text('product-name')
  return [
    ...(productId && title ? [{ product: { id: productId, title: title.slice(0, 300) } }] : []),
    {
      event: {
        ...about,
        ...happened('return_received'),
        id,
        props: {
          reason_code: reason,
          sku: text('sku'),
          fnsku: text('fnsku'),
          quantity: countCell(row('quantity')),
          disposition: text('detailed-disposition')?.toLowerCase(),
          status_raw: text('status'),
          warehouse: text('fulfillment-center-id') ?? text('fulfilment-center-id'),
        },
      },
    },
    ...(comments === undefined
      ? []
      : [
          {
            voice: {
              ...about,
              id,
              kind: 'return_reason' as const,
              text: comments,
              facts: { reason_code: reason, sku: text('sku') },
            },
          },
        ]),
  ]
}
