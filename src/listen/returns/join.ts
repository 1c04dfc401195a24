/** What one event says of goods that came back, or of money that was paid back. */
export interface ReturnWord {
  id: string
  /** The event's name: events of one name tell of different pieces, those of two names may tell of the same ones. */
  name: string
  at: number
  /** Empty where the event names none. */
  productId: string
  /** The shop's own number of the line, where the event names it. */
  lineId?: string | undefined
  /** Pieces. */
  quantity: number
  /** Whether goods came back. */
  back: boolean
  reason: string
  /** What was paid back, in minor units of the order's currency; 0 where it is not said. */
  refundMinor: number
}

/** An order line with what its own record says of a return. */
export interface OwnLine {
  /** Empty where the order's record names none. */
  line_id: string
  product_id: string
  quantity: number
  amount_minor: number
  own_returned_at: number | null
  own_return_reason: string
  own_refund_minor: number | null
}

/** What stands in the line's columns. */
export interface JoinedReturn {
  returned_at: number | null
  return_reason: string
  refund_minor: number | null
}

/** Events that say that money has been paid back; what others name as an amount only counts where none of these has come. */
export const PAID: readonly string[] = ['order_refunded', 'item_refunded']

/**
 * The returns of an order's lines: what its own record says stands, and where that says nothing, what events say. Of the same record and
 * the same set of events it is always the same, whatever order they came in.
 *
 * An event goes to the line that it names, else to the lines of its product (where it names none: to the only line, or to all where it pays back the whole order), to as
 * many pieces as it says, first to lines that are known to be returned by their own record, so that no return counts twice. What cannot be
 * told apart is not put on any line. A line is paid back no more than was paid for it: freight and tax belong to no line.
 */
export function joinReturns(lines: readonly OwnLine[], words: readonly ReturnWord[]): JoinedReturn[] {
  const sorted = words.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const byName = [...Map.groupBy(sorted, ({ name }) => name)].map(([name, told]) => ({
    paid: PAID.includes(name),
    found: spread(lines, told),
  }))
  return lines.map((line, place) => {
    const told = byName.map(({ paid, found }) => ({ paid, ...found[place]! }))
    const backs = told.flatMap(({ backs }) => backs).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    return {
      returned_at: line.own_returned_at ?? backs[0]?.at ?? null,
      return_reason: line.own_return_reason || (backs.find(({ reason }) => reason !== '')?.reason ?? ''),
      refund_minor: line.own_refund_minor ?? (moneyOf(told, line) || null),
    }
  })
}

interface Found {
  backs: ReturnWord[]
  money: number
}

function moneyOf(told: readonly (Found & { paid: boolean })[], { amount_minor }: OwnLine): number {
  const paid = told.filter((one) => one.paid).reduce((sum, { money }) => sum + money, 0)
  const promised = told.filter((one) => !one.paid && one.backs.length > 0).map(({ money }) => money)
  const money = paid || Math.max(0, ...promised)
  return amount_minor > 0 ? Math.min(money, amount_minor) : money
}

/** Deals out the events of one name, the earliest first. */
function spread(lines: readonly OwnLine[], told: readonly ReturnWord[]): Found[] {
  const found = lines.map((): Found => ({ backs: [], money: 0 }))
  const room = lines.map(({ quantity }) => quantity)
  for (const word of told) {
    const places = placesOf(lines, word)
    const taken = take(room, places, word)
    if (word.back) for (const place of taken) found[place]!.backs.push(word)
    let left = word.refundMinor
    for (const [nth, place] of taken.entries()) {
      const { amount_minor, quantity } = lines[place]!
      const unpaid = amount_minor > 0 && quantity > 0 ? Math.max(0, amount_minor - found[place]!.money) : left
      const share = nth === taken.length - 1 ? left : Math.min(left, unpaid)
      found[place]!.money += share
      left -= share
    }
  }
  return found
}

/** The lines that an event may be about, those first that their own record calls returned. */
function placesOf(lines: readonly OwnLine[], { lineId, productId, refundMinor }: ReturnWord): number[] {
  const all = lines.map((_, place) => place)
  const named = lineId === undefined ? [] : all.filter((place) => lines[place]!.line_id === lineId)
  if (named.length > 0) return named
  const whole = lines.reduce((sum, { amount_minor }) => sum + amount_minor, 0)
  const mine =
    lines.length === 1
      ? all
      : productId !== ''
        ? all.filter((place) => lines[place]!.product_id === productId)
        : whole > 0 && refundMinor >= whole
          ? all
          : []
  const own = (place: number) => (lines[place]!.own_returned_at ?? lines[place]!.own_refund_minor) !== null
  return [...mine.filter(own), ...mine.filter((place) => !own(place))]
}

/** The lines that the event's pieces come from; further pieces than were bought are of the first. */
function take(room: number[], places: readonly number[], { productId, quantity, refundMinor }: ReturnWord): number[] {
  if (productId === '' && places.length > 1 && refundMinor > 0) return [...places]
  const taken: number[] = []
  let left = Math.max(1, quantity)
  for (const place of places) {
    const pieces = Math.min(left, room[place]!)
    if (pieces === 0) continue
    room[place]! -= pieces
    left -= pieces
    taken.push(place)
    if (left === 0) break
  }
  return taken.length > 0 ? taken : places.slice(0, 1)
}
