import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remainingMs, type Sample, sampled } from './pace.ts'

const of = (bytes: number) => ({ rows: bytes, safeRows: 0, bytes })

test('at a steady pace the rest takes as long as the pace says, whenever one looks', () => {
  const pace = fc.integer({ min: 1, max: 5_000 })
  fc.assert(
    fc.property(pace, fc.integer({ min: 6, max: 90 }), (bytesPerMs, looks) => {
      const size = bytesPerMs * 1_000_000
      let samples: readonly Sample[] = []
      for (let n = 0; n <= looks; n++) samples = sampled(samples, of(n * 2_000 * bytesPerMs), n * 2_000)
      expect(remainingMs(samples, size)).toBeCloseTo(1_000_000 - looks * 2_000, 3)
    }),
  )
})

test('nothing is said before ten seconds are known, nor while nothing moves', () => {
  let samples: readonly Sample[] = []
  for (const at of [0, 3_000, 6_000]) samples = sampled(samples, of(at), at)
  expect(remainingMs(samples, 1e6)).toBeNull()
  for (const at of [9_000, 80_000, 100_000]) samples = sampled(samples, of(9_000), at)
  expect(remainingMs(samples, 1e6)).toBeNull()
})

test('rows that an earlier attempt brought in say nothing of the pace', () => {
  const passing = sampled([{ at: 0, bytes: 0 }], { rows: 10, safeRows: 20, bytes: 1_000 }, 30_000)
  expect(passing).toEqual([])
})
