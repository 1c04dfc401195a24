import { type CategoryName, type CategorySpec, categories } from '../../src/demo/categories.ts'
import { type Random, seeded } from '../../src/demo/random.ts'
import { readStories, type StoryInput } from '../../src/demo/stories.ts'
import type { Drawn } from './draw.ts'

/** Defects of other shapes than `draw.ts` has: narrower ones, and such as go with one outcome alone. */
const shapes = {
  'one shop': { merchants: 1 },
  'few products': { productsShare: 0.3 },
  'known customers': { customers: 'known' },
  'the second half': { fromDay: 69 },
  'ratings only': {},
  'nps only': {},
  'returns only': {},
} as const satisfies Record<string, object>
type Shape = keyof typeof shapes

const aspects: Record<CategoryName, readonly (readonly [string, string | null])[]> = {
  取暖器: [
    ['quality', null],
    ['appearance', null],
    ['heating', null],
    ['noise', 'living_room'],
  ],
  热水器: [
    ['heating', 'bath'],
    ['leak', null],
    ['price', null],
    ['temperature', 'bath'],
  ],
  智能马桶: [
    ['seat', 'winter_use'],
    ['flush', null],
    ['leak', null],
  ],
  手机: [
    ['camera', 'night'],
    ['screen', null],
    ['signal', null],
    ['lag', null],
  ],
  水果: [
    ['taste', null],
    ['size', null],
    ['freshness', 'unboxing'],
    ['weight', null],
  ],
  酒店: [
    ['breakfast', 'breakfast'],
    ['facilities', null],
    ['cleanliness', null],
    ['parking', null],
  ],
}

/** The world of a number: two categories with a defect each. */
export function drawShapes(number: number): Drawn {
  const random = seeded(number).fork('other stories')
  const chosen = random.shuffled(categories).slice(0, 2)
  const read = readStories({ stories: chosen.map((category, at) => drawDefect(category, `story-${at}`, random)) })
  if (!read.ok) throw new Error(`${read.problem.where}: ${read.problem.message}`)
  return { only: chosen.map(({ name }) => name), stories: read.value }
}

function drawDefect(category: CategorySpec, id: string, random: Random): StoryInput {
  const shape = random.pick(Object.keys(shapes) as Shape[])
  const [aspect, scene] = random.pick(aspects[category.name])
  const rating = random.between(-2, -1)
  const [mention, complainProb, said] = [random.between(0.6, 0.85), random.between(0.25, 0.5), random.between(100, 220)]
  const telling = { 'ratings only': 0.22, 'nps only': 0.09 } as Partial<Record<Shape, number>>
  const heard = mention * 0.8 * (telling[shape] ?? 0.72 * (complainProb + 0.22))
  const orders = 30_800 * category.share * (42 / 90) * openTo(shape, category)
  const without = (...others: Shape[]) => others.includes(shape)
  const effects = {
    complainProb,
    rating: without('nps only', 'returns only') ? 0 : rating,
    nps: without('ratings only', 'returns only') ? 0 : 1.9 * rating,
    returnProb: without('nps only', 'ratings only') ? 0 : random.between(0.25, 0.42),
  }
  const share = Math.min(0.6, said / (orders * heard))
  return { kind: 'defect', id, category: category.name, aspect, scene, share, mention, effects, ...shapes[shape] }
}

/** Which share of the category's orders it can hit. */
function openTo(shape: Shape, { brands }: CategorySpec): number {
  const shares: Partial<Record<Shape, number>> = {
    'one shop': 1 / brands.length,
    'few products': 0.3,
    'known customers': 0.58,
    'the second half': 0.5,
  }
  return shares[shape] ?? 1
}
