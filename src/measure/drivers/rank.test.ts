import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Compared, harm } from './compare.ts'
import { findOutcome, type Outcome } from './outcomes.ts'
import { rank } from './rank.ts'

const cases = (n: number) => ({ n, sum: 0, squares: 0 })

/** A finding of which only what the order looks at is filled in. */
function finding(outcome: string, factor: string, aspect: string, low: number, n: number): Compared {
  const of = findOutcome(outcome) as Outcome
  const comparison = { value: low, low, high: low, se: 1, p: 0.001, exposed: cases(n), control: cases(n) }
  const worse = of.worse === 1 ? comparison : { ...comparison, low: -low, high: -low }
  const candidate = { outcome, category: '', factor, aspect, scene: '' }
  const all = { exposed: cases(n), control: cases(n) }
  return {
    outcome: of,
    tabled: { candidate, strata: [], all, outside: [], money: new Map() },
    comparison: worse,
    outside: null,
    q: 0.01,
  }
}

const told = (list: readonly Compared[]) =>
  list.map(({ outcome, tabled: { candidate } }) => `${candidate.aspect || candidate.factor} ${outcome.id}`)

describe('the order in which to act', () => {
  test('a few returns of an everyday fault do not stand before many orders that are late', () => {
    const found = [finding('return', 'aspect', 'smell', 0.04, 56), finding('rating', 'late_delivery', '', 1.5, 210)]
    expect(told(rank(found))).toEqual(['late_delivery rating', 'smell return'])
  })

  test('a thing is told first by what it costs, and by its other outcomes when all things have been told', () => {
    const found = [
      finding('rating', 'aspect', 'noise', 2, 200),
      finding('return', 'aspect', 'noise', 0.1, 200),
      finding('return', 'aspect', 'smell', 0.3, 100),
    ]
    expect(told(rank(found))).toEqual(['noise return', 'smell return', 'noise rating'])
  })

  test('where and to whom stand behind what, however much goes with them', () => {
    const found = [
      finding('return', 'city', '', 0.9, 5_000),
      finding('return', 'touchpoint', '', 0.5, 900),
      finding('return', 'aspect', 'noise', 0.01, 30),
    ]
    expect(told(rank(found))).toEqual(['noise return', 'touchpoint return', 'city return'])
  })

  test('whatever the findings: all are told, once, and among those of one kind with one outcome the more harmful stands first', () => {
    const some = fc.array(
      fc.tuple(
        fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.integer({ min: 30, max: 900 }),
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(some, (drawn) => {
        const found = drawn.map(([aspect, low, n], at) => finding('return', 'aspect', `${aspect}${at}`, low, n))
        const ranked = rank(found)
        expect(new Set(ranked)).toEqual(new Set(found))
        expect(ranked.map(harm)).toEqual([...ranked.map(harm)].sort((one, other) => other - one))
      }),
    )
  })
})
