import { tenantId } from '../../src/core/tenant.ts'
import { simulateMarket } from '../../src/demo/market.ts'
import { type Driver, findDrivers } from '../../src/measure/drivers/find.ts'
import { openFixture } from '../../src/measure/fixture.ts'
import { wholeSlice } from '../../src/measure/slice.ts'
import { type Drawn, drawWorld } from './draw.ts'
import { judge, unaccounted } from './judge.ts'
import { keepMarket, openReader } from './market-store.ts'

export interface Told {
  world: number
  stories: { what: string; category: string; place: number | null; scene: boolean; spoken: number }[]
  findings: number
  candidates: number
  unaccounted: string[]
}

export const endDay = '2026-01-31'
export const asOf = Date.parse('2026-02-01T00:00:00+08:00')
/** The six weeks that the product compares. */
export const period = ['2025-12-21', endDay] as const

/** Makes the world of each number, reads what its customers say, compares, and holds the findings against what was planted. */
export async function tellWorlds(
  numbers: readonly number[],
  each: (told: Told) => void,
  draw: (number: number) => Drawn = drawWorld,
): Promise<void> {
  const { reader, names } = openReader()
  const { analytics, close } = await openFixture()
  for (const world of numbers) {
    const { only, stories } = draw(world)
    const market = simulateMarket({ seed: world, endDay, stories, only })
    const tenant = tenantId.parse(`world-${world}`)
    const products = await keepMarket(analytics, reader, tenant, market)
    const asking = { names, asOf, returnWindowDays: 7, products }
    const found = await findDrivers(analytics, { slice: wholeSlice(tenant, ...period), ...asking })
    const truths = market.truth.stories
    each({
      world,
      stories: judge(truths, found.drivers).map(({ story, place, scene }) => ({
        what: [story.kind, story.aspect, story.scene].filter(Boolean).join(' '),
        category: story.category ?? '',
        place,
        scene,
        spoken: story.spoken,
      })),
      findings: found.drivers.length,
      candidates: found.candidates,
      unaccounted: unaccounted(found.drivers, truths, names.aspects).map(labelOf),
    })
  }
  await close()
}

const labelOf = ({ category, outcome, factor, aspect, scene, value = '', effect, q }: Driver): string =>
  `${category} ${outcome} ${[factor, aspect, scene, value].filter(Boolean).join('/')} ${effect.value.toFixed(2)} q=${q.toExponential(0)}`
