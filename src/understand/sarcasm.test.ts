import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const readers = [loadReader({ weightsFile: null }), loadReader()]
const mocked = (text: string) =>
  readers.map((reader) => {
    const { sarcasm } = reader.read({ text })
    return sarcasm === null ? null : text.slice(sarcasm.start, sarcasm.end)
  })

describe('sarcasm is seen, with the words that show it, and does not praise', () => {
  test.each([
    ['呵呵真快，等了半个月', '呵呵'],
    ['好一个“正品”', '好一个'],
    ['厉害了，两天就坏', '厉害了'],
    ['谢谢你们让我白等一天', '谢谢你们让我'],
    ['质量真好，用一次就断了', '质量真好'],
    ['真是“优质”服务，打了十个电话没人接', '优质'],
    ['速度真快，半个月才到', '速度真快'],
    ['恭喜你们，成功骗到一个', '恭喜你们'],
    ['东西挺好[微笑]用一天就坏[微笑]', '[微笑]'],
    ['所谓的正品也不过如此', '所谓的'],
    ['Great job, arrived broken', 'Great job'],
    ['Thanks for nothing', 'Thanks for nothing'],
  ])('%s', (text, words) => {
    expect(mocked(text)).toEqual([words, words])
    for (const reader of readers) expect(reader.read({ text }).sentiment).not.toBe('positive')
  })
})

describe('plain praise is not taken for mockery', () => {
  test.each([
    '真快，第二天就到了',
    '质量真好，下次还来',
    '完美，没有破损',
    '太棒了，就是有点贵',
    '厉害了，两天就到',
    '不错啊，比想象的好',
    '恭喜发财，东西很好',
    '谢谢你们让我买到这么好的东西',
    '买了“大号”的，很合适',
    'Great job, arrived early',
    'Perfect, works as described',
  ])('%s', (text) => {
    expect(mocked(text)).toEqual([null, null])
  })
})
