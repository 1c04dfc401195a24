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

/** The calendar of Chinese e-commerce, for a shop that has not written its own. */
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
]

function holds({ from, to }: Promotion, day: string): boolean {
  const at = from.length === 5 ? day.slice(5) : day
  return from <= to ? from <= at && at <= to : at >= from || at <= to
}

/** The id of the promotion on a local day (`YYYY-MM-DD`), if there is one: the first of the calendar that holds the day. */
export const promotionOn = (day: string, calendar: readonly Promotion[] = usualPromotions): string | null =>
  calendar.find((one) => holds(one, day))?.id ?? null
