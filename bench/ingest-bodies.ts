import { reviews } from './reviews.ts'

/** A request as it goes over the wire: the same bytes for the sender and for the bare loop beside it. */
export interface Load {
  kind: 'voices' | 'events'
  records: number
  /** Records in one request. */
  batch: number
  /** Makes the ids of this run differ from those of other runs. */
  run: string
}

const AT = Date.UTC(2026, 0, 15, 4)

/** The bodies of a load, one after the other: invented events, or reviews (real ones where they lie beside the clone). */
export function* bodiesOf({ kind, records, batch, run }: Load): Generator<string> {
  const make = kind === 'voices' ? voicesOf(run) : eventOf(run)
  for (let from = 0; from < records; from += batch) {
    const some = Array.from({ length: Math.min(batch, records - from) }, (_, i) => make(from + i))
    yield JSON.stringify(some)
  }
}

const eventOf = (run: string) => (n: number) => ({
  id: `${run}-${n}`,
  name: n % 3 === 0 ? 'product_viewed' : 'page_viewed',
  at: AT + (n % 86_400) * 1_000,
  session: `s${n % 5_000}`,
  customerRef: `c${n % 20_000}`,
  productId: `p${n % 300}`,
  touchpoint: 'browse.detail',
  props: { position: n % 40, from: 'search' },
})

function voicesOf(run: string) {
  const { reviews: texts } = reviews()
  return (n: number) => ({
    id: `${run}-${n}`,
    text: texts[n % texts.length]!.text.slice(0, 20_000),
    rating: texts[n % texts.length]!.rating,
    category: texts[n % texts.length]!.category,
    productId: `p${n % 300}`,
    at: AT + (n % 86_400) * 1_000,
  })
}
