/**
 * Days on which a shop sells far more than on others. `from` and `to` are both included: `MM-DD` every year (over New Year's Eve where
 * `to` lies before `from`), or `YYYY-MM-DD` once.
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
 * which begin and end a few days earlier or later each year.
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
]

function holds({ from, to }: Promotion, day: string): boolean {
  const at = from.length === 5 ? day.slice(5) : day
  return from <= to ? from <= at && at <= to : at >= from || at <= to
}

/** How many days it takes; those of every year as in a leap year. */
function lengthOf({ from, to }: Promotion): number {
  const at = (day: string) => Date.parse(day.length === 5 ? `2024-${day}` : day)
  return (at(to) - at(from)) / 86_400_000 + (from <= to ? 1 : 367)
}

/**
 * The id of the promotion on a local day (`YYYY-MM-DD`), if there is one. Where several hold the day it is the shortest, so that a peak is
 * told from the weeks around it; of several as short the first of the calendar.
 */
export function promotionOn(day: string, calendar: readonly Promotion[] = usualPromotions): string | null {
  const [first, ...others] = calendar.filter((one) => holds(one, day))
  return others.reduce((best, one) => (lengthOf(one) < lengthOf(best!) ? one : best), first)?.id ?? null
}
