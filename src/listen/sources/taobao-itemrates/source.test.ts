import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { taobaoItemrates } from './source.ts'

const real = sample('taobao_tmall_comments/mtop_getitemrates.json')
const read = (file: unknown) => readFile(taobaoItemrates, typeof file === 'string' ? file : JSON.stringify(file))

describe('Taobao and Tmall item rates', () => {
  test('of Tmall’s page come in by their own names; what was added later is a follow-up of its own date', async () => {
    const { voices, dead } = await read(
      'jsonp128({"rateDetail":{"rateCount":{"total":900},"rateList":[{"id":11,"rateContent":"不错","rateDate":"2019-03-01 10:00:00","auctionSku":"颜色:红","reply":"谢谢","displayUserNick":"x**9","appendComment":{"content":"坏了","commentTime":"2019-03-09 08:00:00","days":5}}]}})',
    )
    expect(dead).toEqual([])
    expect(voices).toMatchObject([
      { id: '11', text: '不错', conversation: '11', turn: 0, facts: { sku: '颜色:红', shop_reply: '谢谢' } },
      {
        id: '11.follow-up',
        kind: 'follow_up_review',
        text: '坏了',
        at: Date.parse('2019-03-09T08:00:00+08:00'),
        turn: 1,
      },
    ])
    expect(voices[0]!.rating).toBeUndefined()
  })

  test('of Taobao’s page come in by theirs; a follow-up that has no date is refused, the review stays', async () => {
    const { voices, dead } = await read({
      total: 5000,
      comments: [
        {
          rateId: 12,
          content: '差',
          date: '2016年07月25日 12:16',
          rate: '-1',
          auction: { aucNumId: '7', title: '锅', sku: '大' },
          append: { content: '更差了', dayAfterConfirm: 3 },
          reply: null,
        },
      ],
    })
    expect(voices).toMatchObject([
      { id: '12', rating: -1, ratingMin: -1, productId: '7', at: Date.parse('2016-07-25T12:16:00+08:00') },
    ])
    expect(dead).toEqual(['1: at is missing'])
  })

  test('default praise without a rating says nothing', async () => {
    const { voices, skipped } = await read({ id: '1', feedback: '此用户没有填写评论!', feedbackDate: '2024-05-07' })
    expect([voices, skipped]).toEqual([[], ['1: the platform’s default praise']])
  })

  test('an answer that only says no is refused', async () => {
    const { dead } = await read({ ret: ['FAIL_SYS_TOKEN_EXOIRED::令牌过期'], data: {} })
    expect(dead).toEqual(['1: id or rateId is missing: this is not a record of Taobao and Tmall item rates'])
  })

  test.skipIf(!real)('of a real file are those of its list, not of its total', async () => {
    const { voices, dead, skipped, notes } = await readFile(taobaoItemrates, real!)
    expect([voices.length, dead, skipped]).toEqual([5, [], []])
    expect(notes.filter((note) => note.startsWith('fields not used'))).toEqual([])
    expect(voices[4]).toEqual({
      id: '1055663357945',
      kind: 'review',
      speaker: 'customer',
      text: '28.9有40包实在太划算了，用起来也不觉得心疼浪费，纸质还以为很薄，结果超乎意料的好，满意好评',
      rating: 1,
      ratingMin: -1,
      ratingMax: 1,
      at: Date.parse('2019-08-22T00:00:00+08:00'),
      zone: 'Asia/Shanghai',
      productId: '521422451240',
      facts: { images: 5, video: true },
    })
  })
})
