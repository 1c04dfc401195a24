import { expect, test } from 'vitest'
import { ok } from '../../core/result.ts'
import { bootstrapIntervals } from './bootstrap.ts'
import { diagnose } from './diagnosis.ts'
import { claimOf } from './scores.ts'
import type { Task } from './task.ts'
import { classTask } from './tasks/class/task.ts'

type Row = { text: string; label: number; raw: object }

/** A task without answers of its own folds, and what it was learnt from and asked; `first` says whether the first row asked is told right. */
function recording(first: boolean) {
  const learnt: Row[][] = []
  const asked: Row[][] = []
  const task = {
    ...classTask,
    learn: async (some: Row[]) => {
      learnt.push(some)
      return ok({ header: null, tensors: {} })
    },
    load: () =>
      ok({
        predict: (some: Row[]) => {
          asked.push(some)
          return some.map(({ label }, i) => ({ label: i === 0 && !first ? 1 - label : label, confidence: 0.9 }))
        },
      }),
  } as unknown as Task
  return { task, learnt, asked }
}

const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, i) => ({ text: `第${i}条`, label: i % 2, raw: {} }))

test('a model without answers of its own folds is measured on a quarter that a second model had not learnt from; the strong tier draws no curve', async () => {
  const rows = rowsOf(200)
  const { task, learnt, asked } = recording(false)
  const said: string[] = []
  const taught = { header: null, tensors: {} }
  const found = await diagnose(task, rows, taught, { tier: 'strong', seed: 7, say: (line) => said.push(line) })
  if (!found.ok || !found.value) throw new Error('there is no diagnosis')
  const { heldOut } = found.value
  expect(learnt).toHaveLength(1)
  expect(asked).toHaveLength(1)
  const [first, fourth] = [learnt[0]!, asked[0]!]
  expect(first.length + fourth.length).toBe(200)
  expect(first.filter((row) => fourth.includes(row))).toEqual([])
  expect(heldOut).toMatchObject({ rows: fourth.length, curve: [{ rows: first.length }] })
  expect(heldOut.scores.main.value).toBeCloseTo(1 - 1 / fourth.length, 10)
  expect(heldOut.how).toContain('a quarter of the texts')
  expect(said.join()).toContain('three quarters')
})

test('the fast tier without answers of its own folds draws a curve on the same quarter', async () => {
  const rows = rowsOf(400)
  const { task, learnt, asked } = recording(true)
  const found = await diagnose(task, rows, { header: null, tensors: {} }, { tier: 'fast', seed: 7, say: () => {} })
  if (!found.ok || !found.value) throw new Error('there is no diagnosis')
  const { curve } = found.value.heldOut
  const [whole, ...parts] = learnt
  expect(curve.map((point) => point.rows)).toEqual([...parts.map((part) => part.length), whole!.length])
  expect(parts.length).toBeGreaterThan(1)
  for (const part of parts) expect(whole).toEqual(expect.arrayContaining(part))
  expect(new Set(asked.map((some) => some.length)).size).toBe(1)
})

const told = (pairs: [string, string, number][]) =>
  pairs.map(([said, gold, confidence]) => claimOf(said, gold, confidence))

test('a row is suspect by its surest wrong claim, where that is sure enough', async () => {
  const rows: Row[] = Array.from({ length: 60 }, (_, i) => ({ text: `第${i}条`, label: 0, raw: {} }))
  const claims = new Map([
    [
      rows[3]!,
      told([
        ['好', '坏', 0.95],
        ['快', '慢', 0.99],
      ]),
    ],
    [rows[5]!, told([['好', '坏', 0.8]])],
    [rows[7]!, [{ of: '外观', ...claimOf('新', null, 0.93) }]],
  ])
  const task = { ...classTask, claims: ({ row }: { row: Row }) => claims.get(row) ?? [] } as unknown as Task
  const answers = rows.map(() => ({ label: 0, confidence: 1 }))
  const taught = { header: null, tensors: {}, outOfFold: answers }
  const found = await diagnose(task, rows, taught, { tier: 'fast', seed: 7, say: () => {} })
  if (!found.ok || !found.value) throw new Error('there is no diagnosis')
  expect(found.value.suspects.map(({ row, reason }) => [row, reason])).toEqual([
    [3, 'labelled 慢, but a model that had not seen it says 快 (0.990)'],
    [7, '外观: not labelled, but a model that had not seen it says 新 (0.930)'],
  ])
})

test('each class has an interval of its own', () => {
  const judged = Array.from({ length: 80 }, (_, i) => ({
    row: {},
    gold: { label: i % 4 === 0 ? 'a' : 'b', confidence: 1 },
    said: { label: i % 8 === 0 ? 'a' : 'b', confidence: 1 },
  }))
  const { interval, classIntervals } = bootstrapIntervals(classTask as unknown as Task, judged, 7)
  expect(interval.low).toBeLessThan(7 / 8)
  expect(interval.high).toBeGreaterThan(7 / 8)
  // Of the rare class, right in half of its rows, less is known than of the frequent one.
  const { a, b } = classIntervals
  expect(a!.low).toBeLessThan(2 / 3)
  expect(a!.high).toBeGreaterThan(2 / 3)
  expect(a!.high - a!.low).toBeGreaterThan(b!.high - b!.low)
})
