import { describe, expect, test } from 'vitest'
import { proveDid } from './did.ts'
import type { DidInput } from './input.ts'
import { differenceInDifferences, type ProductCounts } from './panel.ts'
import { seeded } from './permutation.ts'

interface World {
  seed: number
  products: number
  weeksBefore: number
  weeksAfter: number
  ordersAWeek: number
  effect: number
  /** Standard deviation of how products change on their own, as shares. */
  drift: number
  /** What the treated drift by each week, before the change already. */
  trend?: number
}

/** Two arms of products: own levels, own changes at the change (what clusters them), a season that both share. */
function world({ seed, products, weeksBefore, weeksAfter, ordersAWeek, effect, drift, trend = 0 }: World): DidInput {
  const random = seeded(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const arm = (treated: boolean): ProductCounts[] =>
    Array.from({ length: products }, (_, place) => {
      const level = 0.12 + 0.1 * random()
      const own = drift * normal()
      const orders = Math.round(ordersAWeek * (0.4 + 1.2 * random()))
      const weeks = Array.from({ length: weeksBefore + weeksAfter }, (_, step) => {
        const week = step - weeksBefore
        const season = 0.02 * Math.sin(step / 3)
        const after = week >= 0 ? own + (treated ? effect : 0) : 0
        const rate = Math.min(0.95, Math.max(0.01, level + season + after + (treated ? trend * week : 0)))
        let sum = 0
        for (let order = 0; order < orders; order++) if (random() < rate) sum++
        return { week, n: orders, sum }
      })
      return { product: `${treated}${place}`, weeks }
    })
  return {
    treated: arm(true),
    control: arm(false),
    changeDay: '2026-03-02',
    margin: 0.01,
    better: 'lower',
    measure: 'share',
    outcome: { zh: '退货率', en: 'return rate' },
    censored: 0,
  }
}

const usual = { products: 12, weeksBefore: 8, weeksAfter: 5, ordersAWeek: 40, effect: -0.05, drift: 0.01 }

describe('difference in differences over products', () => {
  test('the 95 % interval holds the truth about 95 times in 100, though orders cluster in products', () => {
    let held = 0
    const rounds = 400
    for (let seed = 1; seed <= rounds; seed++) {
      const { treated, control } = world({ ...usual, seed, drift: 0.03, ordersAWeek: 12 })
      const effect = differenceInDifferences(treated, control, { before: [-8, -1], after: [0, 4] })!
      if (effect.low <= -0.05 && effect.high >= -0.05) held++
    }
    expect(held / rounds).toBeGreaterThanOrEqual(0.92)
    expect(held / rounds).toBeLessThanOrEqual(0.98)
  }, 60_000)

  test('nothing done is hardly ever said to have worked or harmed', () => {
    let wrong = 0
    for (let seed = 1; seed <= 200; seed++) {
      const { verdict } = proveDid(world({ ...usual, seed: 1000 + seed, effect: 0, drift: 0.03, ordersAWeek: 12 }))
      if (verdict === 'worked' || verdict === 'harmed') wrong++
    }
    expect(wrong / 200).toBeLessThanOrEqual(0.07)
  }, 60_000)

  test('a real fall worked, with its size in the sentence and its weeks around the change', () => {
    const proof = proveDid(world({ ...usual, seed: 4 }))
    expect(proof.verdict).toBe('worked')
    expect(proof.sentence.zh).toMatch(/^有效：这次改动使退货率降了 \d+\.\d%（\d\.\d 个百分点）$/)
    expect(proof.effect!.value).toBeCloseTo(proof.treated.change! - proof.control.change!, 12)
    expect(proof.relative!.value).toBeLessThan(-0.2)
    expect(proof.relative!.high).toBeLessThan(0)
    expect(proof.weeks.map((week) => week.week)).toEqual([-8, -7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4])
    expect(proof.weeks[8]!.day).toBe('2026-03-02')
    expect(proof.weeks[8]!.counterfactual! - proof.weeks[8]!.treated.value!).toBeCloseTo(
      -proof.weeks[8]!.gap!.value,
      12,
    )
    expect(proof.checks.map((check) => check.ok)).toEqual([true, true, true, true])
  })

  test('the same change is harm where higher is better', () => {
    expect(proveDid({ ...world({ ...usual, seed: 4 }), better: 'higher' }).verdict).toBe('harmed')
  })

  test('an effect inside the declared margin is not worth having, however certain', () => {
    const proof = proveDid({ ...world({ ...usual, seed: 5, effect: 0, ordersAWeek: 200, drift: 0 }), margin: 0.03 })
    expect(proof.verdict).toBe('no_effect')
  })

  test('arms that drifted apart before the change cannot be compared', () => {
    const proof = proveDid(world({ ...usual, seed: 6, ordersAWeek: 150, trend: -0.008 }))
    expect(proof.verdict).toBe('cannot_tell')
    expect(proof.checks.find((check) => check.id === 'slope_before')!.ok).toBe(false)
  })

  test('four products an arm cannot tell, few cases are too early, and no case is no crash', () => {
    expect(proveDid(world({ ...usual, seed: 7, products: 4 })).verdict).toBe('cannot_tell')
    expect(proveDid(world({ ...usual, seed: 7, weeksAfter: 1, ordersAWeek: 4 })).verdict).toBe('too_early')
    const empty = proveDid({ ...world({ ...usual, seed: 7 }), treated: [], control: [] })
    expect(empty).toMatchObject({
      verdict: 'too_early',
      effect: null,
      relative: null,
      treated: { products: 0, change: null },
    })
  })
})
