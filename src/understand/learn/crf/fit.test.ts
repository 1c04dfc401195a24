import { expect, test } from 'vitest'
import { MOVES, OUTPUTS, SORTS, tag } from './chain.ts'
import { type Crf, fitCrf, lossOf, type Sequences } from './fit.ts'

const BITS = 4
const blank: Crf = {
  bits: BITS,
  weights: new Float32Array(2 ** BITS * OUTPUTS),
  scale: 1,
  moves: new Float32Array(SORTS * MOVES),
}

/** Texts of one unit with one feature; the unit is a span of sort 0 where the feature is 3. */
function oneUnitTexts(features: number[]): Sequences {
  return {
    starts: Uint32Array.from({ length: features.length + 1 }, (_, i) => i),
    width: 1,
    features: Uint32Array.from(features),
    tags: [Uint8Array.from(features, (f) => (f === 3 ? tag.single : tag.outside)), new Uint8Array(features.length)],
  }
}

test('a chain that knows nothing holds a lone unit to be a span or none alike, in both sorts', () => {
  expect(lossOf(blank, oneUnitTexts([3, 5]), Uint32Array.of(0, 1))).toBeCloseTo(2 * Math.log(2))
})

test('a chain foretells what it has learnt better than one that knows nothing, and no text is no loss', () => {
  const data = oneUnitTexts([3, 5, 3, 5, 3, 5, 7, 7])
  const learnt = fitCrf(data, Uint32Array.of(0, 1, 2, 3), {
    bits: BITS,
    epochs: 20,
    rate: 0.5,
    ease: 1,
    decay: 0.001,
    seed: 1,
  })
  expect(lossOf(learnt, data, Uint32Array.of(4, 5))).toBeLessThan(0.5 * lossOf(blank, data, Uint32Array.of(4, 5)))
  expect(lossOf(learnt, data, new Uint32Array(0))).toBe(0)
})
