/** What the catalogue knows of a product: what may make it fare worse than its neighbours. */
export interface ProductFacts {
  merchantId: string
  attributes: Readonly<Record<string, string | number | boolean | null>>
}
