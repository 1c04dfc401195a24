import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Effect } from '../../src/app/effects.ts'
import type { Finding } from '../../src/app/findings.ts'
import type { TenantId } from '../../src/core/tenant.ts'
import { type Market, simulateMarket } from '../../src/demo/market.ts'
import { readStories, type Story } from '../../src/demo/stories.ts'
import type { StoryTruth } from '../../src/demo/truth.ts'
import { openWorlds, type Worlds, worldName } from './worlds.ts'

/**
 * What the product finds, held against what was planted. `DAYSTAR_TRUTH_SEEDS=100 npx vitest run test/truth` tries a hundred markets
 * instead of three and prints how often each thing was found.
 */
const endDay = '2026-01-31'
const tried = Number(process.env.DAYSTAR_TRUTH_SEEDS ?? 0)
const seeds = tried > 0 ? Array.from({ length: tried }, (_, place) => place + 1) : [7, 11, 23]
/** Of many markets, chance spoils a few. */
const nearlyAll = tried > 0 ? 0.9 : 1
const actor = 'test'

interface Told {
  seed: number
  noise: StoryTruth
  installs: StoryTruth
  /** The first of the findings that say what heaters are returned for. */
  firstReturn: Finding | undefined
  lateInstallation: Finding | undefined
  worstCities: string[]
  effect: Effect | undefined
}

let worlds: Worlds
const told: Told[] = []

beforeAll(async () => {
  worlds = await openWorlds([...seeds.map((seed) => `seed-${seed}`), 'nothing', 'toilets', 'others'])
  for (const seed of seeds) told.push(await tell(seed))
  if (tried > 0) for (const [what, holds] of Object.entries(claims)) console.log(`${what}: ${rate(holds)}`)
}, 3_600_000)
afterAll(() => worlds.close(), 60_000)

const isFirst = ({ noise, firstReturn }: Told) =>
  firstReturn?.factor === 'aspect' && firstReturn.aspect === noise.aspect && firstReturn.scene === noise.scene
const truth = ({ noise }: Told) => noise.cures[0]!.expectedReturnChange

const claims: Record<string, (one: Told) => boolean> = {
  'noise at night is the first thing that heaters are returned for': isFirst,
  'its interval lies above nought': (one) => isFirst(one) && one.firstReturn!.effect.low > 0,
  // Those who were hit and never said so are among the comparison, and those who give back speak more: near, not equal.
  'its size is between half and twice the true one': (one) => {
    const gap = one.noise.hit.returnRate! - one.noise.others.returnRate!
    return isFirst(one) && one.firstReturn!.effect.value > gap / 2 && one.firstReturn!.effect.value < gap * 2
  },
  'late fitting of water heaters goes with ratings or NPS': (one) => (one.lateInstallation?.effect.high ?? 1) < 0,
  'it is met most in the two planted cities': ({ installs, worstCities }) =>
    [...worstCities].sort().join() === installs.cities!.join(),
  'the quieter fan worked': ({ effect }) => effect?.proof.verdict === 'worked' && effect.proof.effect!.high < 0,
  'the interval of its effect covers the true one': (one) => {
    const found = one.effect?.proof.effect
    return found !== undefined && found !== null && found.low <= truth(one) && truth(one) <= found.high
  },
}

function rate(holds: (one: Told) => boolean): number {
  return told.filter(holds).length / told.length
}

async function tell(seed: number): Promise<Told> {
  const tenant = worldName(`seed-${seed}`)
  const market = simulateMarket({ seed, endDay })
  const [noise, installs] = market.truth.stories as [StoryTruth, StoryTruth]
  await worlds.settle(tenant, market)
  const findings = await findingsOf(tenant)
  const firstReturn = findings.find((one) => one.outcome === 'return' && one.category === noise.category)
  const lateInstallation = findings.find(
    (one) => one.factor === installs.kind && one.category === installs.category && /^(rating|nps)$/.test(one.outcome),
  )
  const worstCities = lateInstallation ? await citiesOf(tenant, lateInstallation.id) : []
  const effect = firstReturn && (await weigh(tenant, firstReturn.id, market))
  return { seed, noise, installs, firstReturn, lateInstallation, worstCities, effect }
}

const findingsOf = async (tenant: TenantId): Promise<Finding[]> => (await worlds.app.findings.list(tenant)).findings

async function citiesOf(tenant: TenantId, finding: string): Promise<string[]> {
  const detail = await worlds.app.findings.detail(tenant, finding)
  return detail!.places.slice(0, 2).map(({ city }) => city)
}

/** The change log's entry, put on record with the finding that it answers to. */
async function weigh(tenant: TenantId, finding: string, { interventions: [change] }: Market): Promise<Effect> {
  const { at, productIds, what } = change!
  const made = { what: what.zh, at, productIds, margin: 0.01 }
  await worlds.app.act.interveneOnFinding(tenant, finding, made, actor, Date.now())
  return (await worlds.app.effects.list(tenant, Date.now()))[0]!
}

function storiesOf(...names: string[]): Story[] {
  return names.flatMap((name) => {
    const file = path.join(import.meta.dirname, 'stories', `${name}.json`)
    const read = readStories(JSON.parse(readFileSync(file, 'utf8')))
    if (!read.ok) throw new Error(`${name}: ${read.problem.message}`)
    return read.value
  })
}

describe('the two stories of the demo market', () => {
  for (const [what, holds] of Object.entries(claims)) {
    // An interval of 95 % misses now and then, and three markets are few.
    const often = what.includes('covers') ? 2 / 3 : nearlyAll
    test(what, () => {
      const missed = told.filter((one) => !holds(one)).map(({ seed }) => seed)
      expect(rate(holds), `not with seeds ${missed.join(', ')}`).toBeGreaterThanOrEqual(often)
    })
  }
})

describe('a market in which nothing special happens', () => {
  test('sends no heaters back for noise at night', async () => {
    await worlds.settle(worldName('nothing'), simulateMarket({ seed: 7, endDay, stories: [] }))
    const findings = await findingsOf(worldName('nothing'))
    expect(
      findings.filter((one) => one.aspect === 'noise' && one.scene === 'sleep' && one.category === '取暖器'),
    ).toEqual([])
    expect(findings.filter((one) => one.outcome === 'return' && one.aspect === 'noise')).toEqual([])
  })
})

describe('stories that the product was not made for', () => {
  test('what first-time buyers miss on the page: the pit distance is the first thing toilets are returned for', async () => {
    const tenant = worldName('toilets')
    const whole = simulateMarket({ seed: 5, endDay, stories: storiesOf('pit'), scale: 2.5 })
    // A shop of toilets alone, since in the whole market too few first-time buyers speak of it to be sure.
    const orders = whole.orders.filter((order) => order.lines[0]!.category === '智能马桶')
    const voices = whole.voices.filter((voice) => voice.category === '智能马桶')
    await worlds.settle(tenant, { ...whole, orders, voices })
    const [first] = (await findingsOf(tenant)).filter((one) => one.outcome === 'return')
    expect(first).toMatchObject({ category: '智能马桶', factor: 'aspect', aspect: 'pit_distance' })
    expect(first!.effect.low).toBeGreaterThan(0.1)
  })

  describe('fruit that arrives crushed, and phones that come late to two cities', () => {
    let market: Market
    beforeAll(async () => {
      market = simulateMarket({ seed: 5, endDay, stories: storiesOf('crushed', 'late'), scale: 0.7 })
      await worlds.settle(worldName('others'), market)
    })

    test('packaging is the first thing that fruit is returned for', async () => {
      const findings = await findingsOf(worldName('others'))
      const first = findings.find((one) => one.outcome === 'return' && one.category === '水果')
      expect(first).toMatchObject({ factor: 'aspect', aspect: 'packaging' })
      expect(first!.effect.low).toBeGreaterThan(0.1)
    })

    test('late delivery goes with ratings, and is met most in the planted cities', async () => {
      const findings = await findingsOf(worldName('others'))
      const late = findings.find((one) => one.factor === 'late_delivery' && one.outcome === 'rating')
      expect(late!.effect.high).toBeLessThan(0)
      const cities = await citiesOf(worldName('others'), late!.id)
      expect(cities.sort()).toEqual(market.truth.stories[1]!.cities)
    })
  })
})
