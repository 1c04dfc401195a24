import type { Estimate } from '../../core/estimate.ts'
import type { Words } from '../../core/words.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { Asking } from '../indicators/define.ts'
import type { Slice } from '../slice.ts'
import { type Candidate, candidateId } from './candidate.ts'
import * as cases from './cases.ts'
import { type Compared, compareAll, compareStrata, isHarm, level } from './compare.ts'
import { moneyAtStake } from './money.ts'
import { outcomes } from './outcomes.ts'
import { withoutCompanions } from './overlap.ts'
import type { ProductFacts } from './products.ts'
import { findQuotes, type Quote } from './quotes.ts'
import { rank } from './rank.ts'
import { aspectsOfReturns } from './return-talk.ts'
import { type Names, sentenceOf } from './sentences.ts'
import { type Interval, interval } from './strata.ts'
import { supersede } from './supersede.ts'
import { type CaseTables, current, previous, tabulate } from './table.ts'
import { findFacts, findTrait } from './traits.ts'
import { type CityRow, citiesOf, operationsByCity } from './where.ts'

/** What moves an outcome: something customers complain of, or a fact of the operation, with its size, sureness and evidence. */
export interface Driver extends Candidate {
  id: string
  effect: Interval
  unit: 'share' | 'points' | 'score'
  exposed: Estimate
  control: Estimate
  volume: number
  previousVolume: number
  previousEffect: Interval | null
  q: number
  money: (Interval & { currency: string }) | null
  sentence: Words
  quotes: Quote[]
  counterQuotes: Quote[]
}

export interface DriverQuestion extends Asking {
  slice: Slice
  names: Names
  /** What the catalogue knows, for what is the same in all orders of a product. */
  products?: ReadonlyMap<string, ProductFacts>
}

export interface Drivers {
  /** Those that are more than chance and for the worse, the first to act on first. */
  drivers: Driver[]
  /** How many candidates were compared: the q of every driver is adjusted for all of them. */
  candidates: number
  period: { from: string; to: string }
}

/** Below this many exposed cases the period before has no effect of its own. */
const MIN_PREVIOUS = 10

/**
 * Which complaints (aspect, or aspect in a usage scene) and which facts of the operation go with which outcomes, within comparable
 * cases: the same product in the same half of the period. See docs of `mantelHaenszel` and `stratifiedMean` for the figures.
 */
export async function findDrivers(analytics: Analytics, question: DriverQuestion): Promise<Drivers> {
  const { slice, names } = question
  const asked: cases.CaseQuestion = { ...question, stratum: 'product', returnAspects: aspectsOfReturns(names) }
  const [tables, complaints, facts, cities, ...overlaps] = await Promise.all([
    askTables(analytics, asked),
    cases.complaintVolumes(analytics, asked),
    cases.operationVolumes(analytics, asked),
    operationsByCity(analytics, asked),
    cases.overlappingVoices(analytics, asked),
    cases.overlappingOrders(analytics, asked),
  ])
  const compared = compareAll(
    outcomes.flatMap((outcome) =>
      tabulate(tables, outcome, current, question.products).map((tabled) => ({ outcome, tabled })),
    ),
  )
  const kept = rank(supersede(withoutCompanions(compared.filter(isHarm), overlaps.flat())))
  const before = beforeIndex(tables, kept, question.products)
  const volumes = volumeIndex([...complaints, ...facts])
  const evidence = await findQuotes(
    analytics,
    question,
    kept.map(({ outcome, tabled }) => ({ outcome, candidate: tabled.candidate })),
  )
  const drivers = kept.map(
    (one, place): Driver => ({
      ...describe(one, tables, names, cities),
      previousEffect: before(one).effect,
      ...volumesOf(one, volumes, before(one).n),
      ...evidence[place]!,
    }),
  )
  return { drivers, candidates: compared.length, period: { from: slice.from, to: slice.to } }
}

/** All case tables for one way of making cases comparable. */
export async function askTables(analytics: Analytics, asked: cases.CaseQuestion): Promise<CaseTables> {
  const facts = await findFacts(analytics, asked.slice)
  const [exposedVoices, ratedVoices, ratedOrders, exposedOrders, closedOrders, ratedTraits, closedTraits] =
    await Promise.all([
      cases.exposedVoices(analytics, asked),
      cases.ratedVoices(analytics, asked),
      cases.ratedOrders(analytics, asked),
      cases.exposedOrders(analytics, asked),
      cases.closedOrders(analytics, asked),
      cases.ratedTraits(analytics, { ...asked, facts }),
      cases.closedTraits(analytics, { ...asked, facts }),
    ])
  return { exposedVoices, ratedVoices, ratedOrders, exposedOrders, closedOrders, ratedTraits, closedTraits }
}

function describe(
  { outcome, tabled, comparison, q }: Compared,
  tables: CaseTables,
  names: Names,
  cities: readonly CityRow[],
) {
  const { candidate } = tabled
  return {
    ...candidate,
    id: candidateId(candidate),
    effect: interval(comparison),
    unit: outcome.unit,
    exposed: level(outcome, tabled.all.exposed),
    control: level(outcome, tabled.all.control),
    q,
    money: outcome.id === 'return' ? moneyAtStake(comparison, tabled.money, tables.closedOrders) : null,
    sentence: sentenceOf(candidate, outcome, comparison.value, names, citiesOf(candidate, cities)),
  }
}

/** The same comparison in the period before, and how many cases it had. */
function beforeIndex(tables: CaseTables, kept: readonly Compared[], products: DriverQuestion['products']) {
  const known = new Map<string, { effect: Interval | null; n: number }>()
  for (const outcome of new Set(kept.map((one) => one.outcome))) {
    for (const tabled of tabulate(tables, outcome, previous, products)) {
      const enough = tabled.all.exposed.n >= MIN_PREVIOUS
      const comparison = enough ? compareStrata(outcome, tabled.strata) : null
      known.set(candidateId(tabled.candidate), {
        effect: comparison && comparison.exposed.n >= MIN_PREVIOUS ? interval(comparison) : null,
        n: tabled.all.exposed.n,
      })
    }
  }
  return ({ tabled }: Compared) => known.get(candidateId(tabled.candidate)) ?? { effect: null, n: 0 }
}

function volumeIndex(rows: readonly cases.VolumeRow[]) {
  return ({ category, factor, aspect, scene }: Candidate) => {
    const everywhere = factor !== 'aspect' && category === ''
    const mine = rows.filter(
      (row) =>
        row.factor === factor &&
        row.aspect === aspect &&
        row.scene === scene &&
        (everywhere || row.category === category),
    )
    const sum = (now: 0 | 1) => mine.filter((row) => row.current === now).reduce((total, row) => total + row.n, 0)
    return { volume: sum(1), previousVolume: sum(0) }
  }
}

/** Traits are counted by their cases, all else by the voices or orders that carry it. */
function volumesOf(one: Compared, counted: ReturnType<typeof volumeIndex>, before: number) {
  const { candidate, all } = one.tabled
  return findTrait(candidate.factor) ? { volume: all.exposed.n, previousVolume: before } : counted(candidate)
}
