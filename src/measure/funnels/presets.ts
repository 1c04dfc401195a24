import { type Funnel, funnelDefinition } from './definition.ts'

/** A funnel that every tenant has, or one that it keeps itself. */
export interface KeptFunnel {
  id: string
  zh: string
  en: string
  funnel: Funnel
  own: boolean
}

const search = { label: 'search', where: [{ field: 'touchpoint', in: ['browse.search'] }] }
const product = { label: 'product', where: [{ field: 'touchpoint', in: ['browse.detail'] }] }
const cart = { label: 'cart', where: [{ field: 'touchpoint', in: ['trade.cart'] }] }
const checkout = { label: 'checkout', where: [{ field: 'touchpoint', in: ['trade.checkout'] }] }
const paid = { label: 'paid', events: ['payment_succeeded', 'order_placed', 'order_completed'] }

const preset = (id: string, zh: string, en: string, steps: object[]): KeptFunnel => ({
  id,
  zh,
  en,
  funnel: funnelDefinition.parse({ steps, windowMinutes: 60 }),
  own: false,
})

/** By touchpoint rather than by name, so that they read whatever names a shop's systems use. Labels are translated by the console. */
export const presets: readonly KeptFunnel[] = [
  preset('purchase', '购买', 'Purchase', [product, checkout, paid]),
  preset('cart', '加购后购买', 'Purchase by cart', [product, cart, checkout, paid]),
  preset('search', '从搜索到购买', 'From search to purchase', [search, product, checkout, paid]),
]
