import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { Candidate } from './candidate.ts'
import { expected, predictor } from './effects/fit.ts'
import { sizeWeights } from './importance/shapley.ts'
import type { Case } from './model/case.ts'
import type { Model } from './model/model.ts'
import { countedDays, DAYS_A_MONTH } from './money.ts'
import { pointsAtStake } from './nps.ts'
import { bootstrapInterval, breath } from './pattern.ts'
import type { Interval } from './strata.ts'
import { partName } from './weigh.ts'

/** What goes with something: returned order lines (fractions of them, for they are divided), and refunds a month in minor units. */
interface LedgerPart {
  returns: Interval
  refund: Interval
  /** Of all refunds. */
  share: Interval
}

interface LedgerRow extends Candidate, LedgerPart {
  id: string
  without: string[]
  /** Order lines that have it, and how many of them came back. */
  rate: Estimate
  nps: Interval | null
}

/** Where the refunds of a period lie. Rows and `unexplained` add up to the total, and no returned line is counted twice. */
export interface Ledger {
  currency: string
  /** Days whose orders are counted: those with a closed return window. */
  days: number
  /** Order lines in this currency; lines in others are left out, and lines that were not looked at are made up for (`n` of `population`). */
  n: number
  population: number
  otherCurrencies: number
  total: { returns: number; refund: number; rate: Estimate }
  rows: LedgerRow[]
  explained: LedgerPart
  unexplained: LedgerPart
}

/** Complaints and facts that one line is divided among; a line with more of them is divided among the first. */
const MOST = 10

/**
 * The share of one returned line that goes with each of the findings that it has: how much likelier the model holds its return with
 * them than without, over how likely with (the attributable fraction), divided among them by Shapley's value of that probability
 * (the average attributable fraction of Eide and Gefeller 1995). The shares of a line add up to less than 1: the rest would be
 * expected of the same line without any of them.
 */
export function sharesOf(
  coefficients: readonly number[],
  on: readonly number[],
  findings: ReadonlySet<number>,
): Map<number, number> {
  const mine = on.filter((indicator) => findings.has(indicator)).slice(0, MOST)
  if (mine.length === 0) return new Map()
  const eta = predictor(coefficients, on)
  const effects = mine.map((indicator) => coefficients[indicator + 1]!)
  const none = effects.reduce((rest, effect) => rest - effect, eta)
  const likely = Array.from({ length: 2 ** mine.length }, (_, subset) =>
    expected(
      'share',
      effects.reduce((sum, effect, j) => (subset & (1 << j) ? sum + effect : sum), none),
    ),
  )
  const weights = sizeWeights(mine.length)
  const whole = likely.at(-1)!
  return new Map(
    mine.map((indicator, j) => {
      let added = 0
      for (let subset = 0; subset < likely.length; subset++) {
        if (subset & (1 << j)) continue
        added += weights[bitsOf(subset)]! * (likely[subset | (1 << j)]! - likely[subset]!)
      }
      return [indicator, added / whole]
    }),
  )
}

const bitsOf = (subset: number): number => subset.toString(2).replaceAll('0', '').length

interface Line {
  on: readonly number[]
  group: number
  refund: number
}

/** Returned lines and refunds by indicator. */
interface Sums {
  returns: Map<number, number>
  refund: Map<number, number>
}

function addUp(
  lines: readonly Line[],
  coefficients: readonly number[],
  findings: ReadonlySet<number>,
  times?: readonly number[],
) {
  const sums: Sums = { returns: new Map(), refund: new Map() }
  for (const { on, group, refund } of lines) {
    const weight = times ? times[group]! : 1
    if (weight === 0) continue
    for (const [indicator, share] of sharesOf(coefficients, on, findings)) {
      sums.returns.set(indicator, (sums.returns.get(indicator) ?? 0) + weight * share)
      sums.refund.set(indicator, (sums.refund.get(indicator) ?? 0) + weight * share * refund)
    }
  }
  return sums
}

/** The ledger of a model of returns; null where no refund is known. */
export async function ledgerOf(model: Model): Promise<Ledger | null> {
  const currency = commonest(model.cases)
  if (currency === null) return null
  const { factors, design, fitted } = model
  const lines = linesIn(model, currency)
  const returned = lines
    .filter(({ one }) => one.counts.returned > 0)
    .map(({ one, on }): Line => ({ on, group: one.group, refund: one.refund }))
  const findings = new Set(factors.flatMap(({ certain }, place) => (certain ? [design.confounders + place] : [])))
  const days = countedDays(model.tables.closedOrders)
  const all = model.population / model.cases.length
  const scale: Scale = { returns: all, refund: (all * DAYS_A_MONTH) / days }
  const now = fitted ? addUp(returned, fitted.fit.coefficients, findings) : { returns: new Map(), refund: new Map() }
  const rounds = await drawnRounds(model, returned, findings)
  const total = totalOf(returned)
  const part = (indicators: readonly number[], rest = false) => partOf(indicators, now, total, rounds, scale, rest)
  const rows = [...findings].map(
    (indicator): LedgerRow => ({ ...headOf(model, lines, indicator), ...part([indicator]) }),
  )
  rows.sort((one, other) => other.refund.value - one.refund.value)
  return {
    currency,
    days,
    n: lines.length,
    population: Math.round(lines.length * all),
    otherCurrencies: Math.round((model.cases.length - lines.length) * all),
    total: {
      returns: total.returns * scale.returns,
      refund: Math.round(total.refund * scale.refund),
      rate: wilson(returned.length, lines.length),
    },
    rows,
    ...reconciled(rows, part([...findings]), part([...findings], true), Math.round(total.refund * scale.refund)),
  }
}

type LineOf = { one: Case; on: readonly number[] }

const linesIn = ({ cases, design }: Model, currency: string): LineOf[] =>
  cases.map((one, place) => ({ one, on: design.on[place]! })).filter(({ one }) => one.currency === currency)

/** The same sums in each round of the model's bootstrap. */
async function drawnRounds({ fitted }: Model, returned: readonly Line[], findings: ReadonlySet<number>) {
  const rounds: Drawn[] = []
  for (const [round, { times, coefficients }] of (fitted?.rounds ?? []).entries()) {
    if (round % 5 === 4) await breath()
    rounds.push({ sums: addUp(returned, coefficients, findings, times), total: totalOf(returned, times) })
  }
  return rounds
}

/** What a row is about: the finding, and how often its lines came back. */
function headOf(model: Model, lines: readonly LineOf[], indicator: number): Omit<LedgerRow, keyof LedgerPart> {
  const { id, candidate, inner } = model.factors[indicator - model.design.confounders]!
  const having = lines.filter(({ on }) => on.includes(indicator))
  return {
    id,
    ...candidate,
    without: inner.map(partName),
    rate: wilson(having.filter(({ one }) => one.counts.returned > 0).length, having.length),
    nps: inner.length > 0 ? null : pointsAtStake(candidate, model),
  }
}

interface Scale {
  returns: number
  refund: number
}

interface Drawn {
  sums: Sums
  total: Scale
}

function totalOf(lines: readonly Line[], times?: readonly number[]): Scale {
  const total = { returns: 0, refund: 0 }
  for (const { group, refund } of lines) {
    const weight = times ? times[group]! : 1
    total.returns += weight
    total.refund += weight * refund
  }
  return total
}

/** What goes with some indicators together, or the rest of the total without them. */
function partOf(
  indicators: readonly number[],
  now: Sums,
  total: Scale,
  rounds: readonly Drawn[],
  scale: Scale,
  rest: boolean,
): LedgerPart {
  const of = (sums: Sums, what: 'returns' | 'refund', all: Scale) => {
    const held = indicators.reduce((sum, indicator) => sum + (sums[what].get(indicator) ?? 0), 0)
    return rest ? all[what] - held : held
  }
  const each = (what: 'returns' | 'refund') =>
    bootstrapInterval(
      of(now, what, total) * scale[what],
      rounds.length === 0
        ? [of(now, what, total) * scale[what]]
        : rounds.map((one) => of(one.sums, what, one.total) * scale[what]),
    )
  const share = (sums: Sums, all: Scale) => (all.refund > 0 ? of(sums, 'refund', all) / all.refund : 0)
  return {
    returns: each('returns'),
    refund: rounded(each('refund')),
    share: bootstrapInterval(
      share(now, total),
      rounds.length === 0 ? [share(now, total)] : rounds.map((one) => share(one.sums, one.total)),
    ),
  }
}

const rounded = ({ value, low, high }: Interval): Interval => ({
  value: Math.round(value),
  low: Math.round(low),
  high: Math.round(high),
})

/** Rows are rounded to whole minor units; what they add up to is explained, and the rest of the total is not. */
function reconciled(rows: readonly LedgerRow[], explained: LedgerPart, unexplained: LedgerPart, total: number) {
  const sum = rows.reduce((all, row) => all + row.refund.value, 0)
  return {
    explained: { ...explained, refund: holding(explained.refund, sum) },
    unexplained: { ...unexplained, refund: holding(unexplained.refund, total - sum) },
  }
}

const holding = ({ low, high }: Interval, value: number): Interval => ({
  value,
  low: Math.min(low, value),
  high: Math.max(high, value),
})

/** The currency of most returned lines with a known refund. */
function commonest(cases: readonly Case[]): string | null {
  const counts = new Map<string, number>()
  for (const { refund, currency } of cases) if (refund > 0) counts.set(currency, (counts.get(currency) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? null
}
