import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExact } from './json.ts'

/** JSON in which whole numbers are bigints, written with all their digits. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
    fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string(),
    fc.constantFrom(true, null, ': 7034235245234523453', '"7034235245234523453"'),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
})).value

const written = (one: unknown, gap: string): string => {
  if (typeof one === 'bigint') return String(one)
  if (Array.isArray(one)) return `[${one.map((item) => written(item, gap)).join(`,${gap}`)}]`
  if (typeof one !== 'object' || one === null) return JSON.stringify(one)
  const fields = Object.entries(one).map(([key, item]) => `${JSON.stringify(key)}:${gap}${written(item, gap)}`)
  return `{${fields.join(`,${gap}`)}}`
}

/** What it should be read as. */
function expected(one: unknown): unknown {
  if (typeof one === 'bigint') return Number.isSafeInteger(Number(one)) ? Number(one) : String(one)
  if (typeof one === 'number') return JSON.parse(exact(JSON.stringify(one)))
  if (Array.isArray(one)) return one.map(expected)
  if (typeof one !== 'object' || one === null) return one
  return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, expected(item)]))
}
/** A double may be written without a point: then it is a whole number like any other. */
const exact = (text: string): string =>
  /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text)) ? `"${text}"` : text

test('every whole number keeps its digits, and all else is what JSON.parse says', () => {
  fc.assert(
    fc.property(value, fc.constantFrom('', ' ', '\n\t'), (one, gap) => {
      expect(parseExact(written(one, gap))).toEqual(expected(one))
    }),
    { numRuns: 2_000 },
  )
})

test('the bound is where numbers stop being themselves', () => {
  expect(parseExact('[9007199254740991, 9007199254740992, 7034235245234523453]')).toEqual([
    9007199254740991,
    '9007199254740992',
    '7034235245234523453',
  ])
  expect(() => parseExact('[12345678901234567')).toThrow(SyntaxError)
})
