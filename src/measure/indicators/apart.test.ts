import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { restsOf, tallyZ, tryPairs } from './apart.ts'
import { csat } from './csat/csat.ts'
import type { Indicator, Tally } from './define.ts'
import { nps } from './nps/nps.ts'

/** Groups, each tried against all the others together. */
const againstRest = (indicator: Indicator, groups: Tally[]) => {
  const rests = restsOf(groups)
  return tryPairs(
    indicator,
    groups.map((one, place) => ({ one, other: rests[place]! })),
  )
}

const share = (plus: number, n: number) => ({ n, plus, minus: 0 })
const tally = fc
  .tuple(fc.nat(200), fc.nat(200), fc.nat(200))
  .map(([plus, minus, none]) => ({ n: plus + minus + none, plus, minus }))

describe('how far two groups lie apart', () => {
  test('the χ² of the aspirin study is the published 25.01 (Agresti, An Introduction to Categorical Data Analysis)', () => {
    expect(tallyZ(share(189, 11_034), share(104, 11_037)) ** 2).toBeCloseTo(25.01, 2)
  })

  test('it does not matter which of the two is named first, but for the sign', () => {
    fc.assert(
      fc.property(tally, tally, (one, other) => {
        fc.pre(one.n > 0 && other.n > 0)
        expect(tallyZ(one, other)).toBeCloseTo(-tallyZ(other, one), 10)
      }),
    )
  })

  test('groups that all answered alike are not apart', () => {
    expect(tallyZ(share(40, 40), share(90, 90))).toBe(0)
  })
})

describe('groups against the rest', () => {
  test('the difference is that of the indicator itself, group less all others', () => {
    const groups = [share(80, 100), share(50, 100), share(60, 100)]
    const [first] = againstRest(csat, groups)
    expect(first!.change).toMatchObject(csat.change(groups[0]!, share(110, 200))!)
  })

  test('a group with fewer than 30 answers is neither compared nor counted among the comparisons', () => {
    const groups = [share(80, 100), share(50, 100)]
    const [big, other] = againstRest(csat, groups)
    const [again, , few] = againstRest(csat, [...groups, share(9, 29)])
    expect(few).toBeNull()
    expect(big!.q).toBe(other!.q)
    expect(again!.q).toBeLessThan(1)
  })

  test('one group alone has no rest to be compared with', () => {
    expect(againstRest(nps, [{ n: 400, plus: 200, minus: 20 }])).toEqual([null])
  })

  test('more comparisons never make a group surer: no q is below its p', () => {
    fc.assert(
      fc.property(fc.array(tally, { minLength: 2, maxLength: 12 }), (groups) => {
        const found = againstRest(nps, groups)
        const alone = found.flatMap((one, i) => {
          const rest = groups
            .filter((_, other) => other !== i)
            .reduce((sum, group) => ({
              n: sum.n + group.n,
              plus: sum.plus + group.plus,
              minus: sum.minus + group.minus,
            }))
          const [pair] = againstRest(nps, [groups[i]!, rest])
          return one && pair ? [one.q - pair.q] : []
        })
        for (const gain of alone) expect(gain).toBeGreaterThanOrEqual(-1e-12)
      }),
    )
  })

  test('of groups drawn from the same answers hardly any is called apart', () => {
    let state = 11
    const random = () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
      return (state >>> 8) / 2 ** 24
    }
    const draw = () => {
      let plus = 0
      for (let i = 0; i < 120; i++) if (random() < 0.7) plus++
      return share(plus, 120)
    }
    const worlds = Array.from({ length: 200 }, () => againstRest(csat, Array.from({ length: 8 }, draw)))
    // Where nothing is true, every call is false: the share of worlds with any is held at 5 % (+ 3 standard errors of 200 worlds).
    expect(worlds.filter((world) => world.some((one) => one!.q <= 0.05)).length).toBeLessThanOrEqual(
      200 * (0.05 + 3 * 0.0154),
    )
  })
})
