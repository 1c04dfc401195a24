import path from 'node:path'
import { array, boolean, filled, type Shaped, strictObject, string, withDefault } from '../core/shape.ts'
import { readJson } from './pack-file.ts'
import type { Pack } from './packs.ts'

const brandsFile = array(
  strictObject({
    id: string(/^[a-z0-9]+$/, 'a brand id is a-z and 0-9'),
    zh: array(filled),
    en: array(filled),
    /** What it is known for, as category words that a pack's `match` knows; others do no harm. */
    categories: array(filled, 1),
    /** True where the name is also an ordinary word (苹果, 美的, sharp). */
    word: withDefault(boolean, () => false),
  }),
)

/** A brand of `packs/brands.json`. */
export type Brand = Shaped<typeof brandsFile>[number]

/** Throws `PackError` with the file and the place where the file is not a list of brands. */
export const loadBrands = (dir: string): Brand[] => readJson(path.join(dir, 'brands.json'), brandsFile)

/** The brands that are known for what a pack is about: there even an ordinary word is their name. */
export function brandsAtHome(brands: readonly Brand[], pack: Pack, packFor: (category: string) => Pack): Set<Brand> {
  if (pack.id === 'general') return new Set()
  return new Set(brands.filter((brand) => brand.categories.some((category) => packFor(category) === pack)))
}
