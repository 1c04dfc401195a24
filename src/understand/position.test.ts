import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineOf, lineOfBreak } from './position.ts'

const text = `{
  "id": "fan",
  "aspects": [
    { "id": "noise",
      "terms": "扇叶声" },
    {
      "id": "a\\"b",
      "advice": { "zh": "换", "en": "Swap" }
    }
  ]
}
`

describe('the line of a path', () => {
  test('is that of the field or of the item of a list', () => {
    expect(lineOf(text, [])).toBe(1)
    expect(lineOf(text, ['id'])).toBe(2)
    expect(lineOf(text, ['aspects', 0])).toBe(4)
    expect(lineOf(text, ['aspects', 0, 'terms'])).toBe(5)
    expect(lineOf(text, ['aspects', 1])).toBe(6)
    expect(lineOf(text, ['aspects', 1, 'advice', 'en'])).toBe(8)
  })

  test('is that of the innermost part there is where the field is missing', () => {
    expect(lineOf(text, ['aspects', 1, 'owner'])).toBe(6)
    expect(lineOf(text, ['scenes', 3, 'zh'])).toBe(1)
  })

  test('is that of the last of two equal names, which is the one that counts', () => {
    expect(lineOf('{"id": 1,\n"id": 2}', ['id'])).toBe(2)
  })

  test('is found in any JSON that is written one value a line', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (items, seed) => {
        const index = seed % items.length
        expect(lineOf(JSON.stringify(items, null, 1), [index])).toBe(index + 2)
      }),
    )
  })
})

describe('the line at which a text stops being JSON', () => {
  const broken: [string, number][] = [
    ['{"a": 1,\n "b": }', 2],
    ['{"a": 1\n\n "b": 2}', 3],
    ['{\n"a": [1,\n2,\n]}', 4],
    ['{\n"a": "no end\n}', 2],
    ["{\n'a': 1}", 2],
    ['{"a": 1}\n}', 2],
    ['{\n"a": 1\n\n\n', 2],
    ['', 1],
  ]
  test.each(broken)('of %j is line %i', (json, line) => {
    expect(() => JSON.parse(json)).toThrow()
    expect(lineOfBreak(json)).toBe(line)
  })
})
