import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt } from './excerpt.ts'

const quote = (text: string, start: number, end: number) => ({ voiceId: 'v', text, start, end })

test('a short text is shown whole, with its evidence', () => {
  expect(excerpt(quote('半夜很吵，睡不着', 2, 4))).toEqual({ before: '半夜', evidence: '很吵', after: '，睡不着' })
})

test('a long text is shown around its evidence', () => {
  const { before, evidence, after } = excerpt(quote(`${'前'.repeat(500)}很吵${'后'.repeat(500)}`, 500, 502))
  expect([before, evidence, after]).toEqual([`…${'前'.repeat(70)}`, '很吵', `${'后'.repeat(70)}…`])
})

test('a text that is its own evidence, such as an unread one, has nothing marked', () => {
  expect(excerpt(quote('não recebi', 0, 10))).toEqual({ before: 'não recebi', evidence: '', after: '' })
})

test('no cut leaves half a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), fc.nat(), (text, place) => {
      const start = [...text].slice(0, place % [...text].length).join('').length
      const { before, evidence, after } = excerpt(quote(text, start, text.length))
      expect((before + evidence + after).isWellFormed()).toBe(true)
    }),
  )
})
