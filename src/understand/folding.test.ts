import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText, foldWord } from './text.ts'
import { TRADITIONAL } from './traditional.ts'

test('the table is of pairs, folds once for all, and leaves simplified characters as they are', () => {
  const pairs = Array.from({ length: TRADITIONAL.length / 2 }, (_, i) => [TRADITIONAL[2 * i]!, TRADITIONAL[2 * i + 1]!])
  expect(Number.isInteger(pairs.length)).toBe(true)
  expect(pairs.length).toBeGreaterThan(2500)
  expect(new Set(pairs.map(([from]) => from)).size).toBe(pairs.length)
  for (const [, to] of pairs) expect(foldWord(to!), to).toBe(to)
  expect(foldWord('后面里外台前干净著名')).toBe('后面里外台前干净著名')
})

test('words of all kinds fold to what the packs are written in', () => {
  expect(foldWord('這個熱水器聲音很響、質量沒話說、客服態度惡劣')).toBe('这个热水器声音很响、质量没话说、客服态度恶劣')
  expect(foldWord('ＡＢＣ　iPhone')).toBe('abc iphone')
})

test('every unit stays in its place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const units = foldText(text)
      const folded = foldWord(text)
      expect(folded.length).toBe(text.length)
      for (let i = 0; i < text.length; i++) expect(folded.charCodeAt(i)).toBe(units[i])
    }),
  )
})
