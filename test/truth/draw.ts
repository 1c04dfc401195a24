import { type CategoryName, categories } from '../../src/demo/categories.ts'
import { type Random, seeded } from '../../src/demo/random.ts'
import { readStories, type Story, type StoryInput } from '../../src/demo/stories.ts'

/**
 * Stories by chance, within the range in which they should be found. `said` is how many cases of six weeks are expected to carry the
 * complaint (or, for lateness, how many rated orders are late): what a comparison can stand on.
 */
export const range = {
  said: [80, 220],
  rated: [60, 200],
  returnProb: [0.25, 0.42],
  rating: [-2, -1],
} as const

export interface Drawn {
  only: CategoryName[]
  stories: Story[]
}

const WEEKS_SHARE = 42 / 90
const ORDERS = 30_800
/** Share of the orders that are a customer's first, and share of the orders whose window has closed at the end of six weeks. */
const NEW = 0.42
const CLOSED = 0.72

/** Aspects that the grammar has words for and the packs a name, with the scenes in which it can say them. */
const aspects: Record<CategoryName, readonly (readonly [string, string | null])[]> = {
  取暖器: [
    ['noise', 'sleep'],
    ['noise', 'office'],
    ['heating', null],
    ['power_use', null],
    ['smell', 'first_use'],
  ],
  热水器: [
    ['temperature', 'bath'],
    ['leak', null],
    ['noise', 'bath'],
  ],
  智能马桶: [
    ['flush', null],
    ['leak', null],
  ],
  手机: [
    ['battery', 'commute'],
    ['heat', 'gaming'],
    ['lag', null],
    ['signal', null],
    ['screen', null],
  ],
  水果: [
    ['freshness', 'unboxing'],
    ['taste', null],
  ],
  酒店: [
    ['noise', 'sleep'],
    ['cleanliness', null],
    ['facilities', null],
    ['front_desk', 'check_in'],
  ],
}

/** The world of a number: two categories with a story each. */
export function drawWorld(number: number): Drawn {
  const random = seeded(number).fork('drawn stories')
  const [one, other] = random.shuffled(categories)
  const chosen = [one!, other!]
  const inputs = chosen.map((category, at) => drawStory(category.name, `story-${at}`, random.fork(`story ${at}`)))
  const read = readStories({ stories: inputs })
  if (!read.ok) throw new Error(`${read.problem.where}: ${read.problem.message}`)
  return { only: chosen.map(({ name }) => name), stories: read.value }
}

function drawStory(category: CategoryName, id: string, random: Random): StoryInput {
  const { ships, installs, share } = categories.find(({ name }) => name === category)!
  const kinds = ['defect', 'defect', 'defect', 'slow_merchant']
  if (ships) kinds.push('packaging_damage', 'late_delivery')
  if (installs) kinds.push('late_installation')
  if (category === '智能马桶') kinds.push('page_guidance_missed', 'page_guidance_missed')
  const orders = ORDERS * share * WEEKS_SHARE
  const rating = random.between(...range.rating)
  const effects = { rating, nps: 1.9 * rating }
  const kind = random.pick(kinds)
  switch (kind) {
    case 'late_delivery':
    case 'late_installation': {
      const rated = random.between(...range.rated)
      // A city among the twelve largest has one in twenty of the orders, and a third of those hit say how it was.
      const cities = Math.min(10, Math.max(1, Math.round(rated / (0.33 * 0.8 * orders * 0.046))))
      return { kind, id, category, cities, share: 0.8, mention: random.between(0.5, 0.8), effects }
    }
    case 'slow_merchant': {
      const rated = random.between(...range.rated)
      const hit = Math.min(0.6, rated / (0.33 * orders * 0.42))
      return { kind, id, category, merchants: 1, share: hit, mention: random.between(0.6, 0.85), effects }
    }
    default:
      return complained(kind as 'defect' | 'packaging_damage' | 'page_guidance_missed')
  }

  function complained(kind: 'defect' | 'packaging_damage' | 'page_guidance_missed'): StoryInput {
    const mention = random.between(0.6, 0.85)
    const complainProb = random.between(0.25, 0.5)
    const said = random.between(...range.said)
    const open = kind === 'page_guidance_missed' ? NEW : 1
    const hit = said / (orders * open * CLOSED * mention * 0.8 * (complainProb + 0.22))
    const harm = { ...effects, returnProb: random.between(...range.returnProb), complainProb }
    const about = { id, category, share: Math.min(0.6, hit), mention, effects: harm }
    if (kind !== 'defect') return { kind, ...about }
    const [aspect, scene] = random.pick(aspects[category])
    return { kind, ...about, aspect, scene }
  }
}
