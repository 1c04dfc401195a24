import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identify, Ordinals } from './identify.ts'
import { parse } from './parse.ts'

const voice = (fields: object) => {
  const parsed = parse('voices', { at: 1_760_000_000_000, ...fields })
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.record
}
const ids = (records: object[], source = 'shop', ordinals = new Ordinals()) =>
  records.map((record) => identify(voice(record), source, ordinals).id)

describe('identity', () => {
  test('the id that the sender gives is kept', () => {
    expect(ids([{ id: 'r-1', text: '好' }])).toEqual(['r-1'])
  })

  test('two people who both write “很好” stay two, and the same file again gives the same two', () => {
    const file = [{ text: '很好' }, { text: '不错' }, { text: '很好' }]
    const first = ids(file)
    expect(new Set(first).size).toBe(3)
    expect(ids(file)).toEqual(first)
  })

  test('another source, or any other field, is another record', () => {
    const [one] = ids([{ text: '很好' }])
    expect(ids([{ text: '很好' }], 'elsewhere')).not.toContain(one)
    expect(ids([{ text: '很好', rating: 5 }])).not.toContain(one)
  })

  test('what is wrong with the order of fields does not matter', () => {
    expect(ids([{ text: '很好', rating: 5 }])).toEqual(ids([{ rating: 5, text: '很好' }]))
  })

  test('any file keeps as many identities as rows, the same each time', () => {
    const row = fc.record({ text: fc.constantFrom('好', '很好', '差'), rating: fc.integer({ min: 1, max: 2 }) })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const first = ids(rows)
        expect(new Set(first).size).toBe(rows.length)
        expect(ids(rows)).toEqual(first)
      }),
    )
  })
})

describe('a record that cannot be kept is refused with its field and a plain reason', () => {
  test.each([
    [{ text: '好' }, 'at', 'is missing'],
    [
      { text: '好', at: '2026-03-01' },
      'at',
      'is "2026-03-01", but should be a time: epoch milliseconds, or ISO 8601 with its offset',
    ],
    [{ at: 1_760_000_000_000 }, 'text', 'a voice needs a text or a rating'],
    [{ text: '好', at: 1_760_000_000_000, rating: '五' }, 'rating', 'should be a number, but is "五"'],
    [{ text: '好', at: 1_760_000_000_000, rating: 9 }, 'rating', expect.stringContaining('outside its scale')],
    [{ text: '好', at: 1_760_000_000_000, stars: 5 }, 'stars', 'this field is not known'],
    [
      { text: '好', at: 1_760_000_000_000, kind: 'rant' },
      'kind',
      expect.stringContaining('is "rant", but should be one of review'),
    ],
    [{ text: '好', at: 1_760_000_000_000, zone: 'Mars/Base' }, 'zone', expect.stringContaining('is not a time zone')],
    [{ text: 'x'.repeat(20_001), at: 1_760_000_000_000 }, 'text', 'is longer than 20000 characters'],
    ['not an object', '', 'should be an object, but is "not an object"'],
    [null, '', 'should be an object, but is null'],
  ])('%j', (raw, field, reason) => {
    expect(parse('voices', raw)).toEqual({ ok: false, field, reason })
  })

  test('anything at all is either kept or refused, and nothing throws', () => {
    for (const kind of ['voices', 'events', 'orders', 'products'] as const)
      fc.assert(
        fc.property(fc.anything({ withNullPrototype: true }), (raw) => {
          expect(typeof parse(kind, raw).ok).toBe('boolean')
        }),
      )
  })
})
