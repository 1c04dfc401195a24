import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutLast, excerpt, placesOf, splitSpans } from './spans.ts'

const mention = (start: number, end: number, aspect = 'noise') => ({
  aspect,
  polarity: 'negative' as const,
  start,
  end,
})

const mentions = fc.array(fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -5, max: 60 })), {
  maxLength: 8,
})

describe('cutting a text at its evidence', () => {
  test('the pieces joined are the text again, whatever the spans', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), mentions, (text, pairs) => {
        const segments = splitSpans(
          text,
          pairs.map(([start, end]) => mention(start, end)),
        )
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        expect(segments.every((segment) => segment.text !== '')).toBe(true)
      }),
    )
  })

  test('every span that covers something is named exactly once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), mentions, (text, pairs) => {
        const given = pairs.map(([start, end]) => mention(start, end))
        const named = splitSpans(text, given).flatMap((segment) => segment.ends)
        expect(new Set(named).size).toBe(named.length)
        for (const one of given) {
          const visible = Math.max(one.start, 0) < Math.min(one.end, text.length)
          if (visible) expect(named).toContain(one)
        }
      }),
    )
  })

  test('no piece begins or ends inside a surrogate pair', () => {
    const text = '好😀吵'
    const segments = splitSpans(text, [mention(0, 2)])
    expect(segments.map((segment) => segment.text)).toEqual(['好😀', '吵'])
  })

  test('a nested span is shown inside the wider one', () => {
    const segments = splitSpans('嗡的一声像拖拉机', [mention(0, 8, 'noise'), mention(5, 8, 'motor')])
    expect(segments.map((segment) => segment.mention?.aspect)).toEqual(['noise', 'motor'])
  })

  test('terms, opinions and circumstances are cut out and close once, where they end', () => {
    const text = '用了两天声音很大'
    const noise = {
      ...mention(4, 8),
      termAt: { start: 4, end: 6 },
      opinionAt: { start: 6, end: 8 },
      condition: { start: 0, end: 4, text: '用了两天' },
    }
    const segments = splitSpans(text, [noise], placesOf([noise]))
    expect(segments.map(({ text, roles, closes }) => [text, roles, closes])).toEqual([
      ['用了两天', ['condition'], ['condition']],
      ['声音', ['term'], ['term']],
      ['很大', ['opinion'], ['opinion']],
    ])
  })

  test('places outside the text, or over each other, lose no character', () => {
    const place = fc.record({
      role: fc.constantFrom('term' as const, 'scene' as const, 'cause' as const),
      start: fc.integer({ min: -3, max: 40 }),
      end: fc.integer({ min: -3, max: 40 }),
    })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.array(place, { maxLength: 6 }), (text, placed) => {
        const segments = splitSpans(text, [mention(1, 4)], placed)
        expect(segments.map((segment) => segment.text).join('')).toBe(text)
        for (const segment of segments) expect(segment.closes.every((role) => segment.roles.includes(role))).toBe(true)
      }),
    )
  })

  test('the last character is whole', () => {
    expect(cutLast('太吵了👨‍👩‍👧')).toEqual(['太吵了', '👨‍👩‍👧'])
    expect(cutLast('')).toEqual(['', ''])
  })
})

describe('the words around a span', () => {
  test('without a span a text is cut after a clause and carries no mark', () => {
    const cut = excerpt('等了一个星期才到，客服也不回。下次不会再买了，真的很失望', 0, 0, 6)
    expect(cut).toEqual({ text: '等了一个星期才到，客服也不回。…', start: 0, end: 0 })
    expect(splitSpans(cut.text, [mention(0, 0)])).toEqual([{ text: cut.text, mention: null, ends: [] }])
    expect(excerpt('晚到了', 0, 0)).toEqual({ text: '晚到了', start: 0, end: 0 })
  })
  test('the span keeps its words, and no character is cut in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 80 }),
        fc.nat(80),
        fc.nat(80),
        fc.nat(20),
        (text, a, b, around) => {
          const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)]
          const cut = excerpt(text, start, end, around)
          expect(cut.text.slice(cut.start, cut.end)).toBe(text.slice(start, end))
          expect(cut.text.replaceAll('…', '').isWellFormed()).toBe(true)
        },
      ),
    )
  })
})
