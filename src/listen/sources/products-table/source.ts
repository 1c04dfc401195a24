import { plainCell } from '../../cells/cells.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineTableSource } from '../../source/table-source.ts'

const columns = {
  id: [
    'id',
    '商品id',
    '商品编号',
    '商品编码',
    '宝贝id',
    'sku',
    'sku编码',
    'product_id',
    'product id',
    'asin',
    'item_id',
    'handle',
  ],
  title: [
    'title',
    '商品名称',
    '商品标题',
    '宝贝标题',
    '标题',
    '名称',
    'name',
    'product_name',
    'product name',
    'item_name',
  ],
  category: ['category', '类目', '商品类目', '品类', '分类', 'product_category', 'product_type', 'type'],
  merchantId: ['merchantId', '店铺id', '商家编号', '商家id', 'merchant_id', 'shop_id', 'seller_id'],
  merchantName: [
    'merchantName',
    '店铺名称',
    '店铺',
    '商家',
    'merchant',
    'merchant_name',
    'shop',
    'seller',
    'store',
    'vendor',
  ],
  price: ['price', '价格', '售价', '单价', '一口价', 'variant price'],
  brand: ['brand', '品牌'],
} as const

export const productsTable = defineTableSource({
  id: 'products-table',
  zh: '商品表',
  en: 'Products, as a table',
  shelf: 'table',
  broad: 0.65,
  describe: {
    zh: '每行一个商品：编号、名称、类目、店铺、价格、品牌。列名认不出时用 --map id=列名。先导入商品，声音与订单才有名称与类目。',
    en: 'One product a row: id, title, category, merchant, price, brand. Other columns: --map id=COLUMN. Import products first, so that voices and orders get names and categories.',
  },
  requires: [columns.id.join('|'), columns.title.join('|')],
  // Reviews and lines of orders name products too, beside titles and prices that are not theirs.
  excludes: ['review_date', 'reviewer_name', 'lineitem name', 'order_id', 'amazon_order_id'],
  mapping: mapped({
    'product.id': columns.id,
    'product.title': columns.title,
    'product.category': columns.category,
    'product.merchantId': columns.merchantId,
    'product.merchantName': columns.merchantName,
    'product.attributes.price': columns.price,
    'product.attributes.brand': columns.brand,
  }),
  leftOut: leave('库存与图片', 'stock and pictures', '库存', 'stock', '图片', 'image', 'image src', 'url', '链接'),
  read: (row) => {
    const text = (field: keyof typeof columns) => plainCell(row(...columns[field]))
    return [
      {
        product: {
          id: text('id'),
          title: text('title')?.slice(0, 300),
          category: text('category')?.slice(0, 80),
          merchantId: text('merchantId'),
          merchantName: text('merchantName')?.slice(0, 120),
          attributes: { price: text('price'), brand: text('brand') },
        },
      },
    ]
  },
})
