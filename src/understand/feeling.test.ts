import { describe, expect, test } from 'vitest'
import { loadReader } from './reader.ts'

const readers = [loadReader({ weightsFile: null }), loadReader()]
const strength = (text: string) => readers.map((reader) => reader.read({ text }).emotionStrength)

describe('signs of feeling', () => {
  test.each([
    ['👍👍👍', 'positive'],
    ['❤❤', 'positive'],
    ['[心][心]', 'positive'],
    ['(≧▽≦)', 'positive'],
    ['😡', 'negative'],
    ['👎', 'negative'],
    ['(╯°□°)╯', 'negative'],
    ['T_T', 'negative'],
    ['东西收到了👍', 'positive'],
    ['东西收到了😡', 'negative'],
    ['好用到哭😭', 'positive'],
  ])('%s is %s', (text, sentiment) => {
    for (const reader of readers) expect(reader.read({ text }).sentiment).toBe(sentiment)
  })

  test.each([
    ['😡😡', 'angry'],
    ['😭', 'sad'],
    ['太喜欢了😍', 'happy'],
    ['没想到居然坏了', 'surprise'],
    ['冒烟了，吓死人', 'fear'],
    ['气死我了', 'angry'],
  ])('%s feels %s', (text, emotion) => {
    for (const reader of readers) expect(reader.read({ text }).emotion).toBe(emotion)
  })

  test('a text of other signs and numbers stays unread', () => {
    for (const text of ['12345', '？？？', '……', '📦']) expect(readers[1]!.read({ text }).read, text).toBe(false)
  })
})

describe('the strength of an emotion', () => {
  test('is nought without an emotion and lies between 0 and 1', () => {
    expect(readers[0]!.read({ text: '今天发货' }).emotionStrength).toBe(0)
    for (const value of strength('气死我了！！！！！他妈的垃圾骗子😡😡😡😡😡，太太太过分了，忍无可忍'))
      expect(value).toBeLessThanOrEqual(1)
  })

  test.each([
    ['有点生气', '生气'],
    ['生气', '非常生气'],
    ['生气', '生气！！！'],
    ['生气', '他妈的生气'],
    ['生气😡', '生气😡😡😡'],
    ['好开心', '好开心好开心啊啊啊！'],
    ['a bit angry', 'angry'],
    ['I am angry', 'I am absolutely furious!!!'],
  ])('“%s” is weaker than “%s”', (weaker, stronger) => {
    const [weak, strong] = [strength(weaker), strength(stronger)]
    for (const i of [0, 1]) expect(weak[i]!).toBeLessThan(strong[i]!)
  })
})
