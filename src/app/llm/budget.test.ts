import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { MAIN } from '../../core/tenant.ts'
import { sealFor } from '../seal.ts'
import { reserve, settleTokens, spentOn } from './budget.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

const budget = { tenant: MAIN, day: '2026-03-01', requestsPerDay: 7, tokensPerDay: 1_000 }
const race = async (of: typeof budget, tokens: number) =>
  (await Promise.all(Array.from({ length: 100 }, () => reserve(stores, of, tokens)))).filter(Boolean).length

test('a hundred at once never take more requests than there are', async () => {
  expect(await race(budget, 1)).toBe(7)
  expect(await spentOn(stores, MAIN, budget.day)).toEqual({ requests: 7, tokens: 7 })
})

test('nor more tokens; what was not used goes back', async () => {
  const of = { ...budget, day: '2026-03-02', requestsPerDay: 1_000 }
  expect(await race(of, 300)).toBe(3)
  await settleTokens(stores, of, 300, 50)
  expect(await spentOn(stores, MAIN, of.day)).toEqual({ requests: 3, tokens: 650 })
  expect(await race(of, 300)).toBe(1)
})

test('a budget of nothing gives nothing, and another day or tenant has its own', async () => {
  expect(await race({ ...budget, day: '2026-03-03', requestsPerDay: 0 }, 1)).toBe(0)
  expect(await race({ ...budget, day: '2026-03-04' }, 1_001)).toBe(0)
  expect(await race({ ...budget, day: '2026-03-05' }, 10)).toBe(7)
})

test('a sealed key opens with the same secret for the same purpose alone, and not when it was altered', () => {
  const seal = sealFor('llm key', 'secret')
  const sealed = seal.close('sk-密钥')
  expect(seal.open(sealed)).toBe('sk-密钥')
  expect(seal.close('sk-密钥')).not.toBe(sealed)
  expect(sealFor('llm key', 'other').open(sealed)).toBeNull()
  expect(sealFor('something else', 'secret').open(sealed)).toBeNull()
  expect(seal.open(`${sealed.slice(0, -6)}AAAAA=`)).toBeNull()
  expect(seal.open('')).toBeNull()
})
