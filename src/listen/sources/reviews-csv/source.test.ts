import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRating, parseTime } from '../../decode/values.ts'
import { caught, type SourceItem, type SourceOptions } from '../../source/source.ts'
import { reviewsCsv } from './source.ts'

const zone = 'Asia/Shanghai'
const at = Date.parse('2017-09-08T20:35:27+08:00')

async function read(file: string | Buffer, options: Partial<SourceOptions> = {}, pieces = 1) {
  const bytes = Buffer.from(file as string)
  const size = Math.max(1, Math.ceil(bytes.length / pieces))
  const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  )
  const done = await caught(async () => {
    const opened = await reviewsCsv.open(Readable.from(chunks), { zone, map: {}, set: {}, ignore: [], ...options })
    if (!opened.ok) return { problem: opened.problem, items: [], notes: [] }
    const items: SourceItem[] = []
    for await (const row of opened.value.rows) items.push(...row)
    return { items, notes: opened.value.notes, problem: undefined }
  })
  return done.ok ? done.value : { problem: done.problem, items: [] as SourceItem[], notes: [] as string[] }
}
const records = (items: SourceItem[]) => items.map((item) => ('record' in item ? item.record : undefined))

describe('a review export', () => {
  test('is known by its Chinese column names, with BOM, CRLF, quotes and new lines', async () => {
    const file =
      '\ufeff评价内容,评分,评价时间,昵称,店铺\r\n"第一行\r\n""第二行""",5星,2017-09-08 20:35:27,张***3,甲\r\n'
    const { items, notes } = await read(file)
    expect(items).toEqual([
      { line: 2, kind: 'voices', record: { text: '第一行\r\n"第二行"', rating: 5, at, merchantId: '甲' } },
    ])
    expect(notes).toContain('columns not used: 昵称')
  })

  test('is known by its English column names, with tabs or semicolons', async () => {
    for (const mark of ['\t', ';']) {
      const { items } = await read(
        `${`review_text,${''}`.replace(',', mark)}Rating${mark}date\nbad, really${mark}1${mark}2017/9/8\n`,
      )
      expect(records(items)).toEqual([{ text: 'bad, really', rating: 1, at: Date.parse('2017-09-08T00:00:00+08:00') }])
    }
  })

  test('takes columns by --map, constants by --set, and leaves out what is ignored', async () => {
    const { items, notes } = await read('cat,label,text,votes_a,votes_b\n热水器,0,安装收费,1,2\n', {
      map: { category: 'cat' },
      set: { at: '2026-01-01', ratingMin: '0', ratingMax: '1', kind: 'review' },
      ignore: ['votes_*'],
    })
    const midnight = Date.parse('2026-01-01T00:00:00+08:00')
    expect(records(items)).toEqual([
      { category: '热水器', rating: 0, text: '安装收费', at: midnight, ratingMin: 0, ratingMax: 1, kind: 'review' },
    ])
    expect(notes).toContain('columns ignored as asked: votes_a, votes_b')
  })

  test('yields an order and a product beside the voice, where they are mapped', async () => {
    const file =
      'oid,下单时间,amount,送达,freight,商品ID,商品名称,评价,时间\n7,2017/9/1,"1,299.50",,14.38,p1,取暖器,好,2017-09-08 20:35:27\n'
    const { items } = await read(file, {
      map: {
        'order.id': 'oid',
        'order.orderedAt': '下单时间',
        'order.amount': 'amount',
        'order.deliveredAt': '送达',
        'order.facts.freight': 'freight',
      },
    })
    expect(items.map((item) => 'kind' in item && item.kind)).toEqual(['products', 'orders', 'voices'])
    const [product, order, voice] = records(items)
    expect(product).toMatchObject({ id: 'p1', title: '取暖器' })
    expect(order).toMatchObject({
      id: '7',
      facts: { freight: 14.38 },
      lines: [{ productId: 'p1', amountMinor: 129_950 }],
    })
    expect(order).not.toHaveProperty('deliveredAt')
    expect(voice).toEqual({ text: '好', at, orderId: '7', productId: 'p1' })
  })

  test('of which a column says only whether the order came back: yes is a return after the row’s own review, and it is said', async () => {
    const rows = [
      '1,2017-09-01,2017-09-05,2017-09-08 20:35:27,2,yes',
      '2,2017-09-01,2017-09-05,2017-11-08 20:35:27,2,是',
      '3,2017-09-01,2017-09-05,2017-09-08 20:35:27,5,No',
      '4,2017-09-01,2017-09-05,2017-09-08 20:35:27,5,',
      '5,2017-09-01,2017-09-05,2017-09-08 20:35:27,5,perhaps',
    ]
    const map = {
      ...{ 'order.id': 'no', 'order.orderedAt': 'ordered', 'order.deliveredAt': 'came', 'order.returned': 'back' },
      ...{ at: 'said', rating: 'stars' },
    }
    const { items, notes } = await read(`no,ordered,came,said,stars,back\n${rows.join('\n')}\n`, { map })
    const orders = items.flatMap((item) => ('record' in item && item.kind === 'orders' ? [item] : []))
    const returnedAt = orders.map((item) => (item.record as { lines: { returnedAt?: unknown }[] }).lines[0]!.returnedAt)
    const delivered = Date.parse('2017-09-05T00:00:00+08:00')
    // What is neither yes nor no stays as it is written, and is refused as no time.
    expect(returnedAt).toEqual([at + 1, delivered, undefined, undefined, 'perhaps'])
    expect(notes.join('; ')).toMatch(/returns without a time count as asked for right after the row’s own review/)
    const { 'order.deliveredAt': _, ...without } = map
    const said = (await read('no,ordered,came,said,stars,back\n', { map: without })).notes.join('; ')
    expect(said).toMatch(/no column says when orders were delivered/)
  })

  test('of JD’s crawlers brings its follow-up, its reply and its facts; default praise keeps the rating', async () => {
    const { items } = await read(
      '评论ID,会员,级别,评价星级,评价内容,时间,点赞数,追评时间,追评内容,商品属性,颜色,商家回复\n' +
        '11,j***n,PLUS会员,3,壶嘴歪,2017-09-08 20:35:27,4,2017-09-20 08:00:00,换了新的,x,白色,亲，给您换\n' +
        '12,k***k,,5,此用户未填写评价内容,2017-09-08 20:35:27,,,,,,\n',
    )
    expect(records(items)).toEqual([
      {
        id: '11',
        conversation: '11',
        turn: 0,
        rating: 3,
        text: '壶嘴歪',
        at,
        facts: { useful: 4, colour: '白色', shop_reply: '亲，给您换' },
      },
      {
        id: '11.follow-up',
        kind: 'follow_up_review',
        conversation: '11',
        turn: 1,
        text: '换了新的',
        at: Date.parse('2017-09-20T08:00:00+08:00'),
      },
      { id: '12', rating: 5, at, facts: { default_praise: true } },
    ])
  })

  test('with JD’s own field names is known too', async () => {
    const { items } = await read(
      'content,creationTime,score,nickname,productColor,productSize,referenceId,referenceName,userLevelName,afterUserComment.content,afterUserComment.created\n好,2017-09-08 20:35:27,5,j***n,白,大,9,壶,PLUS,坏了,2017-09-20 08:00:00\n',
    )
    const [product, voice, followUp] = records(items)
    expect(product).toMatchObject({ id: '9', title: '壶' })
    expect(voice).toMatchObject({
      productId: '9',
      rating: 5,
      facts: { colour: '白', size: '大', member_level: 'PLUS' },
    })
    expect(followUp).toMatchObject({ kind: 'follow_up_review', text: '坏了', productId: '9' })
  })

  test('names with a unit in brackets are known, and what was added without a time of its own has the review’s, and says so', async () => {
    const { items } = await read(
      '评价内容,评价时间,评分(星),追评内容（选填）\n好,2017-09-08 20:35:27,五星,用了一周没有异响\n',
    )
    const [voice, followUp] = records(items)
    expect(voice).toMatchObject({ text: '好', rating: 5 })
    expect(followUp).toMatchObject({
      kind: 'follow_up_review',
      text: '用了一周没有异响',
      at: (voice as { at: number }).at,
      facts: { time_of: 'review' },
    })
  })

  test('sends a ragged row to the dead letters with its line, and reads on', async () => {
    const { items } = await read('评价,时间\n"a\nb",2017/9/8\n只有一格\n\n好,2017/9/8,多\n很好,2017/9/8\n')
    expect(items.map(({ line, ...item }) => [line, 'dead' in item ? item.dead.reason : 'kept'])).toEqual([
      [2, 'kept'],
      [4, 'has 1 cells where the header has 2'],
      [6, 'has 3 cells where the header has 2'],
      [7, 'kept'],
    ])
  })

  test('keeps a text exactly as it is written, whatever is in it and however the file is cut into pieces', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((one) => one.trim() !== '' && !one.includes('\0'))
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (texts, pieces) => {
          const rows = texts.map((one) => `"${one.replaceAll('"', '""')}",2017/9/8`)
          const { items } = await read(`text,date\n${rows.join('\n')}\n`, {}, pieces)
          expect(records(items).map((record) => (record as { text: string }).text)).toEqual(texts.map((one) => one))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('any bytes end in records or in a problem, never in a crash', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        await read(Buffer.concat([Buffer.from('text,date\n'), bytes]))
        await read(Buffer.from(bytes))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a file that cannot be used is a clear problem', () => {
  test.each([
    ['an empty file', '', {}, 'header_missing', 'first line'],
    ['no known columns', '好,5\n差,1\n', {}, 'columns_unknown', '--map'],
    ['no time', '评价,评分\n好,5\n', {}, 'time_missing', '--set at='],
    ['a column that is not there', '评价,时间\n', { map: { rating: '星' } }, 'column_missing', '评价, 时间'],
    ['a field that is not there', '评价,时间\n', { map: { stars: '评价' } }, 'field_unknown', 'rating'],
    [
      'order fields without the order',
      '评价,时间,x\n',
      { map: { 'order.amount': 'x' } },
      'order_id_missing',
      'order.id',
    ],
    [
      'an order without its time',
      '评价,时间,x\n',
      { map: { 'order.id': 'x' } },
      'order_time_missing',
      'order.orderedAt',
    ],
    ['GB18030', Buffer.from([0xc6, 0xc0, 0xbc, 0xdb, 0x2c, 0xca]), {}, 'encoding', 'iconv'],
    ['a NUL byte', '评价,时间\n好\0,2017/9/8\n', {}, 'encoding', 'UTF-8'],
    ['an Excel workbook', Buffer.from('PK\x03\x04'), {}, 'format', 'CSV'],
    ['a quote never closed', `评价,时间\n"好,2017/9/8\n`, {}, 'csv', 'twice'],
  ])('%s', async (_, file, options, code, remedy) => {
    const { problem } = await read(file, options)
    expect(problem).toMatchObject({ code, remedy: expect.stringContaining(remedy) })
  })
})

describe('values', () => {
  test.each([
    ['2017-09-08 20:35:27', at],
    ['2017/9/8 20:35:27', at],
    ['2017年9月8日 20:35:27', at],
    ['2017-09-08T12:35:27Z', at],
    ['1504874127000', at],
    ['1504874127', at],
    ['2017-02-29', undefined],
    ['09/08/2017', undefined],
    ['昨天', undefined],
  ])('time %s', (text, expected) => {
    expect(parseTime(text, zone)).toBe(expected)
  })

  test.each([
    ['5', 5],
    ['4.5', 4.5],
    ['3星', 3],
    ['五星', 5],
    ['★★★☆☆', 3],
    ['4.0 out of 5 stars', 4],
    ['好评', 5],
    ['中评', 3],
    ['差评', 1],
    ['还行吧', undefined],
  ])('rating %s', (text, expected) => {
    expect(parseRating(text, { min: 1, max: 5 })).toBe(expected)
  })
})
