import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MAIN, tenantId } from '../core/tenant.ts'
import { modelDrivers } from '../measure/drivers/model/model.ts'
import { wholeSlice } from '../measure/slice.ts'
import { createChangeFeed } from './changes.ts'
import type { Core } from './core.ts'
import { createDrivers } from './drivers.ts'
import type { Findings } from './findings.ts'

// What is tested is when a model is made and how long it is kept, not the model.
vi.mock('./product-facts.ts', () => ({ productFacts: async () => ({ products: new Map(), merchant: new Map() }) }))
vi.mock('../measure/drivers/model/model.ts', () => ({ modelDrivers: vi.fn(async (_, outcome) => ({ outcome })) }))
vi.mock('../measure/drivers/weigh.ts', () => ({ weighDrivers: async () => ({ n: 300, factors: [] }) }))
vi.mock('../measure/drivers/ledger.ts', () => ({ ledgerOf: async () => null }))

const period = { from: '2026-03-01', to: '2026-03-28' }
const asked = { ...period, category: [], merchant: [], product: [], city: [] }
const SECOND = 1_000
const DAY = 86_400 * SECOND

const changes = createChangeFeed()
const core = {
  stores: { db: {}, analytics: {} },
  tenancy: { find: async () => ({ settings: { returnWindowDays: 7 } }), knownUntil: async () => 0 },
  names: { forMeasure: {} },
  changes,
  log: () => {},
} as unknown as Core
/** Two findings of returns, one of ratings, and one of NPS that is none any more. */
const known = [
  { id: 'a', outcome: 'return', current: true },
  { id: 'b', outcome: 'return', current: true },
  { id: 'c', outcome: 'rating', current: true },
  { id: 'd', outcome: 'nps', current: false },
]
const findings = { list: async () => ({ findings: known, ready: true, period, candidates: 9 }) } as unknown as Findings

const made = () => vi.mocked(modelDrivers).mock.calls.map(([, outcome]) => outcome.id)
let drivers: ReturnType<typeof createDrivers>
const weigh = (outcome: string) => drivers.weigh(MAIN, outcome, asked, Date.now())

beforeEach(() => {
  vi.useFakeTimers()
  vi.mocked(modelDrivers).mockClear()
  drivers = createDrivers(core, findings, async (tenant) => wholeSlice(tenant, period.from, period.to))
})
afterEach(async () => {
  await drivers.close()
  vi.useRealTimers()
})

describe('the models that the pages of findings read', () => {
  test('are made once an outcome of a finding that holds, five seconds after the comparison and not before', async () => {
    changes.publish(MAIN, ['findings'])
    await vi.advanceTimersByTimeAsync(4 * SECOND)
    expect(made()).toEqual([])
    await vi.advanceTimersByTimeAsync(2 * SECOND)
    expect(made()).toEqual(['return', 'rating'])
  })

  test('wait anew where another comparison comes meanwhile', async () => {
    changes.publish(MAIN, ['findings'])
    await vi.advanceTimersByTimeAsync(4 * SECOND)
    changes.publish(MAIN, ['findings'])
    await vi.advanceTimersByTimeAsync(4 * SECOND)
    expect(made()).toEqual([])
    await vi.advanceTimersByTimeAsync(2 * SECOND)
    expect(made()).toEqual(['return', 'rating'])
  })

  test('are read for a day, and made anew after it; what was only asked for is kept ten minutes', async () => {
    changes.publish(MAIN, ['findings'])
    await vi.advanceTimersByTimeAsync(6 * SECOND)
    await weigh('csat')
    await vi.advanceTimersByTimeAsync(DAY / 2)
    await weigh('return')
    expect(made()).toEqual(['return', 'rating', 'csat'])
    await weigh('csat')
    await vi.advanceTimersByTimeAsync(DAY / 2)
    await weigh('return')
    expect(made()).toEqual(['return', 'rating', 'csat', 'csat', 'return'])
  })

  test('are forgotten when voices or orders of the tenant change, and only of that tenant', async () => {
    await weigh('return')
    changes.publish(tenantId.parse('other'), ['voices'])
    changes.publish(MAIN, ['tickets'])
    await weigh('return')
    expect(made()).toEqual(['return'])
    changes.publish(MAIN, ['orders'])
    await weigh('return')
    expect(made()).toEqual(['return', 'return'])
  })

  test('are made once for whoever asks at the same time, and again after one that failed', async () => {
    vi.mocked(modelDrivers).mockRejectedValueOnce(new Error('the engine was stopped'))
    const both = await Promise.allSettled([weigh('return'), weigh('return')])
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(made()).toEqual(['return'])
    await weigh('return')
    expect(made()).toEqual(['return', 'return'])
  })

  test('are not made of an outcome that nobody knows', async () => {
    expect(await weigh('weather')).toBeUndefined()
    expect(made()).toEqual([])
  })
})
