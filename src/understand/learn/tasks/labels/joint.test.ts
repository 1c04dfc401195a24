import { expect, it } from 'vitest'
import type { LearnOptions } from '../../task.ts'
import { guessFrom, jointsOf, numbersOf, spreadOver } from './joint.ts'
import { labelsTask } from './task.ts'

it('topics and sentiments become one distribution, and come out of it as they were', () => {
  const said = [
    { subject: 1, sentiment: 0 },
    { subject: 0, sentiment: 1 },
    { subject: 1, sentiment: 1 },
    { subject: 0, sentiment: 0 },
    { subject: 1, sentiment: 0 },
  ]
  const joints = jointsOf(said)
  expect(joints).toEqual([said[3], said[1], said[0], said[2]])
  expect(numbersOf(said, joints)).toEqual([2, 1, 3, 0, 2])
  const p = new Float64Array(4)
  const feelings = [Float64Array.of(0.2, 0.8), Float64Array.of(0.5, 0.5)]
  spreadOver(joints, { topics: Float64Array.of(0.75, 0.25), feel: (subject) => feelings[subject]! }, p)
  ;[0.15, 0.6, 0.125, 0.125].forEach((value, i) => {
    expect(p[i]).toBeCloseTo(value)
  })
  const guess = guessFrom(joints, p, 2, 2)
  expect(guess.topics[0]).toBeCloseTo(0.75)
  expect(guess.feel(0)![1]).toBeCloseTo(0.8)
})

it('labels without a sentiment are classes by themselves', () => {
  const joints = jointsOf([{ subject: 0, sentiment: null }])
  const p = new Float64Array(1)
  spreadOver(joints, { topics: Float64Array.of(0.4), feel: () => null }, p)
  expect(p[0]).toBe(1)
  expect(guessFrom(joints, p, 1, 0).feel(0)).toBeNull()
})

it('the strong tier tells topics with their sentiments, of a text without any too', async () => {
  const options: LearnOptions = { tier: 'strong', seed: 7, say: () => {} }
  const rowOf = (text: string, labels: { subject: string; sentiment: number }[]) => {
    const row = labelsTask.parse({ text, labels })
    if (!row.ok) throw new Error(row.problem.message)
    return row.value
  }
  const goods = ['杯子', '毛巾', '台灯', '书包', '雨伞', '拖鞋', '闹钟', '风扇']
  const rows = goods.flatMap((good) => [
    rowOf(`${good}太贵了`, [{ subject: '价格', sentiment: -1 }]),
    rowOf(`这个${good}便宜`, [{ subject: '价格', sentiment: 1 }]),
    rowOf(`${good}发货很快`, [{ subject: '物流', sentiment: 1 }]),
    rowOf(`今天收到${good}`, []),
  ])
  const learnt = await labelsTask.learn(rows, options)
  if (!learnt.ok) throw new Error(learnt.problem.message)
  expect(learnt.value.header).toMatchObject({ strong: { classes: 4 } })
  const predictor = labelsTask.load(learnt.value)
  if (!predictor.ok) throw new Error(predictor.problem.message)
  const said = await predictor.value.predict([
    rowOf('茶壶太贵了', []),
    rowOf('茶壶发货很快', []),
    rowOf('今天收到茶壶', []),
  ])
  expect(said.map(({ labels }) => labels)).toEqual([
    [{ subject: '价格', sentiment: -1 }],
    [{ subject: '物流', sentiment: 1 }],
    [],
  ])
}, 300_000)
