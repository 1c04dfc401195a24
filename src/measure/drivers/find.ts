import { type Estimate, FEW } from '../../core/estimate.ts'
import type { Words } from '../../core/words.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { Asking } from '../indicators/define.ts'
import type { Slice } from '../slice.ts'
import { type Candidate, candidateId, candidateName } from './candidate.ts'
import type { CaseRow } from './case-row.ts'
import * as cases from './cases.ts'
import { type CaseQuestion, caseQuestion, operationTraits } from './cases.ts'
import { mayBeCompanions, withoutCompanions } from './companions.ts'
import { type Compared, compareAll, compareStrata, isHarm, level } from './compare.ts'
import { moneyAtStake } from './money.ts'
import { pointsAtStake } from './nps.ts'
import { findOperation } from './operations.ts'
import { outcomes } from './outcomes.ts'
import { overlappingOrders, overlappingVoices } from './overlaps.ts'
import { isOfProducts, type ProductFacts } from './products.ts'
import { findQuotes, type Quote } from './quotes.ts'
import { rank } from './rank.ts'
import { type Names, sentenceOf } from './sentences.ts'
import { type Interval, interval } from './strata.ts'
import { supersede } from './supersede.ts'
import { type CaseTables, current, previous, tablesOf, tabulate } from './table.ts'
import { findFacts, orderTraits } from './traits.ts'
import { complaintVolumes, operationVolumes, type VolumeRow } from './volumes.ts'
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
  /** Points of the NPS of all answers that go with it; null where fewer than 30 answers have it. */
  nps: Interval | null
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
  const { asked, tables, compared, harms } = await compareOutcomes(analytics, question)
  return {
    drivers: await describeAll(analytics, rank(supersede(harms, question.names)), { compared, tables }, asked),
    candidates: compared.length,
    period: { from: question.slice.from, to: question.slice.to },
  }
}

/** What was asked and compared, whatever the outcome. */
export interface ComparedOutcomes {
  asked: DriverQuestion & CaseQuestion
  tables: CaseTables
  /** Every candidate of every outcome. */
  compared: Compared[]
  /** Those that are more than chance, for the worse and not through another complaint. */
  harms: Compared[]
}

export async function compareOutcomes(analytics: Analytics, question: DriverQuestion): Promise<ComparedOutcomes> {
  const asked = caseQuestion(question, 'product')
  const tables = await askTables(analytics, asked)
  const compared = compareAll(tabulate(tables, outcomes, current, { products: asked.products, least: FEW }))
  const harms = compared.filter(isHarm)
  const [ofOrders, ofVoices] = [true, false].map((orders) =>
    mayBeCompanions(harms.filter(({ outcome }) => (outcome.cases === 'orders') === orders)),
  )
  const overlaps = await Promise.all([
    ofVoices ? overlappingVoices(analytics, asked) : [],
    ofOrders ? overlappingOrders(analytics, asked) : [],
  ])
  return { asked, tables, compared, harms: withoutCompanions(harms, overlaps.flat()) }
}

/** All case tables for one way of making cases comparable. */
export async function askTables(analytics: Analytics, asked: CaseQuestion): Promise<CaseTables> {
  const traits = [
    ...operationTraits(asked),
    ...orderTraits(await findFacts(analytics, asked.slice), asked.slice.tenant),
  ]
  const [exposedVoices, ratedVoices, rated, exposedOrders, closed] = await Promise.all([
    cases.exposedVoices(analytics, asked),
    cases.ratedVoices(analytics, asked),
    cases.ratedOrders(analytics, { ...asked, traits }),
    cases.exposedOrders(analytics, asked),
    cases.closedOrders(analytics, { ...asked, traits }),
  ])
  const [ratedOrders, ratedTraits] = apart(rated)
  const [closedOrders, closedTraits] = apart(closed)
  return { exposedVoices, ratedVoices, ratedOrders, ratedTraits, exposedOrders, closedOrders, closedTraits }
}

/** The rows of all cases, and those by trait. */
export function apart(rows: readonly CaseRow[]): [CaseRow[], CaseRow[]] {
  return [rows.filter(({ trait }) => trait === ''), rows.filter(({ trait }) => trait !== '')]
}

async function describeAll(
  analytics: Analytics,
  kept: readonly Compared[],
  { compared, tables }: { compared: readonly Compared[]; tables: CaseTables },
  asked: DriverQuestion & CaseQuestion,
): Promise<Driver[]> {
  if (kept.length === 0) return []
  const claims = kept.map(({ outcome, tabled }) => ({ outcome, candidate: tabled.candidate }))
  const [complaints, facts, cities, evidence] = await Promise.all([
    complaintVolumes(analytics, asked),
    operationVolumes(analytics, asked),
    operationsByCity(analytics, asked),
    findQuotes(analytics, asked, claims),
  ])
  const before = beforeIndex(tables, kept, asked.products)
  const volumes = volumeIndex([...complaints, ...facts])
  return kept.map((one, place) => ({
    ...describe(one, tables, asked.names, cities),
    nps: pointsAtStake(one.tabled.candidate, { compared, tables }),
    previousEffect: before(one).effect,
    ...volumesOf(one, volumes, before(one).n),
    ...evidence[place]!,
  }))
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
  const candidates = kept.map(({ tabled }) => tabled.candidate)
  const wanted = new Set(candidates.map(candidateName))
  const ofProducts = candidates.some(({ factor }) => isOfProducts(factor))
  const known = new Map<string, { effect: Interval | null; n: number }>()
  const before = tabulate(
    tablesOf(tables, candidates),
    outcomes.filter(({ id }) => candidates.some(({ outcome }) => outcome === id)),
    previous,
    { products: ofProducts ? products : undefined, least: 1 },
  )
  for (const { outcome, tabled } of before) {
    const name = candidateName(tabled.candidate)
    if (!wanted.has(name)) continue
    const enough = tabled.all.exposed.n >= MIN_PREVIOUS
    const comparison = enough ? compareStrata(outcome, tabled.strata) : null
    known.set(name, {
      effect: comparison && comparison.exposed.n >= MIN_PREVIOUS ? interval(comparison) : null,
      n: tabled.all.exposed.n,
    })
  }
  return ({ tabled }: Compared) => known.get(candidateName(tabled.candidate)) ?? { effect: null, n: 0 }
}

function volumeIndex(rows: readonly VolumeRow[]) {
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

/** Complaints of an aspect and facts of the operation are counted by the voices or orders that carry them, all else by its cases. */
function volumesOf(one: Compared, counted: ReturnType<typeof volumeIndex>, before: number) {
  const { candidate, all } = one.tabled
  const { factor, value } = candidate
  const byCase = factor === 'aspect' ? value !== undefined : findOperation(factor) === undefined
  return byCase ? { volume: all.exposed.n, previousVolume: before } : counted(candidate)
}
