import { describe, expect, test } from 'vitest'
import { markOf, numberOf, wordsOf } from './cells.ts'

describe('cells', () => {
  test.each([
    ['1,234', 1234],
    ['1.2万', 12_000],
    ['3w', 30_000],
    ['2.5k', 2_500],
    ['1.1亿', 110_000_000],
    ['-3', -3],
    ['0.523', 0.523],
    ['10万+', '10万+'],
    ['1,23', '1,23'],
    ['', ''],
    [undefined, undefined],
  ])('%s is the number %s', (cell, expected) => {
    expect(numberOf(cell)).toBe(expected)
  })

  test('a mark is one only where it says so', () => {
    expect(['True', 'Y', '是', 'false', 'N', '0', 'maybe', undefined].map(markOf)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      undefined,
      undefined,
    ])
  })

  test('words in one cell are joined as people read them', () => {
    expect(wordsOf('easy, ignored;x')).toBe('easy、ignored、x')
  })
})
