import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

test('pieces cover any text without gaps, are short, and never split a character in two', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('好', 'a', '😀', '。', '，'), maxLength: 2000 }), (text) => {
      const pieces = piecesOf(text)
      const parts = pieces.map(({ start, end }) => text.slice(start, end))
      expect(parts.join('')).toBe(text)
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(256)
        expect(part.isWellFormed()).toBe(true)
      }
    }),
  )
})

test('a long text is cut after a clause where there is one', () => {
  const clause = `${'很'.repeat(99)}。`
  expect(piecesOf(clause.repeat(4)).map(({ end }) => end)).toEqual([200, 400])
})
