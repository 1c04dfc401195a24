import { describe, expect, test } from 'vitest'
import { clearAndBright, lunarOf } from './chinese-calendar.ts'
import { addDays } from './clock.ts'
import { newMoon, solarLongitude } from './sun-and-moon.ts'

const HOUR = 3_600_000
/** Meeus’ moments are dynamical time; ours are not. */
const DELTA = 70_000

/** As the State Council's notices on holidays and the almanac of the Hong Kong Observatory give them. */
const published = {
  '01-01':
    '2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03',
  '05-05': '2018-06-18 2019-06-07 2020-06-25 2021-06-14 2022-06-03 2023-06-22 2024-06-10 2025-05-31 2026-06-19',
  '08-15': '2018-09-24 2019-09-13 2020-10-01 2021-09-21 2022-09-10 2023-09-29 2024-09-17 2025-10-06 2026-09-25',
}

describe('the Chinese calendar', () => {
  test.each(Object.entries(published))('knows when %s was and will be', (at, days) => {
    for (const day of days.split(' ')) expect(lunarOf(day)).toEqual({ at, until: at })
  })

  test('the eve of New Year is the last day of its month, of 29 days or of 30', () => {
    for (const day of published['01-01'].split(' ')) expect(lunarOf(addDays(day, -1)).until).toBe('12-30')
    expect(lunarOf('2026-02-16').at).toBe('12-29')
    expect(lunarOf('2024-02-09').at).toBe('12-30')
  })

  test('a leap month lies between its month and the next', () => {
    const [before, leap, after] = ['2025-07-24', '2025-08-01', '2025-08-23'].map((day) => lunarOf(day).at)
    expect([before, leap, after]).toEqual(['06-30', '06b-08', '07-01'])
    expect([leap, after, before].sort()).toEqual([before, leap, after])
    const first = (day: string) => lunarOf(day).at
    expect(['2020-05-23', '2023-03-22', '2028-06-23', '2033-12-22'].map(first)).toEqual([
      '04b-01',
      '02b-01',
      '05b-01',
      '11b-01',
    ])
  })

  test('is the runtime’s own, but where a new moon falls so near to midnight that minutes decide', () => {
    const own = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
    const near = new Set<number>()
    for (let k = 0; k < 500; k++) {
      const beyond = (newMoon(k) + 8 * HOUR) % (24 * HOUR)
      if (Math.min(beyond, 24 * HOUR - beyond) < HOUR / 2) near.add(k)
    }
    let differ = 0
    for (let day = '2000-02-01'; day < '2040-01-01'; day = addDays(day, 1)) {
      const [month, date] = own.format(Date.parse(`${day}T12:00Z`)).split('/')
      const runtime = `${month!.replace('bis', '').padStart(2, '0')}${month!.includes('bis') ? 'b' : ''}-${date!.padStart(2, '0')}`
      if (lunarOf(day).at === runtime) continue
      differ++
      const k = Math.floor((Date.parse(`${day}T12:00Z`) - newMoon(0)) / HOUR / 24 / 29.530588861)
      expect([k - 1, k, k + 1].some((one) => near.has(one))).toBe(true)
    }
    expect(differ).toBeLessThan(400)
  })
})

describe('sun and moon', () => {
  test('the sun stands where Meeus’ example 25.a says: 199.90895° on 13 October 1992 at 0 h', () => {
    expect(solarLongitude(Date.UTC(1992, 9, 13) - DELTA)).toBeCloseTo(199.90895, 4)
  })

  test('the moon is new when Meeus’ example 49.a says: 18 February 1977 at 3 h 37 min 42 s', () => {
    expect(Math.abs(newMoon(-283) + DELTA - Date.UTC(1977, 1, 18, 3, 37, 42))).toBeLessThan(2_000)
  })
})

describe('清明', () => {
  test('is the published day', () => {
    const days =
      '2008-04-04 2009-04-04 2010-04-05 2011-04-05 2012-04-04 2013-04-04 2014-04-05 2015-04-05 2016-04-04 2017-04-04 2018-04-05 2019-04-05 2020-04-04 2021-04-04 2022-04-05 2023-04-05 2024-04-04 2025-04-04 2026-04-05'
    for (const day of days.split(' ')) expect(`${day.slice(0, 5)}${clearAndBright(Number(day.slice(0, 4)))}`).toBe(day)
  })

  test('lies on 4, 5 or 6 April in every year from 1980 to 2100', () => {
    for (let year = 1980; year <= 2100; year++) expect(clearAndBright(year)).toMatch(/^04-0[456]$/)
  })
})
