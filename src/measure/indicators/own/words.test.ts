import { describe, expect, test } from 'vitest'
import { ownDefinition } from './definition.ts'
import { formulaOf, plainName } from './words.ts'

const words = { zh: '自定义', en: 'Own', higherIsBetter: true }

describe('a definition', () => {
  test('is written as a sentence in both languages, with what it must leave out', () => {
    const definition = ownDefinition.parse({
      ...words,
      table: 'orders',
      where: [
        { field: 'state', in: ['returned'] },
        { field: 'category', in: ['马桶'] },
        { field: 'province', in: ['江苏'] },
      ],
      of: { share: [{ field: 'return_reason', in: ['尺寸不合'] }] },
    })
    expect(formulaOf(definition, plainName)).toEqual({
      formulaZh:
        '订单结果为“在退货期内退回”、类目为“马桶”、省份为“江苏”的订单行中，退货原因为“尺寸不合”的占比；只计已送达且退货期已过的订单行',
      formula:
        'share with return reason “尺寸不合” among order lines with outcome “returned within the window” and category “马桶” and province “Jiangsu”; only lines that were delivered and whose return window has closed',
    })
    const slow = ownDefinition.parse({
      ...words,
      table: 'conversations',
      where: [{ field: 'tier', in: ['gold'] }],
      of: { percentile: 'first_answer_minutes', at: 90 },
    })
    expect(formulaOf(slow).formula).toBe(
      '90th percentile of minutes to the first answer by a person among conversations with member tier “gold”',
    )
  })

  test.each([
    [{ table: 'voices', of: { mean: 'amount' } }],
    [{ table: 'orders', of: { percentile: 'amount', at: 100 } }],
    [{ table: 'orders', of: { share: [{ number: 'amount', atLeast: 5, atMost: 4 }] } }],
    [{ table: 'orders', of: { share: [{ field: 'sentiment', in: ['negative'] }] } }],
    [{ table: 'orders', of: { mean: 'sum(amount_minor)' } }],
    [{ table: 'orders', of: { share: [] } }],
    [{ table: 'mentions', of: { mean: 'rating' } }],
    [{ table: 'voices', of: { mean: 'rating' }, sql: '1' }],
  ])('%j is no definition', (drawn) => {
    expect(ownDefinition.safeParse({ ...words, ...drawn }).success).toBe(false)
  })
})
