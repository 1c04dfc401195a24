import { expect, test } from 'vitest'
import { ok } from '../../core/result.ts'
import { diagnose } from './diagnosis.ts'
import type { Task } from './task.ts'
import { classTask } from './tasks/class/task.ts'

type Row = { text: string; label: number; raw: object }

test('a model without answers of its own folds is measured on a quarter that a second model had not learnt from, and draws no curve', async () => {
  const rows: Row[] = Array.from({ length: 200 }, (_, i) => ({ text: `第${i}条`, label: i % 2, raw: {} }))
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
          return some.map(({ label }, i) => ({ label: i === 0 ? 1 - label : label, confidence: 0.9 }))
        },
      }),
  } as unknown as Task
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
  expect(heldOut).toMatchObject({ rows: fourth.length, curve: [{ rows: 200 }] })
  expect(heldOut.scores.main.value).toBeCloseTo(1 - 1 / fourth.length, 10)
  expect(heldOut.how).toContain('a quarter of the texts')
  expect(said.join()).toContain('three quarters')
})
