import { expect, test } from 'vitest'
import type { Verdict } from '../../measure/alerts/judge.ts'
import { builtinRules } from '../../measure/alerts/rule.ts'
import type { Watch } from '../../measure/alerts/watch.ts'
import { headline } from './words.ts'

const tell = (unit: Watch['unit'], peak: Pick<Verdict, 'value' | 'n' | 'expected' | 'low' | 'high'>) =>
  headline({
    watch: { unit, zh: '支付失败率', en: 'payments that fail' } as Watch,
    rule: builtinRules[0]!,
    where: { zh: '全店', en: 'The whole shop' },
    direction: 'up',
    since: Date.UTC(2026, 2, 1),
    peak: { at: 0, p: null, direction: 'up', window: null, ...peak } as Verdict,
    zone: 'Asia/Shanghai',
  })

test('a share keeps its decimal in a headline, as it has one in the tables beside it', () => {
  const { zh, en } = tell('share', { value: 0.2545, n: 220, expected: 0.018, low: 0, high: 0.036 })
  expect(en).toContain('had 25.5% (expected 1.8%, 95% interval 0.0%–3.6%, n 220)')
  expect(zh).toContain('25.5%（预期 1.8%，95% 区间 0.0%–3.6%，n 220）')
})

test('a count is written whole, with its thousands apart, and below ten with a decimal where it has one', () => {
  const { en } = tell('count', { value: 12_345, n: 12_345, expected: 4, low: 0.25, high: 9.96 })
  expect(en).toContain('had 12,345 (expected 4, 95% interval 0.3–10)')
})
