import { describe, expect, test } from 'vitest'
import { parseBySchema } from '../parse.ts'
import { reasons } from './list.ts'
import { because, namesIn, type ReasonCode, toldReason } from './reason.ts'

const codes = Object.keys(reasons) as ReasonCode[]
const valuesOf = (code: ReasonCode) => Object.fromEntries(namesIn(reasons[code].en).map((name) => [name, `<${name}>`]))
const sentenceOf = (code: ReasonCode) => (because as (code: ReasonCode, values: object) => string)(code, valuesOf(code))

describe('every reason', () => {
  test.each(codes)('%s is told in Chinese and in English, with the same values', (code) => {
    const { zh, en } = reasons[code]
    expect([/\p{Script=Han}/u.test(zh), /\p{Script=Han}/u.test(en)]).toEqual([true, false])
    expect(namesIn(zh).filter((name) => !namesIn(en).includes(name))).toEqual([])
  })

  test.each(codes)('%s is known again by its sentence', (code) => {
    expect(toldReason(sentenceOf(code))).toMatchObject({ code, values: valuesOf(code) })
  })
})

test('a sentence that no release of today writes stays as it is', () => {
  expect(toldReason('something quite different')).toEqual({
    code: null,
    values: {},
    words: { zh: 'something quite different', en: 'something quite different' },
  })
})

test.each([
  ['voices', { at: '2026-03-01' }, 'no_time'],
  ['voices', { at: 5, text: 'x' }, 'time_out_of_range'],
  ['voices', { at: 1772323200000 }, 'nothing_said'],
  ['voices', { at: 1772323200000, rating: 9 }, 'outside_scale'],
  ['voices', { at: 1772323200000, text: 'x', kind: 'gossip' }, 'not_one_of'],
  ['voices', { at: 1772323200000, text: 7 }, 'wrong_type'],
  ['voices', { at: 1772323200000, text: 'x', mood: 1 }, 'not_known'],
  ['voices', { at: 1772323200000, text: 'x', zone: 'Mars' }, 'zone_unknown'],
  ['voices', { at: 1772323200000, text: 'x', city: 'x'.repeat(90) }, 'too_long'],
  ['voices', { text: 'x' }, 'missing'],
  ['orders', { id: 'o', orderedAt: 1772323200000, lines: [] }, 'empty'],
  ['orders', { id: 'o', orderedAt: 1772323200000, lines: [{}], currency: 'yuan' }, 'no_currency_code'],
] as const)('a record that is wrong has a reason with a code: %s %j %s', (kind, record, code) => {
  const parsed = parseBySchema(kind, record)
  expect(parsed.ok ? 'kept' : toldReason(parsed.reason).code).toBe(code)
})
