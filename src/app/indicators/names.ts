import { type NameOf, plainName } from '../../measure/indicators/own/words.ts'
import type { Names } from '../names.ts'

/** What the values of a tenant's conditions are called, given what its products and merchants are. */
export function valueNames(
  names: Names,
  titles: { product?: (id: string) => string; merchant?: (id: string) => string },
): NameOf {
  const same = (text: string) => ({ zh: text, en: text })
  return (field, value) => {
    if (field === 'category') return names.category(value)
    if (field === 'aspect' || field === 'negative_aspect') return names.aspect(value)
    if (field === 'scene') return names.scene(value)
    if (field === 'product') return same(titles.product?.(value) ?? value)
    return field === 'merchant' ? same(titles.merchant?.(value) ?? value) : plainName(field, value)
  }
}
