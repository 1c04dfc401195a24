import { expect, test } from 'vitest'
import { dayOf, isBlank, isComputed, promotionTrouble, whole, writtenDay } from './promotion-trouble.ts'

const sale = { zh: '店庆', en: '', from: '05-01', to: '05-03' }

test.each([
  [sale, null],
  [{ ...sale, from: '12-30', to: '01-02' }, null],
  [{ ...sale, from: '02-29', to: '02-29' }, null],
  [{ ...sale, from: '2026-05-01', to: '2026-05-03' }, null],
  [{ ...sale, zh: ' ' }, 'name'],
  [{ ...sale, to: '02-30' }, 'day'],
  [{ ...sale, to: '5-3' }, null],
  [{ ...sale, to: '5.3 ' }, null],
  [{ ...sale, to: '5-32' }, 'day'],
  [{ ...sale, to: '2026-05-03' }, 'forms'],
  [{ ...sale, from: '农历12-30', to: '农历1-3' }, null],
  [{ ...sale, from: '农历12-31', to: '农历1-3' }, 'day'],
  [{ ...sale, from: '农历12-30', to: '01-03' }, 'forms'],
  [{ ...sale, from: '清明', to: '清明' }, null],
  [{ ...sale, from: '清明', to: '04-06' }, 'forms'],
  [{ ...sale, from: '2026-05-03', to: '2026-05-01' }, 'order'],
])('%j: %s', (row, trouble) => {
  expect(promotionTrouble(row)).toBe(trouble)
})

test('a name in one language serves for both', () => {
  expect(whole(sale)).toMatchObject({ zh: '店庆', en: '店庆' })
})

test.each([
  ['6-1', '06-01'],
  ['11.11', '11-11'],
  [' 2026/6/18 ', '2026-06-18'],
  ['2026-06-18', '2026-06-18'],
  ['农历8-15', 'lunar-08-15'],
  ['Lunar 08-15', 'lunar-08-15'],
  ['lunar-08-15', 'lunar-08-15'],
  ['农历2026-8-15', '农历2026-8-15'],
  ['清明', 'qingming'],
  ['tomorrow', 'tomorrow'],
])('a day written as %s is kept as %s', (written, kept) => {
  expect(dayOf(written)).toBe(kept)
  expect(whole({ ...sale, from: written }).from).toBe(kept)
})

test('a row in which nothing is written is none', () => {
  expect(isBlank({ zh: ' ', en: '', from: '', to: '' })).toBe(true)
  expect(isBlank(sale)).toBe(false)
})

test.each(['06-01', '2026-06-18', 'lunar-08-15', 'qingming'])('%s is written so that it is read as the same', (day) => {
  for (const lang of ['zh', 'en'] as const) {
    expect(dayOf(writtenDay(day, lang))).toBe(day)
    expect(isComputed(writtenDay(day, lang))).toBe(/[a-z]/.test(day))
  }
})
