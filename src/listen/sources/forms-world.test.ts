import { describe, expect, test } from 'vitest'
import { parseTime } from '../decode/values.ts'
import { type FormCase, holds } from '../source/form-case.ts'
import { ordersTable } from './orders-table/source.ts'
import { returnReasons } from './return-reasons/source.ts'
import { reviewsCsv } from './reviews-csv/source.ts'

const at = (text: string) => Date.parse(text)

/** “评价内容,评分,评价时间” and a row, in GB18030. */
const gb = Buffer.from('c6c0bcdbc4dac8dd2cc6c0b7d62cc6c0bcdbcab1bce40abadcbac32c352c323032342d30332d30310a', 'hex')

const forms: FormCase[] = [
  {
    source: reviewsCsv,
    what: 'the mark of UTF-8 before a text in GB18030',
    file: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), gb]),
    voices: [{ text: '很好', rating: 5 }],
  },
  {
    source: reviewsCsv,
    what: 'days that a spreadsheet left as numbers',
    file: '评价内容,评分,评价时间\n很好用,5,45352.5\n噪音大,1,45353\n',
    voices: [{ at: at('2024-03-01T12:00:00+08:00') }, { at: at('2024-03-02T00:00:00+08:00') }],
  },
  {
    source: reviewsCsv,
    what: 'German: points in dates, semicolons',
    file: 'Bewertung;Sterne;Datum;Produkt\nSehr gut;5;24.12.2023 10:11;Kessel\nZu laut;2;1.12.2023;Kessel\n',
    options: { zone: 'Europe/Berlin' },
    voices: [
      { text: 'Sehr gut', rating: 5, at: at('2023-12-24T10:11:00+01:00') },
      { text: 'Zu laut', rating: 2, at: at('2023-12-01T00:00:00+01:00') },
    ],
  },
  {
    source: reviewsCsv,
    what: 'Japanese',
    file: 'レビュー内容,評価,投稿日,商品名\nとても良い,5,2024年3月1日,ポット\n',
    voices: [{ text: 'とても良い', rating: 5, at: at('2024-03-01T00:00:00+08:00') }],
  },
  {
    source: reviewsCsv,
    what: 'traditional characters',
    file: '評價內容,評分,評價時間,商品名稱\n很好用,5,2024-03-01 10:00:00,水壺\n',
    voices: [{ text: '很好用', rating: 5 }],
  },
  {
    source: reviewsCsv,
    what: 'Korean',
    file: '리뷰,평점,작성일\n좋아요,5,2024.03.01\n',
    voices: [{ text: '좋아요', rating: 5 }],
  },
  {
    source: reviewsCsv,
    what: 'Portuguese: a day that only the other row proves',
    file: 'Comentário;Nota;Data da avaliação\nÓtimo;5;01/03/2024 10:00\nRuim;1;28/03/2024 10:00\n',
    voices: [
      { text: 'Ótimo', at: at('2024-03-01T10:00:00+08:00') },
      { text: 'Ruim', at: at('2024-03-28T10:00:00+08:00') },
    ],
  },
  {
    source: ordersTable,
    what: 'refunds as negative amounts, and the newer name of what was paid',
    file: '订单号,下单时间,买家实付金额,退款金额\nA1,2024-03-01 10:00:00,199.00,-199.00\nA2,2024-03-01 11:00:00,99.00,0\n',
    orders: [{ lines: [expect.objectContaining({ amountMinor: 19900, refundMinor: 19900 })] }, { id: 'A2' }],
  },
  {
    source: returnReasons,
    what: 'refunds as negative amounts',
    file: '退款编号,订单编号,退货原因,申请时间,退款金额\nR1,A1,尺寸不合适,2024-03-02 10:00:00,-59.90\n',
    events: [{ props: { refundMinor: 5990 } }],
    guessed: false,
  },
]

describe('tables as other countries and programs write them', () => {
  test.each(forms)('$source.id: $what', async (form) => holds(form))
})

test('a spreadsheet’s number of days is a time from 2000 to 2099 only', () => {
  expect(parseTime('36526', 'UTC')).toBe(at('2000-01-01T00:00:00Z'))
  expect(parseTime('73050.999988', 'UTC')).toBe(at('2099-12-31T23:59:59Z'))
  expect([parseTime('36525', 'UTC'), parseTime('73051', 'UTC'), parseTime('453', 'UTC')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
