import { describe, expect, test } from 'vitest'
import { encodeModel } from '../../model-file.ts'
import type { Json, LearnOptions } from '../../task.ts'
import type { TermsRow } from './rows.ts'
import { termPolarityTask } from './task.ts'

const options: LearnOptions = { tier: 'fast', seed: 7, say: () => {} }

function rowOf(json: Json): TermsRow {
  const row = termPolarityTask.parse(json)
  if (!row.ok) throw new Error(row.problem.message)
  return row.value
}

/** Two things in a text, each judged by a made-up word beside it. */
const made = (i: number): TermsRow => {
  const judgements = ['嘟哩', '噗嗤'] as const
  const polarity = (k: number) => (k === 0 ? 'positive' : 'negative')
  const a = i % 2
  const b = (i >> 1) % 2
  const text = `${i}甲壳${judgements[a]}，丙丁${judgements[b]}`
  const at = String(i).length
  return rowOf({
    text,
    aspects: [
      { term: '甲壳', start: at, end: at + 2, polarity: polarity(a) },
      { term: '丙丁', start: at + 5, end: at + 7, polarity: polarity(b) },
    ],
  })
}
const many = (count: number, from = 0) => Array.from({ length: count }, (_, i) => made(from + i))

describe('lines of terms', () => {
  test('are written back in their own shape, whichever field holds the terms', () => {
    for (const field of ['aspects', 'terms']) {
      const line = { id: 3, text: '😀 the screen', [field]: [{ term: 'screen', start: 6, end: 12 }] }
      const row = rowOf(line)
      expect(row.terms).toEqual([{ start: 7, end: 13 }])
      expect(termPolarityTask.gold(row)).toBeNull()
      expect(termPolarityTask.write(row, [{ polarity: 'positive', confidence: 0.75 }])).toEqual({
        ...line,
        [field]: [{ term: 'screen', start: 6, end: 12, polarity: 'positive', confidence: 0.75 }],
      })
    }
  })

  test('that name no terms are refused', () => {
    const refused = termPolarityTask.parse({ text: '好' })
    expect(refused.ok ? '' : refused.problem.message).toContain('it names no terms')
  })
})

test('the score is the share of terms whose polarity is right', () => {
  const row = made(1)
  const gold = termPolarityTask.gold(row)!
  const said = gold.map((one) => ({ ...one, polarity: 'negative' }))
  const scores = termPolarityTask.score([{ row, gold, said }])
  expect(gold.map((one) => one.polarity)).toEqual(['negative', 'positive'])
  expect(scores.main).toEqual({ name: 'accuracy', value: 0.5 })
  // negative: precision 1/2, recall 1, F1 2/3; positive: 0.
  expect(scores.measures['macro-F1']).toBeCloseTo(1 / 3)
  expect(scores.confusions).toEqual([{ gold: 'positive', said: 'negative', n: 1 }])
})

describe('learning the polarity of terms', () => {
  test('judges each term by its own clause, and gives the same bytes for the same seed', async () => {
    const learnt = await termPolarityTask.learn(many(80), options)
    const again = await termPolarityTask.learn(many(80), options)
    if (!learnt.ok || !again.ok) throw new Error('nothing was learnt')
    const card = { task: 'term-polarity' as const, tier: 'fast' as const, seed: 7, data: [], heldOut: null }
    expect(encodeModel(card, learnt.value).equals(encodeModel(card, again.value))).toBe(true)
    const predictor = termPolarityTask.load(learnt.value)
    if (!predictor.ok) throw new Error(predictor.problem.message)
    const rows = many(20, 300)
    const answers = await predictor.value.predict(rows)
    const judged = rows.map((row, i) => ({ row, gold: termPolarityTask.gold(row)!, said: answers[i]! }))
    expect(termPolarityTask.score(judged).main.value).toBe(1)
  })

  test('says so where all terms have one polarity, and refuses parts that are not its own', async () => {
    const alike = many(80).filter(({ polarities }) => polarities!.every((one) => one === 'positive'))
    const learnt = await termPolarityTask.learn(alike, options)
    expect(learnt.ok ? '' : learnt.problem.message).toContain('only "positive"')
    expect(termPolarityTask.load({ header: {}, tensors: {} }).ok).toBe(false)
  })

  test('answers for a term that is not in its text, and for an empty text', async () => {
    const learnt = await termPolarityTask.learn(many(40), options)
    if (!learnt.ok) throw new Error(learnt.problem.message)
    const predictor = termPolarityTask.load(learnt.value)
    if (!predictor.ok) throw new Error(predictor.problem.message)
    const rows = [
      rowOf({ text: '嘟哩', aspects: [{ term: '无', start: 5, end: 6 }] }),
      rowOf({ text: '', aspects: [{ term: '', start: 0, end: 0 }] }),
      rowOf({ text: '嘟哩', aspects: [] }),
    ]
    const answers = await predictor.value.predict(rows)
    expect(answers.map((one) => one.length)).toEqual([1, 1, 0])
  })
})

test('the strong tier reads each term of a text by itself, whatever rows stand beside', async () => {
  const learnt = await termPolarityTask.learn(many(40), { ...options, tier: 'strong' })
  if (!learnt.ok) throw new Error(learnt.problem.message)
  const predictor = termPolarityTask.load(learnt.value)
  if (!predictor.ok) throw new Error(predictor.problem.message)
  const rows = many(12, 500)
  const said = await predictor.value.predict(rows)
  const polarities = said.map((own) => own.map((one) => one.polarity))
  expect(polarities).toEqual(rows.map((row) => row.polarities))
  expect(await predictor.value.predict(rows.slice(3, 4))).toEqual([said[3]])
  expect(learnt.value.header).toMatchObject({ strong: { classes: 2 } })
}, 300_000)
