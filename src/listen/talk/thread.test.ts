import { describe, expect, test } from 'vitest'
import { isDefaultPraise, replyOf, thread, titled } from './thread.ts'

describe('default praise', () => {
  test.each([
    '此用户没有填写评价。',
    '此用户未填写评价内容',
    '此用户没有填写评论!',
    '该用户未填写文字评价',
    '您没有填写内容，默认好评',
    '用户未及时评价，系统默认好评',
    '评价方未及时做出评价,系统默认好评!',
    '15天内买家未作出评价',
    '系统默认好评',
    '默认好评',
    '该用户觉得商品很好，给出5星好评',
    '该用户觉得商品非常好',
  ])('%s is written by the platform', (text) => {
    expect(isDefaultPraise(text)).toBe(true)
  })

  test.each([
    '好评',
    '我觉得商品很好',
    '没有评价一下客服的机会',
    '该用户手册写得不清楚',
    '客服没有回复，默认好评不甘心',
    '之前系统默认好评了，现在补一条：漏水',
    '用户体验很好，没有异味',
    '未填写发票抬头，客服很快补开了',
  ])('%s is a customer’s', (text) => {
    expect(isDefaultPraise(text)).toBe(false)
  })
})

describe('a review and what followed it', () => {
  const review = { id: 'r', kind: 'review' as const, text: 'a', at: 5, productId: 'p' }

  test('alone is a voice without a conversation', () => {
    expect(thread(review, [])).toEqual([{ voice: { ...review, facts: {} } }])
  })

  test('is one conversation by time; what has no id of its own has no conversation made up', () => {
    const followed = [
      ...replyOf('r.reply', 'thanks', 9),
      { id: 'r.follow-up', text: 'b', at: 7, kind: 'follow_up_review' as const },
    ]
    const voices = thread(review, followed).flatMap((item) => ('voice' in item ? [item.voice] : []))
    expect(voices.map(({ id, turn, conversation, productId }) => [id, turn, conversation, productId])).toEqual([
      ['r', 0, 'r', 'p'],
      ['r.follow-up', 1, 'r', 'p'],
      ['r.reply', 2, 'r', 'p'],
    ])
    const nameless = thread({ ...review, id: undefined }, followed)
    expect(nameless.some((item) => 'voice' in item && item.voice.conversation !== undefined)).toBe(false)
  })

  test('a reply without a time is a fact of the review, and no longer than a fact may be', () => {
    const [item, ...rest] = thread(review, replyOf(undefined, 'x'.repeat(5_000), undefined))
    expect(rest).toEqual([])
    const { shop_reply } = (item as { voice: { facts: { shop_reply: string } } }).voice.facts
    expect([shop_reply.length, shop_reply.endsWith('…')]).toEqual([2_000, true])
  })
})

test('a title is said before its text, and not twice', () => {
  expect(titled('A', 'b')).toBe('A\nb')
  expect(titled('It works', 'It works well')).toBe('It works well')
  expect(titled('A', undefined)).toBe('A')
  expect(titled(undefined, undefined)).toBeUndefined()
})
