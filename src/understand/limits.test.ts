import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Reading } from '../core/reading.ts'
import { effort } from './effort.ts'
import { loadReader, MOST_READ } from './reader.ts'

const reader = loadReader()
const MEGABYTE = 1_000_000

/** Every place that a reading names lies in what was read, and no mention is made of nothing. */
function isSound(reading: Reading, text: string): boolean {
  const end = reading.unreadFrom ?? text.length
  const spans = [
    ...reading.mentions,
    ...reading.mentions.flatMap(({ termAt, opinionAt, sceneAt, condition, cause }) =>
      [termAt, opinionAt, sceneAt, condition, cause].filter((span) => span !== null),
    ),
    ...reading.brands,
    ...[reading.sarcasm, reading.incentive].filter((span) => span !== null),
  ]
  return spans.every((span) => span.start >= 0 && span.start < span.end && span.end <= end)
}

describe('a text that is too long', () => {
  test('is read from its beginning, and the rest is marked', () => {
    const text = `声音太大。${'好'.repeat(MEGABYTE)}`
    const reading = reader.read({ text, category: '取暖器' })
    expect(reading.unreadFrom).toBe(MOST_READ)
    expect(reading.mentions[0]).toMatchObject({ aspect: 'noise', polarity: 'negative' })
    expect(reader.read({ text: '声音太大' }).unreadFrom).toBeNull()
  })

  test('is not cut inside a surrogate pair', () => {
    const { unreadFrom } = reader.read({ text: `a${'😡'.repeat(MOST_READ)}` })
    expect(unreadFrom).toBe(MOST_READ - 1)
  })
})

const parts = [
  '好',
  '不',
  '没',
  '声音',
  '声音不好，',
  '不是不好',
  '因为',
  '如果',
  '一就',
  '用了两天就',
  '每次的时候',
  '除了都',
  '除了',
  '呵呵，',
  '厉害了，坏',
  '“正品”',
  '漏电！',
  '比海尔',
  '加微信',
  '好评返现',
  '晚上睡觉',
  '，',
  '。',
  '！',
  '😡',
  '[微笑]',
  'a',
  'not ',
  'because ',
  'the noise is ',
  'after two weeks ',
  '\u0000',
  '\ud83d',
  '\u200b',
  '\u202e',
  ' ',
  '\n',
]

describe('the work of reading grows no faster than the text', () => {
  const workOf = (text: string) => {
    const before = effort.steps
    const reading = reader.read({ text, category: '取暖器' })
    expect(isSound(reading, text)).toBe(true)
    return effort.steps - before
  }

  test.each(parts.map((part) => [JSON.stringify(part), part]))('for %s over and over', (_name, part) => {
    const half = workOf(part.repeat(Math.floor(30_000 / part.length)))
    const whole = workOf(part.repeat(Math.floor(60_000 / part.length)))
    expect(whole).toBeLessThan(half * 2.2 + 1000)
    expect(whole).toBeLessThan(60_000 * 40)
  })

  test.each([
    ['one character', '啊'.repeat(MEGABYTE)],
    ['不', '不'.repeat(MEGABYTE)],
    ['a hundred thousand clauses', '声音大，'.repeat(100_000)],
    ['one English word', 'x'.repeat(MEGABYTE)],
    ['lone surrogates', '\udc00'.repeat(MEGABYTE)],
  ])('and is bounded for a megabyte of %s', (_name, text) => {
    expect(workOf(text)).toBeLessThan(MOST_READ * 40)
  })
})

test('any units make a sound reading, of which nothing is left over for the next text', () => {
  const unit = fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom(...parts),
  )
  const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''))
  const kind = fc.constantFrom('review', 'chat', 'question', undefined)
  fc.assert(
    fc.property(text, kind, (text, kind) => {
      const reading = reader.read({ text, kind, category: '热水器' })
      expect(isSound(reading, text)).toBe(true)
      reader.read({ text: '别的，不好' })
      expect(reader.read({ text, kind, category: '热水器' })).toEqual(reading)
      expect(reading.emotionStrength > 0).toBe(reading.emotion !== 'none')
    }),
    { numRuns: 1500 },
  )
})
