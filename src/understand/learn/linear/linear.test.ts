import { describe, expect, it } from 'vitest'
import { foldText } from '../../text.ts'
import { seeded } from '../linear.ts'
import { ClassReader } from './class-reader.ts'
import { FOLDS, learnClassifier, meanF1, pick } from './classifier.ts'
import { separate } from './coordinate.ts'
import { blockOf, hashGrams, MOST_BLOCKS, putInBlock } from './grams.ts'
import { allRows, fitScorer, logRatios } from './scorer.ts'
import { flatten, type Sparse } from './sparse.ts'
import { gather, vocabularyOf } from './vocabulary.ts'

const SHAPE = { order: 2, letters: 0, reach: 0 }

function hashesOf(text: string, shape = SHAPE): number[] {
  const out = new Uint32Array(1000)
  return [...out.subarray(0, hashGrams(foldText(text), 0, text.length, shape, out))]
}

const dense = (values: number[][]): Sparse => {
  const width = values[0]!.length
  return {
    starts: Uint32Array.from({ length: values.length + 1 }, (_, i) => i * width),
    ids: Int32Array.from(values.flat(), (_, k) => k % width),
    values: Float32Array.from(values.flat()),
    width,
  }
}

describe('n-grams', () => {
  it('are one per character and neighbour, a Latin word and a number being one unit each', () => {
    expect(hashesOf('真好')).toHaveLength(3)
    expect(hashesOf('WiFi6')).toEqual(hashesOf('wifi7'))
    expect(hashesOf('很贵，')).not.toEqual(hashesOf('很贵'))
  })

  it('pair Latin words within reach in either order', () => {
    const pairs = { order: 1, letters: 0, reach: 4 }
    const shared = (a: string, b: string) => hashesOf(a, pairs).filter((hash) => hashesOf(b, pairs).includes(hash))
    expect(shared('card was stolen', 'stolen the card')).toHaveLength(3)
  })

  it('never write past the room', () => {
    const out = new Uint32Array(5)
    expect(hashGrams(foldText('一二三四五六七八'), 0, 8, SHAPE, out)).toBe(5)
  })
})

describe('a vocabulary', () => {
  it('holds what occurs often enough, and finds nothing else', () => {
    const texts = [[1, 2, 3], [2, 3], [3]]
    const hashed = gather(3, (i, out) => {
      out.set(texts[i]!.map((value) => value * 0x01000193))
      return texts[i]!.length
    })
    const vocabulary = vocabularyOf(hashed, Int32Array.of(0, 1, 2), 2)
    expect(vocabulary.size).toBe(2)
    expect(vocabulary.find(1 * 0x01000193)).toBe(-1)
    expect(vocabulary.hashes[vocabulary.find(3 * 0x01000193)]).toBe(3 * 0x01000193)
  })
})

describe('blocks', () => {
  it('keep their length however much stands in another', () => {
    const hashes = Uint32Array.of(11, 12, 13, 14, 15)
    const ends = putInBlock(hashes, 1, putInBlock(hashes, 0, 1, 0), 0)
    putInBlock(hashes, ends, 5, 3)
    const blocks = Uint8Array.from(hashes, (hash) => blockOf(hash, MOST_BLOCKS))
    expect([...blocks]).toEqual([0, 3, 3, 3, 3])
    const rows = dense([[1, 2, 1, 1, 1]])
    flatten(rows, blocks, [1, 0, 0, 0.5])
    expect([...rows.values]).toEqual([1, 0.25, 0.25, 0.25, 0.25])
  })
})

describe('a separator', () => {
  it('finds the plane of the least squared hinge loss and length', () => {
    // Two points at ±1 with cost 1: w minimises w²/2 + 2(1 − w)², so w = 4/5 and the bias is 0.
    const { weights, bias } = separate(
      dense([[1], [-1]]),
      Int32Array.of(0, 1),
      Int8Array.of(1, -1),
      Float32Array.of(1, 1),
      { cost: 1, seed: 7 },
    )
    expect(weights[0]).toBeCloseTo(0.8, 1)
    expect(bias).toBeCloseTo(0, 1)
  })

  it('in the rare view leans on what few rows hold', () => {
    // All rows hold feature 0; feature 1 tells the two classes apart together with it.
    const rows: Sparse = {
      starts: Uint32Array.of(0, 2, 3, 4, 5),
      ids: Int32Array.of(0, 1, 0, 0, 0),
      values: new Float32Array(5).fill(1),
      width: 2,
    }
    const labels = Int32Array.of(1, 0, 0, 0)
    const labelled = { rows, listed: allRows(rows), labels, classes: 2, seed: 7 }
    const rare = fitScorer(labelled, 'rare', 1)
    // log(5 ÷ 5) = 0: what every row holds says nothing.
    expect(rare.weights[0]).toBe(0)
    expect(rare.weights[1]).toBeGreaterThan(fitScorer(labelled, 'plain', 1).weights[1]!)
  })

  it('weighs features by the log of the ratio of their smoothed shares', () => {
    const rows = {
      ...dense([
        [1, 1],
        [1, 1],
      ]),
      ids: Int32Array.of(0, 0, 1, 1),
    }
    const ratios = logRatios(rows, Int32Array.of(0, 1), Int8Array.of(1, -1))
    // (2 + 1) ÷ (2 + 2) against (0 + 1) ÷ (2 + 2).
    expect(ratios[0]).toBeCloseTo(Math.log(3))
    expect(ratios[1]).toBeCloseTo(-Math.log(3))
  })
})

describe('a classifier', () => {
  const random = seeded(3)
  const words = [
    ['ka', 'mo', 'tu'],
    ['re', 'si', 'lo'],
    ['ni', 'ba', 'du'],
  ]
  const common = ['xe', 'ya', 'zo', 'wu']
  const made = Array.from({ length: 120 }, (_, i) => {
    const pickOf = (list: string[]) => list[Math.floor(random() * list.length)]!
    return {
      label: i % 3,
      text: [pickOf(common), pickOf(words[i % 3]!), pickOf(common), String.fromCharCode(0x4e00 + i)].join(' '),
    }
  })
  const learn = (side = new Float64Array(0), sideWidth = 0) =>
    learnClassifier(
      {
        hashed: gather(made.length, (i, out) =>
          hashGrams(foldText(made[i]!.text), 0, made[i]!.text.length, SHAPE, out),
        ),
        lengths: [1],
        side,
        sideWidth,
        labels: Int32Array.from(made, ({ label }) => label),
        classes: 3,
        folds: Int32Array.from(made, (_, i) => i % FOLDS),
        even: true,
      },
      7,
    )

  it('learns a made-up language, and answers honestly about the rows it learnt from', () => {
    const { classifier, outOfFold } = learn()
    const reader = new ClassReader(classifier)
    const p = new Float64Array(3)
    const hashes = Uint32Array.from(hashesOf('zo si ya'))
    reader.read(hashes, hashes.length, new Float64Array(0), p)
    expect(reader.choose(p)).toBe(1)
    expect(p[0]! + p[1]! + p[2]!).toBeCloseTo(1)
    const right = made.filter(({ label }, i) => pick(outOfFold, i * 3, [1, 1, 1]) === label)
    expect(right.length).toBeGreaterThan(110)
  })

  it('leaves out side features that say nothing', () => {
    const noise = Float64Array.from(made, () => random() * 4 - 2)
    expect(learn(noise, 1).classifier.slopes).toEqual([])
  })

  it('is the same to the byte when learnt again', () => {
    expect(learn()).toEqual(learn())
  })

  it('chooses by probability times favour', () => {
    expect(pick(Float64Array.of(0.6, 0.4), 0, [1, 1])).toBe(0)
    expect(pick(Float64Array.of(0.6, 0.4), 0, [1, 2])).toBe(1)
  })

  it('measures the mean F1 of the classes', () => {
    // Class 0: 2·1 ÷ (2 + 1); class 1: 2·1 ÷ (1 + 2).
    expect(meanF1(Int32Array.of(0, 0, 1), Int32Array.of(0, 1, 1), 2)).toBeCloseTo(2 / 3)
  })
})
