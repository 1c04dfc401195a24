import { expect, test } from 'vitest'
import type { Json } from '../../task.ts'
import { tripletsTask } from './task.ts'

function rowOf(json: Json) {
  const row = tripletsTask.parse(json)
  if (!row.ok) throw new Error(row.problem.message)
  return row.value
}

const line = {
  domain: 'dianping',
  text: '🍜汤面味道不错，很鲜',
  triplets: [
    { aspect: ['汤面', 1, 3], opinion: ['味道不错', 3, 7], polarity: 'positive' },
    { aspect: null, opinion: ['很鲜', 8, 10], polarity: 'positive' },
  ],
}

test('a line of triplets is written back in its own shape, without a category, offsets in code points', () => {
  const row = rowOf(line)
  expect(tripletsTask.write(row, row.relations!)).toEqual({
    ...line,
    triplets: line.triplets.map((one) => ({ ...one, confidence: 1 })),
  })
})

test('a triplet counts only where the aspect span, the opinion span and the polarity are right', () => {
  const row = rowOf(line)
  const [first, second] = row.relations!
  const said = [first!, { ...second!, polarity: 'neutral' }, { ...second!, aspect: { start: 2, end: 4 } }]
  const scores = tripletsTask.score([{ row, gold: row.relations!, said }])
  // One of three said, one of two gold: 2 × 1 ÷ (3 + 2).
  expect(scores.main.value).toBeCloseTo(2 / 5)
  expect(scores.perClass.find(({ label }) => label === 'positive')).toMatchObject({
    n: 2,
    precision: 1 / 2,
    recall: 1 / 2,
  })
})

test('aspects that lie within opinions, in English, are learnt', async () => {
  const things = ['screen', 'battery', 'keyboard', 'speaker']
  const judgements: [string, string][] = [
    ['shiny', 'positive'],
    ['zorp', 'negative'],
  ]
  const made = (i: number) => {
    const thing = things[i % 4]!
    const [judgement, polarity] = judgements[(i >> 2) % 2]!
    const text = `Number ${i} has a ${judgement} ${thing} indeed`
    const at = text.indexOf(judgement)
    const end = at + judgement.length + 1 + thing.length
    return rowOf({
      text,
      triplets: [{ aspect: [thing, end - thing.length, end], opinion: [`${judgement} ${thing}`, at, end], polarity }],
    })
  }
  const learnt = await tripletsTask.learn(
    Array.from({ length: 80 }, (_, i) => made(i)),
    { tier: 'fast', seed: 7, say: () => {} },
  )
  if (!learnt.ok) throw new Error(learnt.problem.message)
  const predictor = tripletsTask.load(learnt.value)
  if (!predictor.ok) throw new Error(predictor.problem.message)
  const rows = Array.from({ length: 16 }, (_, i) => made(1000 + i))
  const answers = await predictor.value.predict(rows)
  const scores = tripletsTask.score(rows.map((row, i) => ({ row, gold: row.relations!, said: answers[i]! })))
  expect(scores.main.value).toBeGreaterThan(0.9)
})

test('where people mark the same words unevenly, both ways of marking them are told', async () => {
  const dishes = ['汤面', '烤鸭', '锅贴', '凉菜']
  const made = (i: number, together: boolean) => {
    const dish = dishes[i % 4]!
    const text = `第${i}次点${dish}很鲜，不腻。`
    const at = text.indexOf(dish)
    const aspect = [dish, at, at + 2]
    const opinions = together
      ? [['很鲜，不腻', at + 2, at + 7]]
      : [
          ['很鲜', at + 2, at + 4],
          ['不腻', at + 5, at + 7],
        ]
    return rowOf({ text, triplets: opinions.map((opinion) => ({ aspect, opinion, polarity: 'positive' })) })
  }
  const learnt = await tripletsTask.learn(
    Array.from({ length: 160 }, (_, i) => made(i, (i * 7919) % 2 === (i >> 3) % 2)),
    { tier: 'fast', seed: 7, say: () => {} },
  )
  if (!learnt.ok) throw new Error(learnt.problem.message)
  expect(learnt.value.header).toMatchObject({ alternatives: true })
  const predictor = tripletsTask.load(learnt.value)
  if (!predictor.ok) throw new Error(predictor.problem.message)
  const [told] = await predictor.value.predict([made(1001, true)])
  expect(told!.map(({ opinion }) => opinion!.end - opinion!.start).sort()).toEqual([2, 2, 5])
})
