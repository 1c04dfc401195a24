import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { taobaoTraderates } from './source.ts'

const header = 'tid,oid,role,nick,result,created,item_title,item_price,content,reply,num_iid\n'

describe('Taobao trade rates', () => {
  test('as CSV: a buyer’s rate is a voice, a seller’s is skipped and counted', async () => {
    const { voices, products, skipped, dead } = await readFile(
      taobaoTraderates,
      `${header}190000000000000011,190000000000000012,buyer,t**1,neutral,2024-03-01 10:00:00,暖风机,199.00,"一般,般",亲，谢谢,600011\n1,2,seller,店,good,2024-03-01 10:00:00,暖风机,199.00,好买家,,600011\n`,
    )
    expect([dead, skipped]).toEqual([[], ['3: the seller’s rating of a buyer']])
    expect(products).toMatchObject([{ id: '600011', title: '暖风机' }])
    expect(voices).toEqual([
      {
        id: 'traderate-190000000000000012',
        kind: 'review',
        speaker: 'customer',
        text: '一般,般',
        rating: 0,
        ratingMin: -1,
        ratingMax: 1,
        at: Date.parse('2024-03-01T10:00:00+08:00'),
        zone: 'Asia/Shanghai',
        orderId: '190000000000000011',
        productId: '600011',
        facts: { item_price: 199, shop_reply: '亲，谢谢' },
      },
    ])
  })

  test('as a plain list; ids beyond 2^53 stay themselves, an unknown result is refused', async () => {
    const { voices, dead } = await readFile(
      taobaoTraderates,
      '[{"tid":190000000000000011,"oid":190000000000000013,"role":"buyer","nick":"某买家","result":"good","created":"2024-03-01 10:00:00","content":"评价方未及时做出评价,系统默认好评!"},{"tid":1,"oid":2,"result":"great","created":"2024-03-01 10:00:00"}]',
    )
    expect(voices).toMatchObject([
      {
        id: 'traderate-190000000000000013',
        text: '',
        rating: 1,
        customerRef: '某买家',
        facts: { default_praise: true },
      },
    ])
    expect(dead).toEqual(['1: rating should be a number, but is "great"'])
  })
})
