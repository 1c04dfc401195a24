import { describe, expect, test } from 'vitest'
import { tenantId } from '../core/tenant.ts'
import { lengthInDays, mondayOf, previousSlice, wholeSlice, within } from './slice.ts'

const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28')

describe('a slice', () => {
  test('always names the tenant first, and the days with both ends included', () => {
    expect(within(slice, 'voices').text).toBe(
      "`tenant` = 't1' AND `day` >= toDate('2026-03-01') AND `day` <= toDate('2026-03-28')",
    )
  })

  test('cuts orders by the day they were placed and leaves out removed lines', () => {
    expect(within(slice, 'orders', 'o').text).toBe(
      "o.`tenant` = 't1' AND o.`ordered_day` >= toDate('2026-03-01') AND o.`ordered_day` <= toDate('2026-03-28') AND o.`removed` = 0",
    )
  })

  test('writes filters as quoted lists', () => {
    const filtered = { ...slice, category: ["it's", 'b'], city: ['杭州'] }
    expect(within(filtered, 'mentions').text).toContain("AND `category` IN ('it\\'s', 'b') AND `city` IN ('杭州')")
  })

  test('is preceded by a period of the same length', () => {
    expect(lengthInDays(slice)).toBe(28)
    expect(previousSlice(slice)).toMatchObject({ from: '2026-02-01', to: '2026-02-28' })
  })

  test('knows the Monday of a week, Sundays included', () => {
    expect(mondayOf('2026-03-01')).toBe('2026-02-23')
    expect(mondayOf('2026-03-02')).toBe('2026-03-02')
  })
})
