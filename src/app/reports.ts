import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import type { CaseQuestion } from '../measure/drivers/cases.ts'
import { describedFactor } from '../measure/drivers/factor.ts'
import { type Driver, findDrivers } from '../measure/drivers/find.ts'
import { findOutcome } from '../measure/drivers/outcomes.ts'
import type { Quote } from '../measure/drivers/quotes.ts'
import { headlines } from '../measure/indicators/list.ts'
import { measureIndicator } from '../measure/indicators/measure.ts'
import { wholeSlice } from '../measure/slice.ts'
import type { Core } from './core.ts'
import { llmShare } from './llm/share.ts'
import { productFacts } from './product-facts.ts'
import { countCategories, countVoices, gatherApart, gatherAspects, QUOTES } from './report/gather.ts'
import type { Report, ReportComparison, ReportDriver } from './report/shape.ts'
import type { Period } from './tenancy.ts'

/** Drivers listed a category. */
const DRIVERS = 8

/** Gathers the findings of a period as data; src/app/report/ prints it. */
export function createReports(core: Core) {
  const { stores, tenancy, names, reader } = core
  const { analytics } = stores

  return async function report(tenant: TenantId, asked: Partial<Period>, now: number): Promise<Report> {
    const about = await tenancy.find(tenant)
    const extent = await tenancy.extent(tenant)
    const period = { ...(extent ?? (await tenancy.period(tenant, asked, now))), ...given(asked) }
    const slice = wholeSlice(tenant, period.from, period.to)
    const asking = { asOf: await tenancy.knownUntil(tenant, now), returnWindowDays: about.settings.returnWindowDays }
    const cases: CaseQuestion = { slice, ...asking, stratum: 'category', returnAspects: [], touchpoints: new Map() }
    const { products, merchant } = await productFacts(stores.db, tenant)
    const [found, counts, aspects, categories, apart, summaries, llm] = await Promise.all([
      findDrivers(analytics, { slice, names: { ...names.forMeasure, merchant }, products, ...asking }),
      countVoices(analytics, slice),
      gatherAspects(analytics, slice, names.aspect),
      countCategories(analytics, slice),
      gatherApart(analytics, cases),
      Promise.all(headlines.map((one) => measureIndicator(analytics, one, slice, asking))),
      llmShare(stores, tenant, period),
    ])
    const groups = groupByThing(found.drivers.filter((one) => one.factor !== 'undelivered'))
    return {
      tenant: { id: tenant, name: about.name, nameEn: about.nameEn, simulated: await tenancy.isSimulated(tenant) },
      period,
      madeAt: new Date(now).toISOString().slice(0, 16).replace('T', ' '),
      reader: { engine: reader.engine, note: null, llm: llm.went > 0 ? llm : null },
      counts,
      indicators: headlines
        .map(({ zh, en, unit }, at) => ({ name: { zh, en }, unit, estimate: summaries[at]!.estimate }))
        .filter((one) => one.estimate.n > 0),
      apart,
      drivers: printAll(groups.filter(isOverall)),
      categories: categories.map(({ category, voices, rated }) => ({
        category,
        name: names.category(category),
        voices,
        rated,
        drivers: printAll(
          groups.filter((group) => group[0].category === category && !isOverall(group)).slice(0, DRIVERS),
        ),
        aspects: aspects.get(category) ?? [],
      })),
      candidates: found.candidates,
      method: METHOD,
    }
  }

  function printAll(groups: readonly Group[]): ReportDriver[] {
    const quoted = new Set<string>()
    return groups.map((group) => asPrinted(group, quoted))
  }

  function asPrinted([driver, ...others]: Group, quoted: Set<string>): ReportDriver {
    const { category, aspect, volume } = driver
    const what = driver.factor === 'aspect' ? names.aspect(aspect) : describedFactor(driver.factor)!
    return {
      ...comparisonOf(driver),
      category,
      aspect,
      what: wordsOf(what),
      scene: driver.scene === '' ? { zh: '', en: '' } : wordsOf(names.scene(driver.scene)),
      volume,
      quotes: freshFirst(driver.quotes, quoted)
        .slice(0, QUOTES)
        .map(({ voiceId, text, start, end }) => ({ voiceId, text, start, end })),
      also: others
        .filter((other, at) => ![driver, ...others.slice(0, at)].some((one) => saysTheSame(one, other)))
        .map(comparisonOf),
    }
  }
}

const wordsOf = ({ zh, en }: Words): Words => ({ zh, en })

function comparisonOf({ outcome, sentence, effect, unit, exposed, control, q }: Driver): ReportComparison {
  const { zh, en } = findOutcome(outcome)!
  return { outcome: { zh, en }, sentence, effect, unit, exposed, control, q }
}

/** Quotes in different words; those that no driver before has shown come first. Adds the first ones to what was shown. */
function freshFirst(quotes: readonly Quote[], shown: Set<string>): Quote[] {
  const distinct = quotes.filter((quote, at) => quotes.findIndex((other) => other.text === quote.text) === at)
  const fresh = distinct.filter((quote) => !shown.has(quote.text))
  const ordered = [...fresh, ...distinct.filter((quote) => shown.has(quote.text))]
  for (const { text } of ordered.slice(0, QUOTES)) shown.add(text)
  return ordered
}

/** Facts of the operation are compared over all categories too; complaints without a category are those of voices that have none. */
const isOverall = ([{ category, factor }]: Group): boolean => category === '' && factor !== 'aspect'

/** The drivers of one thing; the first is the one that ranks first. */
type Group = [Driver, ...Driver[]]

/** A report names one thing once, with all that goes with it: other outcomes, and scenes. Groups keep the order of their first. */
function groupByThing(drivers: readonly Driver[]): Group[] {
  const groups = new Map<string, Group>()
  for (const driver of drivers) {
    const key = JSON.stringify([driver.category, driver.factor, driver.aspect, driver.value])
    const group = groups.get(key)
    if (group) group.push(driver)
    else groups.set(key, [driver])
  }
  return [...groups.values()]
}

/** Of ratings that are only yes or no, the share of low ones and the mean are the same figure. */
const saysTheSame = (one: Driver, other: Driver): boolean =>
  one.scene === other.scene && Math.abs(sizeOf(one) - sizeOf(other)) < 1e-6

const sizeOf = ({ effect, outcome }: Driver): number => Math.abs(effect.value) / findOutcome(outcome)!.span

const given = (asked: Partial<Period>): Partial<Period> =>
  Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))

const METHOD = {
  zh: '每条洞察比较“有此抱怨（或运营事实）”与“没有”的同商品订单或评价：分层（Mantel–Haenszel）差值，Sato 方差，95% 区间。退货在前，其余按危害（差值的保守端 × 数量）从大到小排列；没有评分的品类按抱怨的声音数排列。结果变量（评分、退货、调研）来自顾客行为，不来自本引擎的情感判断。',
  en: 'Each finding compares orders or reviews with the complaint (or fact of the operation) to others of the same product without it: stratified (Mantel–Haenszel) difference, Sato variance, 95% interval. Returns come first, then the most harmful: the cautious end of the difference times how many it touches. Categories without ratings are ranked by how many voices complain. Outcomes (ratings, returns, surveys) come from what customers did, never from this reader’s own sentiment.',
}
