import { expect, test } from 'vitest'
import { ok } from '../../core/result.ts'
import { diagnose } from './diagnosis.ts'
import type { Task, Tier } from './task.ts'
import { classTask } from './tasks/class/task.ts'

test('the learning curve of a strong model is drawn by the fast tier, and the figures say whose they are', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({ text: `第${i}条`, label: i % 2, raw: {} }))
  const right = (of: typeof rows) => of.map(({ label }) => ({ label, confidence: 1 }))
  const tiers: Tier[] = []
  const task = {
    ...classTask,
    learn: async (some: typeof rows, { tier }: { tier: Tier }) => {
      tiers.push(tier)
      return ok({ header: null, tensors: {}, outOfFold: right(some) })
    },
  } as unknown as Task
  const taught = { header: null, tensors: {}, outOfFold: right(rows) }
  const told = async (tier: Tier) => {
    const found = await diagnose(task, rows, taught, { tier, seed: 7, say: () => {} })
    if (!found.ok || !found.value) throw new Error('there is no diagnosis')
    return found.value.heldOut
  }
  expect((await told('strong')).how).toContain('the fast tier alone')
  expect(tiers.length).toBeGreaterThan(0)
  expect(new Set(tiers)).toEqual(new Set(['fast']))
  expect((await told('fast')).how).toContain('a model of the other folds')
})
