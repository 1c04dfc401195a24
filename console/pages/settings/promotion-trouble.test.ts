import { expect, test } from 'vitest'
import { promotionTrouble, whole } from './promotion-trouble.ts'

const sale = { zh: '店庆', en: '', from: '05-01', to: '05-03' }

test.each([
  [sale, null],
  [{ ...sale, from: '12-30', to: '01-02' }, null],
  [{ ...sale, from: '02-29', to: '02-29' }, null],
  [{ ...sale, from: '2026-05-01', to: '2026-05-03' }, null],
  [{ ...sale, zh: ' ' }, 'name'],
  [{ ...sale, to: '02-30' }, 'day'],
  [{ ...sale, to: '5-3' }, 'day'],
  [{ ...sale, to: '2026-05-03' }, 'forms'],
  [{ ...sale, from: '2026-05-03', to: '2026-05-01' }, 'order'],
])('%j: %s', (row, trouble) => {
  expect(promotionTrouble(row)).toBe(trouble)
})

test('a name in one language serves for both', () => {
  expect(whole(sale)).toMatchObject({ zh: '店庆', en: '店庆' })
})
