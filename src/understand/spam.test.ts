import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const reader = loadReader()
const spam = (text: string) => reader.read({ text }).spam

describe('a text that is worth little', () => {
  test.each([
    ['系统默认好评', ['template']],
    ['此用户没有填写评价内容', ['template']],
    ['好好好好好好好好好好好好', ['filler']],
    ['不错不错不错不错不错不错不错', ['filler']],
    ['凑字数凑够十五个字', ['filler']],
    ['asdfghjkl', ['gibberish']],
    ['hjkdfgskjdfg', ['gibberish']],
    ['1234567890123', ['gibberish']],
    ['加微信abc12345领优惠券', ['advert']],
    ['兼职日赚三百，联系qq 12345678', ['advert']],
    ['优惠券点击链接 http://t.example.com/x', ['advert']],
  ])('%s', (text, kinds) => {
    expect(spam(text)).toEqual(kinds)
  })

  test.each([
    '很好很好，下次还来',
    '客服让我加微信处理售后，一直没人理',
    '好好好',
    'Good quality, works well',
    'good',
    '声音大，大，大',
    'RTX 4060 8GB',
    '哈哈哈哈哈太好用了，下次还买',
    '订单号20260112345一直没发货',
  ])('%s is not', (text) => {
    expect(spam(text)).toEqual([])
  })
})

test('what the system writes for somebody who wrote nothing judges nothing; what is written beside it does', () => {
  const full = loadReader()
  for (const text of ['此用户没有填写评价内容', '该用户觉得商品非常好，给出5星好评', '系统默认好评'])
    expect(full.read({ text })).toMatchObject({ read: true, sentiment: 'neutral', intents: [], emotion: 'none' })
  expect(full.read({ text: '默认好评，但是很难用' }).sentiment).toBe('negative')
})

describe('a reward for good reviews', () => {
  test.each([
    ['好评返现5元', '好评返现'],
    ['送了张好评卡，五星返现', '好评卡'],
    ['客服求好评，烦死了', '求好评'],
  ])('%s', (text, words) => {
    const { incentive } = reader.read({ text })
    expect(text.slice(incentive!.start, incentive!.end)).toBe(words)
  })

  test('is no praise', () => {
    const alone = loadReader({ weightsFile: null })
    expect(alone.read({ text: '好评返现' }).sentiment).not.toBe('positive')
    expect(alone.read({ text: '东西很好，给好评' }).incentive).toBeNull()
  })
})
