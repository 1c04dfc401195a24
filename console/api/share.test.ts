import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readAddress, validSearch } from './search.ts'
import { sharedAddress } from './share.ts'

const period = { from: '2026-10-30', to: '2026-11-26' }

test('a shared link names the days that the page took by itself, and not the language', () => {
  expect(sharedAddress('/indicators/nps', { tenant: 'demo', by: 'city', lang: 'zh' }, period)).toBe(
    '/indicators/nps?tenant=demo&from=2026-10-30&to=2026-11-26&by=city',
  )
})

test('days that were chosen stay as they were chosen', () => {
  expect(sharedAddress('/', { tenant: 'demo', from: '2026-01-01', to: '2026-01-31' }, period)).toBe(
    '/?tenant=demo&from=2026-01-01&to=2026-01-31',
  )
})

test('what the link opens on is what was on the screen', () => {
  const texts = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(texts, fc.string({ minLength: 1 }), (city, tab) => {
      const search = validSearch({ tenant: 'demo', city, tab })
      expect(readAddress(sharedAddress('/', search, period).slice(1))).toEqual({ ...search, ...period })
    }),
  )
})
