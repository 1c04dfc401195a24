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
import { findQuotes, type Quote } from './quotes.ts'
import { rank } from './rank.ts'
import { aspectsOfReturns } from './return-talk.ts'
import { type Names, sentenceOf } from './sentences.ts'
import { comparable, type Interval, interval } from './strata.ts'
import { supersede } from './supersede.ts'
import { type CaseTables, current, previous, tabulate } from './table.ts'
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
  const [tables, complaints, facts, cities] = await Promise.all([
    askTables(analytics, asked),
    cases.complaintVolumes(analytics, asked),
    cases.operationVolumes(analytics, asked),
    operationsByCity(analytics, asked),
  ])
  const compared = compareAll(
    outcomes.flatMap((outcome) => tabulate(tables, outcome, current).map((tabled) => ({ outcome, tabled }))),
  )
  const kept = rank(supersede(compared.filter(isHarm)))
  const before = beforeIndex(tables)
  const volumes = volumeIndex([...complaints, ...facts])
  const evidence = await findQuotes(
    analytics,
    question,
    kept.map(({ outcome, tabled }) => ({ outcome, candidate: tabled.candidate })),
  )
  const drivers = kept.map(
    (one, place): Driver => ({
      ...describe(one, tables, names, cities),
      ...before(one),
      ...volumes(one.tabled.candidate),
      ...evidence[place]!,
    }),
  )
  return { drivers, candidates: compared.length, period: { from: slice.from, to: slice.to } }
}

/** All case tables for one way of making cases comparable. */
export async function askTables(analytics: Analytics, asked: cases.CaseQuestion): Promise<CaseTables> {
  const [exposedVoices, ratedVoices, ratedOrders, exposedOrders, closedOrders] = await Promise.all([
    cases.exposedVoices(analytics, asked),
    cases.ratedVoices(analytics, asked),
    cases.ratedOrders(analytics, asked),
    cases.exposedOrders(analytics, asked),
    cases.closedOrders(analytics, asked),
  ])
  return { exposedVoices, ratedVoices, ratedOrders, exposedOrders, closedOrders }
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
    money: outcome.cases === 'orders' ? moneyAtStake(comparison, tabled.money, tables.closedOrders) : null,
    sentence: sentenceOf(candidate, outcome, comparison.value, names, citiesOf(candidate, cities)),
  }
}

/** The same comparison in the period before. */
function beforeIndex(tables: CaseTables) {
  const effects = new Map<string, Interval>()
  for (const outcome of outcomes) {
    for (const { candidate, strata } of tabulate(tables, outcome, previous)) {
      const exposed = comparable(strata).reduce((sum, stratum) => sum + stratum.exposed.n, 0)
      const comparison = exposed >= MIN_PREVIOUS ? compareStrata(outcome, strata) : null
      if (comparison) effects.set(candidateId(candidate), interval(comparison))
    }
  }
  return ({ tabled }: Compared) => ({ previousEffect: effects.get(candidateId(tabled.candidate)) ?? null })
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
