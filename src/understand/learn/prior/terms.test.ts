import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { foldOf } from '../folds.ts'
import { decodeModel } from '../model-file.ts'
import { PRIOR_FOLDS } from './sentiment.ts'
import { type JudgedText, side, trainTermPrior } from './term-training.ts'
import { shippedTermPrior, TERM_WIDTH, type TermPrior, termPriorOf } from './terms.ts'

function priorFrom(texts: JudgedText[]): TermPrior {
  const prior = termPriorOf(trainTermPrior(texts, 7, () => {}))
  if (!prior.ok) throw new Error(prior.problem.message)
  return prior.value
}

/** Log-odds of praise against complaint, and of neither against the two, for a term of a text. */
function reading(prior: TermPrior, text: string, term: string): [number, number] {
  const out = new Float64Array(TERM_WIDTH)
  const start = text.indexOf(term)
  prior.read(text, [{ start, end: start + term.length }], out)
  return [out[0]!, out[1]!]
}

const words = ['嘟哩', '噗嗤', '咔嗒']
const sides = [side.praise, side.complaint, side.neither]
const made = (i: number): JudgedText => ({
  text: `第${'甲乙丙丁戊己'[i % 6]}${'子丑寅卯辰'[i % 5]}件外壳${words[i % 3]}`,
  terms: [{ start: 4, end: 6 }],
  sides: [sides[i % 3]!],
})
const many = Array.from({ length: 30 }, (_, i) => made(i))

describe('the prior of term polarity', () => {
  test('learns praise, complaint and neither from the words beside a term', () => {
    const prior = priorFrom(many)
    const [praised, neither] = reading(prior, '新外壳嘟哩', '外壳')
    expect(praised).toBeGreaterThan(0.5)
    expect(neither).toBeLessThan(0)
    expect(reading(prior, '新外壳噗嗤', '外壳')[0]).toBeLessThan(-0.5)
    expect(reading(prior, '新外壳咔嗒', '外壳')[1]).toBeGreaterThan(neither)
  })

  test('reads a text by the member that was trained without it, so that its own label does not show', () => {
    const odd = { text: '机身叽喳', terms: [{ start: 0, end: 2 }], sides: [side.complaint] }
    const turned = { ...odd, sides: [side.praise] }
    const other = ['叽喳机身', '旧机身叽喳', '机身很叽喳', '这机身叽喳'].find(
      (text) => foldOf(text, PRIOR_FOLDS, 'prior') !== foldOf(odd.text, PRIOR_FOLDS, 'prior'),
    )!
    const without = priorFrom([...many, odd])
    const turnedOver = priorFrom([...many, turned])
    expect(reading(without, odd.text, '机身')).toEqual(reading(turnedOver, odd.text, '机身'))
    expect(reading(without, other, '机身')[0]).toBeLessThan(reading(turnedOver, other, '机身')[0])
  })

  test('gives the same weights for the same texts and seed', () => {
    expect(trainTermPrior(many, 7, () => {})).toEqual(trainTermPrior(many, 7, () => {}))
  })

  test('refuses parts that are not whole, and is null where the file is absent', () => {
    const refused = termPriorOf({ header: { scales: [1, 1, 1, 1] }, tensors: {} })
    expect(refused.ok ? '' : refused.problem.message).toContain('a part is missing')
    const absent = shippedTermPrior('/nowhere/terms.model')
    expect(absent.ok && absent.value).toBeNull()
  })
})

const shipped = shippedTermPrior()
if (!shipped.ok) throw new Error(shipped.problem.message)

describe.skipIf(shipped.value === null)('the shipped prior of term polarity', () => {
  const prior = shipped.value!

  test('tells praise from complaint in Chinese and English, term by term', () => {
    expect(reading(prior, '屏幕很清晰，电池太差了', '屏幕')[0]).toBeGreaterThan(0)
    expect(reading(prior, '屏幕很清晰，电池太差了', '电池')[0]).toBeLessThan(0)
    expect(reading(prior, 'The soup was delicious but the waiter was rude .', 'soup')[0]).toBeGreaterThan(0)
    expect(reading(prior, 'The soup was delicious but the waiter was rude .', 'waiter')[0]).toBeLessThan(0)
  })

  test('is lent to a model as one member, the mean of all', () => {
    const { header, tensors } = prior.parts()
    const lent = termPriorOf({ header, tensors })
    if (!lent.ok) throw new Error(lent.problem.message)
    expect(Object.keys(tensors)).toHaveLength(1)
    expect(reading(lent.value, '屏幕很清晰，电池太差了', '屏幕')[0]).toBeGreaterThan(0)
    expect(reading(lent.value, '屏幕很清晰，电池太差了', '电池')[0]).toBeLessThan(0)
  })

  test('is the file that its card describes', () => {
    const folder = path.join(import.meta.dirname, '../../../../models/prior')
    const bytes = readFileSync(path.join(folder, 'terms.model'))
    const card = readFileSync(path.join(folder, 'TERMS_CARD.md'), 'utf8')
    const model = decodeModel(bytes)
    expect(card).toContain(bytes.length.toLocaleString('en'))
    expect(model.ok && card.includes(model.value.checksum)).toBe(true)
  })
})
