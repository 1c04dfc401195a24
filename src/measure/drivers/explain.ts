import type { Estimate } from '../../core/estimate.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Candidate, candidateName } from './candidate.ts'
import * as cases from './cases.ts'
import { type CaseQuestion, caseQuestion, operationTraits } from './cases.ts'
import { compareOne, compareStrata, level } from './compare.ts'
import { aboutOf, stateOf } from './factor.ts'
import { apart, type DriverQuestion } from './find.ts'
import { type Heat, heatOf } from './heat.ts'
import { findOperation } from './operations.ts'
import { findOutcome, type Outcome } from './outcomes.ts'
import { type Places, placesOf } from './places.ts'
import type { Quote } from './quotes.ts'
import { touchpointsOf } from './sentences.ts'
import { addMoments, type Comparison, type Interval, interval, noCases, type Stratum } from './strata.ts'
import { isNarrow } from './supersede.ts'
import { type CaseTables, current, noTables, type Parts, previous, tablesOf, tabulate } from './table.ts'
import type { Tabled } from './tabled.ts'
import { findFacts, findTrait, orderTraits } from './traits.ts'
import { quotesWithout } from './without.ts'

interface DriverCheck {
  id: string
  zh: string
  en: string
  effect: Interval | null
  exposed: number
  control: number
  /** True for the one that should lie near zero. */
  placebo: boolean
}

interface DriverWeek {
  /** The week's Monday. */
  day: string
  volume: number
  exposed: Estimate
  control: Estimate
}

export interface Explanation extends Places {
  checks: DriverCheck[]
  heat: Heat
  /** Over the period and the one before it. */
  weekly: DriverWeek[]
  /** Words of those who had the outcome without it. */
  withoutQuotes: Quote[]
}

export interface ExplainQuestion extends DriverQuestion {
  candidate: Candidate
  titleOf(productId: string): string
}

/** What a person needs to believe a driver: the same comparison by other ways, where it is worst, and how it went week by week. */
export async function explainDriver(analytics: Analytics, question: ExplainQuestion): Promise<Explanation | null> {
  const { candidate } = question
  const outcome = findOutcome(candidate.outcome)
  if (!outcome) return null
  const slice: Slice =
    candidate.category === '' ? question.slice : { ...question.slice, category: [candidate.category] }
  const ask = (stratum: cases.StratumBy) => askFor(analytics, outcome, caseQuestion({ ...question, slice }, stratum))
  const [product, category, weekCity, week, volumes, places, withoutQuotes] = await Promise.all([
    ask('product'),
    ask('category'),
    ask('week_city'),
    ask('week'),
    weeklyVolumes(analytics, slice, question),
    placesOf(analytics, slice, candidate, question),
    quotesWithout(analytics, question, candidate, outcome),
  ])
  const find = (tables: CaseTables, parts: Parts = current) => tabledOf(tables, outcome, question, parts)
  return {
    checks: checksOf(outcome, candidate, { main: find(product), category: find(category), weekCity: find(weekCity) }),
    heat: heatOf(product, outcome, candidate, question.titleOf),
    weekly: weeklyOf(outcome, [...(find(week, previous)?.strata ?? []), ...(find(week)?.strata ?? [])], volumes),
    withoutQuotes,
    ...places,
  }
}

type Found = ReturnType<typeof tabledOf>

/** The same comparison by other ways, and of a narrow finding outside what makes it narrow: there it should be near nought. */
function checksOf(
  outcome: Outcome,
  candidate: Candidate,
  { main, category, weekCity }: { main: Found; category: Found; weekCity: Found },
): DriverCheck[] {
  const checks = [
    check('same_product', '同一款商品、同一时段里比', 'Same product, same half of the period', outcome, main?.strata),
    check('whole_category', '整个类目里比', 'Whole category', outcome, category?.strata),
    check('week_city', '同一周、同一城市里比', 'Same week, same city', outcome, weekCity?.strata),
  ]
  if (main?.clusters && findTrait(candidate.factor)) {
    const across = { id: 'across_products', zh: '和同类其他商品比', en: 'Against other products of the kind' }
    checks.push(checkOf(across, compareOne(outcome, main)))
  }
  if (!isNarrow(candidate)) return checks
  const outside = compareStrata(outcome, main?.outside ?? [])
  return [...checks, { ...checkOf(candidate.scene === '' ? knownCustomers : outsideScene, outside), placebo: true }]
}

const outsideScene = {
  id: 'outside_scene',
  zh: '同一方面，换到别的场景（应接近 0）',
  en: 'Same aspect outside the scene (should be near 0)',
}
const knownCustomers = {
  id: 'known_customers',
  zh: '同一方面，老顾客（应更小）',
  en: 'Same aspect, known customers (should be smaller)',
}

/** Only the tables that an outcome needs, and only the traits that the candidate is of. */
async function askFor(
  analytics: Analytics,
  outcome: Outcome,
  asked: CaseQuestion & { candidate: Candidate },
): Promise<CaseTables> {
  const traits = await traitsFor(analytics, asked)
  if (outcome.cases === 'orders') {
    const [exposedOrders, closed] = await Promise.all([
      cases.exposedOrders(analytics, asked),
      cases.closedOrders(analytics, { ...asked, traits }),
    ])
    const [closedOrders, closedTraits] = apart(closed)
    return { ...noTables, exposedOrders, closedOrders, closedTraits }
  }
  const [exposedVoices, ratedVoices, rated] = await Promise.all([
    cases.exposedVoices(analytics, asked),
    cases.ratedVoices(analytics, asked),
    cases.ratedOrders(analytics, { ...asked, traits }),
  ])
  const [ratedOrders, ratedTraits] = apart(rated)
  return { ...noTables, exposedVoices, ratedVoices, ratedOrders, ratedTraits }
}

async function traitsFor(
  analytics: Analytics,
  asked: CaseQuestion & { candidate: Candidate },
): Promise<cases.AskedTrait[]> {
  const { factor, value } = asked.candidate
  if (findOperation(factor)) return operationTraits(asked).filter(({ trait }) => trait === factor)
  if (factor === 'aspect' && value === 'new') return orderTraits([], asked.slice.tenant)
  return findTrait(factor) ? orderTraits(await findFacts(analytics, asked.slice), asked.slice.tenant) : []
}

function tabledOf(
  tables: CaseTables,
  outcome: Outcome,
  { candidate, products }: ExplainQuestion,
  parts: Parts,
): Tabled | undefined {
  const name = candidateName(candidate)
  const asked = tabulate(tablesOf(tables, [candidate]), [outcome], parts, { products, least: 1 })
  return asked.find(({ tabled }) => candidateName(tabled.candidate) === name)?.tabled
}

function check(id: string, zh: string, en: string, outcome: Outcome, strata: readonly Stratum[] = []): DriverCheck {
  return checkOf({ id, zh, en }, compareStrata(outcome, strata))
}

function checkOf(named: { id: string; zh: string; en: string }, comparison: Comparison | null): DriverCheck {
  return {
    ...named,
    effect: comparison && interval(comparison),
    exposed: comparison?.exposed.n ?? 0,
    control: comparison?.control.n ?? 0,
    placebo: false,
  }
}

interface WeekVolume {
  week: string
  n: number
}

function weeklyVolumes(
  analytics: Analytics,
  slice: Slice,
  { candidate, ...asking }: ExplainQuestion,
): Promise<WeekVolume[]> {
  const both = { ...slice, from: previousSlice(slice).from }
  const state = stateOf(candidate, asking, slice.tenant, asking.products)
  if (state) {
    return analytics.query(sql`
      SELECT toString(toMonday(ordered_day)) AS week, uniqExact(order_id) AS n FROM orders FINAL
      WHERE ${within(both, 'orders')} AND ${state} = 2 GROUP BY week`)
  }
  return analytics.query(sql`
    SELECT toString(toMonday(day)) AS week, uniqExact(voice_id) AS n FROM mentions
    WHERE ${within(both, 'mentions')} AND polarity = 'negative' AND ${aboutOf(candidate, slice.tenant, touchpointsOf(asking.names))} GROUP BY week`)
}

/** A week can lie in two halves of a period: its parts are added. */
function weeklyOf(outcome: Outcome, strata: Tabled['strata'], volumes: readonly WeekVolume[]): DriverWeek[] {
  const days = [...new Set([...strata.map(({ name }) => name), ...volumes.map(({ week }) => week)])].sort()
  return days.map((day) => {
    const mine = strata.filter(({ name }) => name === day)
    return {
      day,
      volume: volumes.find(({ week }) => week === day)?.n ?? 0,
      exposed: level(outcome, mine.map(({ exposed }) => exposed).reduce(addMoments, noCases)),
      control: level(outcome, mine.map(({ control }) => control).reduce(addMoments, noCases)),
    }
  })
}
