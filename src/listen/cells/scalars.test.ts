import { expect, test } from 'vitest'
import { namedAs } from '../happenings/names.ts'
import { scalarsOf } from './scalars.ts'

test('single values become facts; persons, tokens and long lists of objects do not', () => {
  expect(
    scalarsOf({
      cartId: 7,
      Email: 'a@b.c',
      user: { firstName: 'A', plan: 'pro' },
      tags: ['x', 'y'],
      products: [{ id: 1 }],
      no: null,
      ip: '1.2.3.4',
    }),
  ).toEqual({ cart_id: 7, user_plan: 'pro', tags: 'x、y' })
})

test('the same thing has the same name, however a system spells it', () => {
  const names = [
    'Product Viewed',
    'product_viewed',
    'productViewed',
    'view_item',
    'Viewed Product',
    'PRODUCT VIEWED',
  ].map((name) => namedAs(name).name)
  expect(new Set(names)).toEqual(new Set(['product_viewed']))
  expect(namedAs('Lamp Lit')).toEqual({ name: 'lamp_lit', touchpoint: undefined, raw: 'Lamp Lit' })
})
