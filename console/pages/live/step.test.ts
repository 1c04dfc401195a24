import { describe, expect, test } from 'vitest'
import {
  conditionOf,
  conditionTexts,
  fieldOf,
  howOf,
  kindOf,
  kinds,
  stepOfKind,
  withBound,
  withHow,
  withTouchpoints,
} from './step.ts'

describe('a step in the editor', () => {
  test('is shown as the kind that it was made as', () => {
    for (const kind of kinds) expect(kindOf(stepOfKind(kind))).toBe(kind)
  })

  test('keeps its conditions when its touchpoints change', () => {
    const step = { events: [], where: [conditionOf('channel', ['app'])] }
    const changed = withTouchpoints(step, ['trade.cart'])
    expect(changed.where.map(fieldOf)).toEqual(['touchpoint', 'channel'])
  })

  test('what is typed for a property counts as text and as the number or truth that it may be', () => {
    const condition = conditionOf('prop:release', ['5.2', 'true', '中文'])
    expect(condition).toEqual({ prop: 'release', in: ['5.2', 5.2, 'true', true, '中文'] })
    expect(conditionTexts(condition)).toEqual(['5.2', 'true', '中文'])
    expect(conditionOf('city', ['5'])).toEqual({ field: 'city', in: ['5'] })
  })

  test('is asked the other way round with the same values, and by bounds', () => {
    const not = withHow(conditionOf('city', ['上海']), 'not')
    expect(not).toEqual({ field: 'city', in: ['上海'], not: true })
    expect(withHow(not, 'in')).toEqual({ field: 'city', in: ['上海'] })
    const number = withHow(conditionOf('prop:amountMinor', []), 'number')
    expect([number, howOf(number)]).toEqual([{ prop: 'amountMinor' }, 'number'])
    const both = withBound(withBound(number, 'atLeast', 100), 'atMost', 0)
    expect(both).toEqual({ prop: 'amountMinor', atLeast: 100, atMost: 0 })
    expect(withBound(both, 'atLeast', null)).toEqual({ prop: 'amountMinor', atMost: 0 })
  })
})
