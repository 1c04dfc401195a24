import { expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { productsTable } from './source.ts'

test('a product a row, in either language; a row without a title is refused', async () => {
  const { products, dead } = await readFile(
    productsTable,
    'SKU;Product Name;Category;Price\n7;Lamp;Lights;9,90\n8;;Lights;1\n',
  )
  expect(products).toEqual([{ id: '7', title: 'Lamp', category: 'Lights', attributes: { price: '9,90' } }])
  expect(dead).toEqual([expect.stringContaining('3: title')])
})
