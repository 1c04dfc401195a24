import type { ProductInput } from '../core/event.ts'
import { type CategoryName, type CategorySpec, categories } from './categories.ts'
import { type Random, Wheel } from './random.ts'

export interface Merchant {
  id: string
  name: string
  category: CategoryName
  /** Hours from order to dispatch, typical. */
  dispatchHours: number
  /** Minutes until a person answers in chat, typical. */
  answerMinutes: number
}

/** A product with what only the simulation knows of it. */
export interface Item {
  record: ProductInput
  category: CategorySpec
  merchant: Merchant
  priceMinor: number
  /** Relative sales. */
  weight: number
  /** Added to the category's return probability. */
  returnShift: number
}

export interface Catalogue {
  merchants: Merchant[]
  items: Item[]
  byCategory: Map<CategoryName, { items: Item[]; wheel: Wheel }>
}

export function buildCatalogue(root: Random): Catalogue {
  const merchants: Merchant[] = []
  const items: Item[] = []
  const byCategory: Catalogue['byCategory'] = new Map()
  for (const category of categories) {
    const random = root.fork(`catalogue ${category.name}`)
    const shops = category.brands.map((brand) => {
      const merchant = openShop(`M${String(merchants.length + 1).padStart(2, '0')}`, brand, category, random)
      merchants.push(merchant)
      return { merchant, brand }
    })
    const own = Array.from({ length: category.products }, (_, n) => {
      const { merchant, brand } = shops[n % shops.length]!
      return stock(`P${String(items.length + n + 1).padStart(3, '0')}`, category, merchant, brand, random)
    })
    items.push(...own)
    byCategory.set(category.name, { items: own, wheel: new Wheel(own.map((item) => item.weight)) })
  }
  return { merchants, items, byCategory }
}

function openShop(id: string, brand: string, category: CategorySpec, random: Random): Merchant {
  return {
    id,
    name: `${brand}${category.shop}`,
    category: category.name,
    dispatchHours: random.between(8, 20),
    answerMinutes: random.between(1.5, 5),
  }
}

function stock(id: string, category: CategorySpec, merchant: Merchant, brand: string, random: Random): Item {
  const model = random.pick(category.models)
  const attributes: ProductInput['attributes'] = { brand }
  for (const [name, values] of Object.entries(category.attributes)) attributes[name] = random.pick(values)
  const [low, high] = category.priceYuan
  const yuan = Math.round(low * (high / low) ** random.next())
  const code = category.coded ? ` ${random.pick([...'ABDHKNRST'])}${random.int(10, 99)}` : ''
  const extras = Object.values(attributes)
    .slice(1)
    .filter((value) => typeof value === 'string')
  return {
    record: {
      id,
      title: `${brand}${model}${code} ${extras.join(' ')}`.trim(),
      category: category.name,
      merchantId: merchant.id,
      merchantName: merchant.name,
      attributes: { ...attributes, priceMinor: yuan * 100 },
      simulated: true,
    },
    category,
    merchant,
    priceMinor: yuan * 100,
    weight: Math.exp(random.normal(0, 0.25)),
    returnShift: random.normal(0, 0.008),
  }
}
