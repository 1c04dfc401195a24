import { type Calendar, HOUR } from './calendar.ts'
import type { Catalogue } from './catalogue.ts'
import { cities } from './people.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Harm, Story } from './stories.ts'
import type { Trouble } from './trouble.ts'

/** Every story but a cure, which belongs to the story that it cures. */
type Planted = Exclude<Story, { kind: 'cured' }>

/** A story with its choices made: which products, merchants and cities, from when to when. */
export interface Plant<S extends Planted = Planted> {
  story: S
  products: Set<string>
  /** Null where every city is meant. */
  cities: Set<string> | null
  from: number
  to: number
  /** Cures of this story: products and the moment from which only `residual` of the harm is left. */
  cures: { id: string; products: Set<string>; from: number; residual: number }[]
}

/** How many of the largest cities the seed chooses from: smaller ones would have too few orders to show anything. */
const LARGE_CITIES = 12

export function plant(stories: readonly Story[], catalogue: Catalogue, calendar: Calendar, root: Random): Plant[] {
  const plants: Plant[] = []
  for (const story of stories) {
    if (story.kind === 'cured') continue
    const random = root.fork(`story ${story.id}`)
    const from = 'day' in story ? calendar.at(story.day) : calendar.at(story.fromDay) + story.fromHour * HOUR
    plants.push({
      story,
      products: affectedProducts(story, catalogue, random),
      cities: affectedCities(story, random),
      from,
      to: story.toDay === undefined ? calendar.end : calendar.at(story.toDay),
      cures: [],
    })
  }
  for (const story of stories) {
    if (story.kind !== 'cured') continue
    const ill = plants.find((each) => each.story.id === story.cures)
    if (!ill) throw new Error(`story ${story.id} cures ${story.cures}, which is not there`)
    const chosen = some([...ill.products], story.productsShare, root.fork(`story ${story.id}`))
    ill.cures.push({
      id: story.id,
      products: new Set(chosen),
      from: calendar.at(story.day),
      residual: story.residual,
    })
  }
  return plants
}

const some = <T>(list: readonly T[], share: number, random: Random): T[] =>
  random.shuffled(list).slice(0, Math.round(list.length * share))

function affectedProducts(story: Planted, catalogue: Catalogue, random: Random): Set<string> {
  const candidates = catalogue.merchants.filter((each) => !story.category || each.category === story.category)
  const merchants =
    typeof story.merchants === 'number'
      ? random.fork('merchants').shuffled(candidates).slice(0, story.merchants)
      : candidates.filter((each) => !story.merchants || (story.merchants as string[]).includes(each.id))
  const products = catalogue.items.filter((item) => merchants.includes(item.merchant)).map((item) => item.record.id)
  return new Set(story.productsShare === 1 ? products : some(products, story.productsShare, random.fork('products')))
}

function affectedCities(story: Planted, random: Random): Set<string> | null {
  if (story.cities === undefined) return null
  if (typeof story.cities !== 'number') return new Set(story.cities)
  const large = cities.slice(0, LARGE_CITIES).map((each) => each.name)
  return new Set(random.fork('cities').shuffled(large).slice(0, story.cities))
}

/** Is the order one of those that the story is about (whether or not it is hit)? */
export function concerns(each: Plant, plan: Plan): boolean {
  const { story } = each
  if (plan.orderedAt < each.from || plan.orderedAt >= each.to) return false
  if (!each.products.has(plan.item.record.id)) return false
  if (each.cities && !each.cities.has(plan.person.city.name)) return false
  return !('customers' in story) || story.customers === 'all' || (story.customers === 'new') === plan.first
}

const isHarm = (each: Plant): each is Plant<Harm> => 'effects' in each.story

/** The probability that an order which the story is about is hit: its share, less what a cure has taken away. */
function hitProbability(each: Plant<Harm>, plan: Plan): number {
  const cure = each.cures.find((one) => plan.orderedAt >= one.from && one.products.has(plan.item.record.id))
  return each.story.share * (cure ? cure.residual : 1)
}

/** What the stories do to one order. */
export function plantedTroubles(plants: readonly Plant[], plan: Plan, root: Random): Trouble[] {
  const troubles: Trouble[] = []
  for (const each of plants) {
    if (!isHarm(each) || !concerns(each, plan)) continue
    const random = root.fork(`hit ${each.story.id} ${plan.index}`)
    if (!random.chance(hitProbability(each, plan))) continue
    troubles.push(troubleOf(each.story, random))
  }
  return troubles
}

function troubleOf(story: Harm, random: Random): Trouble {
  const trouble: Trouble = {
    story: story.id,
    aspect: story.aspect,
    scene: story.scene,
    effects: story.effects,
    spoken: random.chance(story.mention),
    phrases: story.phrases,
  }
  if (story.kind === 'late_delivery') trouble.deliveryDelayDays = random.int(...story.delayDays)
  if (story.kind === 'late_installation') trouble.installDelayDays = random.int(...story.delayDays)
  if (story.kind === 'slow_merchant') trouble.answerMinutes = random.between(...story.answerMinutes)
  return trouble
}

/** Minutes that a slow merchant lets this customer wait, or null where no story says so. */
export function slowAnswer(plants: readonly Plant[], plan: Plan, root: Random): number | null {
  for (const each of plants)
    if (each.story.kind === 'slow_merchant' && concerns(each, plan))
      return root.fork(`slow ${each.story.id} ${plan.index}`).between(...each.story.answerMinutes)
  return null
}
