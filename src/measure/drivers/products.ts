/** What the catalogue knows of a product: what may make it fare worse than its neighbours. */
export interface ProductFacts {
  merchantId: string
  attributes: Readonly<Record<string, string | number | boolean | null>>
}

/** Whether a factor is the same in all orders of a product. */
export const isOfProducts = (factor: string): boolean => factor === 'merchant' || factor === 'attribute'
