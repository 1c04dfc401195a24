/** The days on which Chinese e-commerce sells far more than on others, by month and day. */
const promotions: Readonly<Record<string, string>> = {
  '01-08': 'new_year_goods',
  '01-18': 'new_year_goods',
  '03-08': '38',
  '05-20': '520',
  '06-01': '618_opening',
  '06-18': '618',
  '09-09': '99',
  '10-21': '1111_presale',
  '11-01': '1111_opening',
  '11-11': '1111',
  '12-12': '1212',
  '12-30': 'new_year',
}

/** The name of the promotion on a local day (`YYYY-MM-DD`), if there is one. */
export const promotionOn = (day: string): string | null => promotions[day.slice(5)] ?? null
