import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carried, narrowing, readAddress, stringifySearch, toggled, validSearch, voiceFilter } from './search.ts'

const parse = readAddress

describe('the address', () => {
  test('a repeated parameter is a list, a single one a text', () => {
    expect(parse('?tenant=demo&category=取暖器&category=热水器&text=半夜')).toEqual({
      tenant: 'demo',
      category: ['取暖器', '热水器'],
      text: '半夜',
    })
  })
  test('what is written is read back the same', () => {
    const texts = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(texts, fc.string({ minLength: 1 }), (category, text) => {
        const search = validSearch({ category, text })
        expect(parse(stringifySearch(search))).toEqual(search)
      }),
      { examples: [[['a&b=c', '#睡觉', '+'], '<b>"%']] },
    )
  })
  test('unknown keys, bad days and empty values are dropped', () => {
    expect(parse('?evil=1&from=yesterday&to=2026-11-03&rating=middle&aspect=')).toEqual({ to: '2026-11-03' })
  })
  test('a period that no calendar knows, or that runs backwards, is dropped', () => {
    expect(parse('?tenant=demo&from=banana&to=2026-99-10')).toEqual({ tenant: 'demo' })
    expect(parse('?from=2026-02-31')).toEqual({})
    expect(parse('?tenant=demo&from=2026-11-03&to=2026-10-01')).toEqual({ tenant: 'demo' })
  })
  test('a day that is not a text is dropped', () => {
    expect(validSearch({ from: 20261001, to: { day: 1 }, category: [7, null, 'a'] })).toEqual({ category: ['a'] })
    expect(validSearch({ from: [20261001], to: [['2026-10-01']] })).toEqual({})
  })
})

describe('moving about', () => {
  test('the slice goes along and the page’s own filters stay behind', () => {
    const search = parse('?tenant=demo&from=2026-10-01&category=a&aspect=noise&ticket=T1')
    expect(carried(search, { kind: ['review'] })).toEqual({
      tenant: 'demo',
      from: '2026-10-01',
      category: ['a'],
      kind: ['review'],
    })
  })
  test('a facet is switched on and off again', () => {
    const on = toggled({ tenant: 'demo' }, 'aspect', 'noise')
    expect(on).toEqual({ tenant: 'demo', aspect: ['noise'] })
    expect(toggled(on, 'aspect', 'noise')).toEqual({ tenant: 'demo' })
  })
  test('the API is not asked for the language of the page', () => {
    expect(voiceFilter({ tenant: 'demo', lang: 'en', text: 'x', ticket: 'T1' })).toEqual({ tenant: 'demo', text: 'x' })
  })
  test('the period does not count as a narrowing filter', () => {
    expect(narrowing({ from: '2026-10-01', aspect: ['noise'], text: 'x' })).toEqual([
      { key: 'aspect', value: 'noise' },
      { key: 'text', value: 'x' },
    ])
  })

  test('a way back leads to a page of this console, never to another site', () => {
    expect(readAddress('?back=%2Flive%3Ftenant%3Dmain').back).toBe('/live?tenant=main')
    for (const away of ['https://evil.example', '//evil.example', '/\\evil.example', 'live'])
      expect(readAddress(`?back=${encodeURIComponent(away)}`).back).toBeUndefined()
  })
})
