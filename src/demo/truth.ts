import { type Calendar, DAY } from './calendar.ts'
import { RETURN_WINDOW_DAYS } from './fulfilment.ts'
import type { Fate } from './outcome.ts'
import type { Payment } from './payment.ts'
import type { Plan } from './plan.ts'
import { concerns, type Plant } from './plants.ts'
import type { Effects } from './trouble.ts'
import { stars } from './voices.ts'

/** Orders of a group and what became of those whose return window has closed. */
export interface Group {
  orders: number
  /** Delivered, and the return window closed before the end. */
  settled: number
  returned: number
  returnRate: number | null
  /** Mean of the stars that these customers give or would give. */
  meanStars: number | null
}

interface CureTruth {
  id: string
  products: string[]
  day: number
  at: number
  residual: number
  /** What the cure does to the return probability of an order of the cured products, by the story's own numbers. */
  expectedReturnChange: number
  /** Share of the orders that are hit. */
  hitShare: { curedBefore: number; curedAfter: number; othersBefore: number; othersAfter: number }
}

export interface StoryTruth {
  id: string
  kind: Plant['story']['kind']
  category: string | null
  aspect: string | null
  scene: string | null
  /** Null: everywhere. */
  cities: string[] | null
  products: string[]
  from: number
  to: number
  /** The declared share of the orders that are hit, and what being hit adds. */
  share: number | null
  effects: Effects | null
  hit: Group
  /** Orders of the same category (any, where the story names none) that were not hit. */
  others: Group
  /** How many of those hit ever mention it. */
  spoken: number
  hitOrderIds: string[]
  cures: CureTruth[]
  /** Stories about payments: failed attempts and orders lost. */
  payments: { failures: number; lost: number } | null
}

export interface Truth {
  seed: number
  endDay: string
  days: number
  scale: number
  simulated: true
  returnWindowDays: number
  stories: StoryTruth[]
}

interface Tally {
  plant: Plant
  hit: Group & { stars: number }
  others: Group & { stars: number }
  spoken: number
  ids: string[]
  payments: { failures: number; lost: number }
  cures: { hits: [number, number, number, number]; orders: [number, number, number, number] }[]
}

const emptyGroup = () => ({ orders: 0, settled: 0, returned: 0, returnRate: null, meanStars: null, stars: 0 })

/** Counts, while the world is made, what the stories did in it. */
export class TruthKeeper {
  readonly #tallies: Tally[]
  readonly #calendar: Calendar

  constructor(plants: readonly Plant[], calendar: Calendar) {
    this.#calendar = calendar
    this.#tallies = plants.map((plant) => ({
      plant,
      hit: emptyGroup(),
      others: emptyGroup(),
      spoken: 0,
      ids: [],
      payments: { failures: 0, lost: 0 },
      cures: plant.cures.map(() => ({ hits: [0, 0, 0, 0], orders: [0, 0, 0, 0] })),
    }))
  }

  paid(payment: Payment): void {
    const tally = this.#tallies.find((each) => each.plant.story.id === payment.story)
    if (!tally) return
    tally.payments.failures += payment.failures
    if (payment.lost) tally.payments.lost++
  }

  lived(fate: Fate): void {
    for (const tally of this.#tallies) {
      const { category, id } = tally.plant.story
      if (category && category !== fate.plan.item.category.name) continue
      const trouble = fate.troubles.find((each) => each.story === id)
      this.#count(trouble ? tally.hit : tally.others, fate)
      if (!concerns(tally.plant, fate.plan)) continue
      if (trouble?.spoken) tally.spoken++
      if (trouble) tally.ids.push(fate.plan.id)
      tally.plant.cures.forEach((cure, n) => {
        const cell = cellOf(cure, fate.plan)
        tally.cures[n]!.orders[cell]!++
        if (trouble) tally.cures[n]!.hits[cell]!++
      })
    }
  }

  #count(group: Group & { stars: number }, fate: Fate): void {
    group.orders++
    group.stars += stars(fate.satisfaction)
    const settled = fate.fulfilment.deliveredAt + RETURN_WINDOW_DAYS * DAY < this.#calendar.end
    if (fate.cancelledAt !== null || !settled) return
    group.settled++
    if (fate.returnedAt !== null) group.returned++
  }

  result(): StoryTruth[] {
    return this.#tallies.map((tally) => storyTruth(tally, this.#calendar))
  }
}

/** 0 cured before, 1 cured after, 2 others before, 3 others after. */
const cellOf = (cure: Plant['cures'][number], plan: Plan): 0 | 1 | 2 | 3 => {
  const after = plan.orderedAt >= cure.from
  return cure.products.has(plan.item.record.id) ? (after ? 1 : 0) : after ? 3 : 2
}

const finished = ({ stars, ...group }: Group & { stars: number }): Group => ({
  ...group,
  returnRate: group.settled > 0 ? group.returned / group.settled : null,
  meanStars: group.orders > 0 ? stars / group.orders : null,
})

function storyTruth(tally: Tally, calendar: Calendar): StoryTruth {
  const { story, products, cities, from, to, cures } = tally.plant
  const declared = 'effects' in story ? story : null
  return {
    id: story.id,
    kind: story.kind,
    category: story.category ?? null,
    aspect: 'aspect' in story ? story.aspect : null,
    scene: 'scene' in story ? story.scene : null,
    cities: cities && [...cities].sort(),
    products: [...products].sort(),
    from,
    to,
    share: 'share' in story ? story.share : null,
    effects: declared?.effects ?? null,
    hit: finished(tally.hit),
    others: finished(tally.others),
    spoken: tally.spoken,
    hitOrderIds: tally.ids,
    cures: cures.map((cure, n) => ({
      id: cure.id,
      products: [...cure.products].sort(),
      day: calendar.dayOf(cure.from),
      at: cure.from,
      residual: cure.residual,
      expectedReturnChange: declared ? -declared.share * (1 - cure.residual) * (declared.effects.returnProb ?? 0) : 0,
      hitShare: hitShares(tally.cures[n]!),
    })),
    payments: story.kind === 'payment_failure' ? tally.payments : null,
  }
}

function hitShares({ hits, orders }: Tally['cures'][number]): CureTruth['hitShare'] {
  const share = (cell: 0 | 1 | 2 | 3) => hits[cell] / Math.max(1, orders[cell])
  return { curedBefore: share(0), curedAfter: share(1), othersBefore: share(2), othersAfter: share(3) }
}
