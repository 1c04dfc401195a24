import { describe, expect, test } from 'vitest'
import { difference, estimateText, interval, level } from './figures.ts'

describe('figures in words', () => {
  test('shares are per cent, scores have two places, points one', () => {
    expect([level(0.8615, 'share'), level(3.8449, 'score'), level(41, 'points')]).toEqual(['86.2%', '3.84', '41.0'])
  })

  test('a difference always has its sign, with a true minus', () => {
    expect(difference(0.478, 'share', 'en')).toBe('+47.8 pp')
    expect(difference(-0.478, 'share', 'zh')).toBe('−47.8 个百分点')
    expect(difference(-1.709, 'score', 'en')).toBe('−1.71')
  })

  test('what rounds to nought has no minus', () => {
    expect(difference(-0.0001, 'share', 'en')).toBe('0.0 pp')
  })

  test('an interval with a negative end is written out, since a dash would read as a minus', () => {
    expect(interval(0.399, 0.421, 'share', 'zh')).toBe('39.9–42.1')
    expect(interval(-24, -10, 'points', 'zh')).toBe('−24.0 至 −10.0')
    expect(interval(-1.88, 0.2, 'score', 'en')).toBe('−1.88 to 0.20')
  })

  test('ignorance is not nought', () => {
    expect(estimateText({ value: null, low: null, high: null, n: 0 }, 'share', 'zh')).toBe('说不准（n 0）')
    expect(estimateText({ value: 0.5, low: 0.4, high: 0.6, n: 1234 }, 'share', 'en')).toBe(
      '50.0% (95% interval 40.0–60.0, n 1,234)',
    )
  })
})
