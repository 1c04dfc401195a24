import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  count,
  day,
  duration,
  exactMoment,
  level,
  levelText,
  moment,
  money,
  moneyRange,
  moneyText,
  range,
  roughCount,
  shiftDay,
  shortened,
  signed,
  stamp,
  startOfDay,
  withMoments,
} from './format.ts'

describe('numbers', () => {
  test('an axis drops noughts, and only noughts, behind the point', () => {
    expect(['10.0%', '−1.00', '0.50', '+20.0', '100.0%', '0.00'].map(shortened)).toEqual([
      '10%',
      '−1',
      '0.50',
      '+20',
      '100%',
      '0',
    ])
  })
  test('thousands are parted and a minus is a true minus', () => {
    expect(count(18519)).toBe('18,519')
    expect(level(-24, 'points')).toBe('−24.0')
  })
  test('shares are shown in per cent with one decimal', () => {
    expect(levelText(0.862, 'share')).toBe('86.2%')
    expect(levelText(null, 'share')).toBe('—')
  })
  test('a difference carries its sign, and what rounds to zero carries none', () => {
    expect(signed(0.068, 'share')).toBe('+6.8')
    expect(signed(-0.022, 'share')).toBe('−2.2')
    expect(signed(-0.00001, 'share')).toBe('0.0')
    expect(signed(0.00001, 'share')).toBe('0.0')
  })
  test('large counts are short where the place is narrow', () => {
    expect(roughCount(382_000, 'zh')).toBe('38.2 万')
    expect(roughCount(382_000, 'en')).toBe('382k')
    expect(roughCount(9_806, 'zh')).toBe('9,806')
  })
  test('no number is ever written with a hyphen for a minus', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => !signed(value, 'score').includes('-')),
    )
  })
})

describe('intervals', () => {
  test('positive ends are joined by a dash, negative ones by a word', () => {
    expect(range(39.9, 42.1, 'points', 'zh')).toBe('39.9–42.1')
    expect(range(-0.24, -0.1, 'share', 'zh')).toBe('−24.0 至 −10.0')
    expect(range(-0.24, -0.1, 'share', 'en')).toBe('−24.0 to −10.0')
  })
})

describe('money', () => {
  test('from ten thousand on it is written in 万, from a hundred million in 亿', () => {
    expect(money(38_600_000, 'CNY', 'zh')).toEqual({ text: '¥38.6', unit: '万' })
    expect(moneyText(12_000_000_000, 'CNY', 'zh')).toBe('¥1.2 亿')
    expect(moneyText(935_000, 'CNY', 'zh')).toBe('¥9,350')
  })
  test('English counts in thousands and millions', () => {
    expect(moneyText(38_600_000, 'CNY', 'en')).toBe('¥386k')
    expect(moneyText(120_000_000, 'CNY', 'en')).toBe('¥1.2M')
  })
  test('a currency without minor units is not divided', () => {
    expect(moneyText(9_350, 'JPY', 'en')).toBe('¥9,350')
  })
  test('both ends of a range share one unit', () => {
    expect(moneyRange(24_100_000, 53_000_000, 'CNY', 'zh')).toBe('¥24.1–53.0 万')
    expect(moneyRange(500_000, 53_000_000, 'CNY', 'zh')).toBe('¥0.5–53.0 万')
  })
})

describe('time', () => {
  test('in files is a day and a clock with its offset, whatever day it is read on', () => {
    const at = Date.UTC(2026, 10, 24, 11, 5)
    expect(stamp(at, 'Asia/Shanghai')).toBe('2026-11-24T19:05+08:00')
    expect(stamp(at, 'America/Sao_Paulo')).toBe('2026-11-24T08:05-03:00')
    expect(stamp(at, 'UTC')).toBe('2026-11-24T11:05+00:00')
    expect(Date.parse(stamp(at, 'Asia/Shanghai'))).toBe(at)
  })

  const now = Date.parse('2026-11-23T02:42:00Z')
  const zone = 'Asia/Shanghai'
  test('today and yesterday are said in the tenant’s zone', () => {
    expect(moment(Date.parse('2026-11-22T23:52:00Z'), zone, 'zh', now)).toBe('今天 07:52')
    expect(moment(Date.parse('2026-11-22T15:40:00Z'), zone, 'zh', now)).toBe('昨天 23:40')
    expect(moment(Date.parse('2026-11-22T15:40:00Z'), zone, 'en', now)).toBe('Yesterday 23:40')
  })
  test('within a sentence a day has no capital in English, and no gap before it in Chinese', () => {
    expect(withMoments('281 series watched, judged until Today 00:00')).toBe(
      '281 series watched, judged until today 00:00',
    )
    expect(withMoments('Yesterday 23:40 · the App since Yesterday 22:00')).toBe(
      'Yesterday 23:40 · the App since yesterday 22:00',
    )
    expect(withMoments('closed (3) Today 07:52; n 12 Yesterday 23:40')).toBe(
      'closed (3) today 07:52; n 12 yesterday 23:40',
    )
    expect(withMoments('Bought the Today show')).toBe('Bought the Today show')
    expect(withMoments('共看着 281 条曲线，判到 今天 00:00')).toBe('共看着 281 条曲线，判到今天 00:00')
    expect(withMoments('发现于 11 月 3 日')).toBe('发现于 11 月 3 日')
  })
  test('a deadline carries its hour and minute on whatever day it falls', () => {
    expect(exactMoment(Date.parse('2026-11-25T01:30:00Z'), zone, 'zh', now)).toBe('11 月 25 日 09:30')
    expect(exactMoment(Date.parse('2026-11-25T01:30:00Z'), zone, 'en', now)).toBe('25 Nov 09:30')
    expect(exactMoment(Date.parse('2026-11-22T23:52:00Z'), zone, 'zh', now)).toBe('今天 07:52')
  })
  test('the year is written only where it is another one', () => {
    expect(day('2026-11-03', 'zh', 2026)).toBe('11 月 3 日')
    expect(day('2025-11-03', 'zh', 2026)).toBe('2025 年 11 月 3 日')
    expect(day('2025-11-03', 'en', 2026)).toBe('3 Nov 2025')
  })
  test('a short rest is a clock, a long one is in words', () => {
    expect(duration(155 * 60_000, 'zh')).toBe('02:35')
    expect(duration(1120 * 60_000, 'zh')).toBe('18 小时 40 分')
    expect(duration(76 * 3_600_000, 'en')).toBe('3 d 4 h')
  })
  test('a local day begins at its own midnight, whatever the clocks do', () => {
    expect(startOfDay('2026-11-03', zone)).toBe(Date.parse('2026-11-02T16:00:00Z'))
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-28T23:00:00Z'))
    expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'))
  })
  test('days shift over the end of a month', () => {
    expect(shiftDay('2026-03-01', -1)).toBe('2026-02-28')
  })
})
