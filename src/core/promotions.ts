import { clearAndBright, lunarOf } from './chinese-calendar.ts'
import { addDays } from './clock.ts'

/**
 * Days on which a shop sells far more than on others, or far less: promotions and holidays. `from` and `to` are both included: `MM-DD` every
 * year (over New Year's Eve where `to` lies before `from`), `YYYY-MM-DD` once, `lunar-MM-DD` every year of the Chinese calendar (its 30th is
 * the last day of the month), or `qingming` for that day of the sun's.
 */
export interface Promotion {
  id: string
  zh: string
  en: string
  from: string
  to: string
}

const on = (id: string, day: string, zh: string, en: string, to = day): Promotion => ({ id, zh, en, from: day, to })

/**
 * The calendar of Chinese e-commerce, for a shop that has not written its own: the days on which most is sold, and the weeks around them,
 * which begin and end a few days earlier or later each year; and the statutory holidays (全国年节及纪念日放假办法, as in force since 2025),
 * with the days around the two long ones. Which weekends are worked instead is announced anew each year: that is for the shop to write.
 */
export const usualPromotions: readonly Promotion[] = [
  on('new_year_goods', '01-08', '年货节', 'New Year goods'),
  on('new_year_goods_close', '01-18', '年货节返场', 'New Year goods, last day'),
  on('38', '03-08', '三八节', 'Women’s Day'),
  on('520', '05-20', '520', '520'),
  on('618_opening', '06-01', '618 开门红', '618 opening'),
  on('618', '06-18', '618', '618'),
  on('99', '09-09', '99 大促', '99 sale'),
  on('1111_presale', '10-21', '双十一预售', 'Double 11 presale'),
  on('1111_opening', '11-01', '双十一开门红', 'Double 11 opening'),
  on('1111', '11-11', '双十一', 'Double 11'),
  on('1212', '12-12', '双十二', 'Double 12'),
  on('new_year', '12-30', '跨年', 'New Year'),
  on('new_year_goods_weeks', '01-08', '年货节期间', 'New Year goods, the days around', '01-18'),
  on('38_week', '03-02', '三八节期间', 'Women’s Day, the week before', '03-08'),
  on('520_days', '05-17', '520 期间', '520, the days before', '05-20'),
  on('618_weeks', '05-24', '618 期间', '618, the weeks around', '06-20'),
  on('99_days', '09-06', '99 大促期间', '99 sale, the days around', '09-10'),
  on('1111_weeks', '10-21', '双十一期间', 'Double 11, the weeks before', '11-11'),
  on('1212_days', '12-09', '双十二期间', 'Double 12, the days before', '12-12'),
  on('new_year_days', '12-28', '跨年期间', 'New Year, the days around', '01-01'),
  on('new_years_day', '01-01', '元旦', 'New Year’s Day'),
  on('spring_festival', 'lunar-12-30', '春节', 'Spring Festival', 'lunar-01-03'),
  on('spring_festival_weeks', 'lunar-12-23', '春节前后', 'Spring Festival, the days around', 'lunar-01-07'),
  on('qingming', 'qingming', '清明', 'Qingming'),
  on('labour_day', '05-01', '劳动节', 'Labour Day', '05-02'),
  on('dragon_boat', 'lunar-05-05', '端午', 'Dragon Boat Festival'),
  on('mid_autumn', 'lunar-08-15', '中秋', 'Mid-Autumn Festival'),
  on('national_day', '10-01', '国庆', 'National Day', '10-03'),
  on('national_week', '10-01', '国庆假期', 'National Day, the week', '10-07'),
]

const LUNAR = 'lunar-'
type Form = 'once' | 'yearly' | 'lunar' | 'sun'

/** How a day of the calendar is written; the two ends of a window are written alike. */
export function formOf(day: string): Form {
  if (day.startsWith(LUNAR)) return 'lunar'
  return day === 'qingming' ? 'sun' : day.length === 5 ? 'yearly' : 'once'
}

function holds({ from, to }: Promotion, day: string): boolean {
  switch (formOf(from)) {
    case 'sun':
      return day.slice(5) === clearAndBright(Number(day.slice(0, 4)))
    case 'once':
      return from <= day && day <= to
    case 'yearly':
      return within(from, to, { at: day.slice(5), until: day.slice(5) })
    case 'lunar':
      return within(from.slice(LUNAR.length), to.slice(LUNAR.length), lunarOf(day))
  }
}

/** `until` counts against the beginning, `at` against the end: so a month's last day is its 30th too. */
const within = (from: string, to: string, { at, until }: { at: string; until: string }): boolean =>
  from <= to ? from <= until && at <= to : until >= from || at <= to

/** How many days it takes; those of every year as in a leap year, those of the moon as in a year of months of 30 days. */
function lengthOf({ from, to }: Promotion): number {
  switch (formOf(from)) {
    case 'sun':
      return 1
    case 'lunar': {
      const at = (day: string) => 30 * Number(day.slice(6, 8)) + Number(day.slice(9))
      return at(to) - at(from) + (from <= to ? 1 : 361)
    }
    default: {
      const at = (day: string) => Date.parse(day.length === 5 ? `2024-${day}` : day)
      return (at(to) - at(from)) / 86_400_000 + (from <= to ? 1 : 367)
    }
  }
}

/** What was found of a calendar before: the same days are asked for again and again. */
const found = new WeakMap<readonly Promotion[], Map<string, string | null>>()
const MOST_DAYS = 20_000

/**
 * The id of the promotion or holiday on a local day (`YYYY-MM-DD`), if there is one. Where several hold the day it is the shortest, so that
 * a peak is told from the weeks around it; of several as short the first of the calendar.
 */
export function promotionOn(day: string, calendar: readonly Promotion[] = usualPromotions): string | null {
  const known = found.get(calendar) ?? new Map<string, string | null>()
  if (known.size >= MOST_DAYS) known.clear()
  found.set(calendar, known)
  let id = known.get(day)
  if (id === undefined) {
    const [first, ...others] = calendar.filter((one) => holds(one, day))
    id = others.reduce((best, one) => (lengthOf(one) < lengthOf(best!) ? one : best), first)?.id ?? null
    known.set(day, id)
  }
  return id
}

/** Days that are looked through for the next time: a leap month puts a day of the moon off by a month at most. */
const SOUGHT = 400

/** When it is, or is next, from a local day on; null where it is past. */
export function nextDays(one: Promotion, today: string): { from: string; to: string } | null {
  if (formOf(one.from) === 'once') return one.to < today ? null : { from: one.from, to: one.to }
  let day = today
  for (let sought = 0; sought < SOUGHT && !holds(one, day); sought++) day = addDays(day, 1)
  if (!holds(one, day)) return null
  let [from, to] = [day, day]
  while (holds(one, addDays(from, -1)) && from > addDays(day, -SOUGHT)) from = addDays(from, -1)
  while (holds(one, addDays(to, 1)) && to < addDays(day, SOUGHT)) to = addDays(to, 1)
  return { from, to }
}
