import type { Estimate, Verdict } from '../../../core/estimate.ts'
import { NOTHING } from '../../../core/estimate.ts'
import { wilson } from '../../../core/share.ts'
import type { ArmFigures, Bounds, Proof, ProofWeek } from '../../proof.ts'
import { type Check, checkDesign, holdsBefore } from './checks.ts'
import { armMean, type Contrast, contrast } from './contrast.ts'
import { type DidInput, MIN_CASES, MIN_PRODUCTS } from './input.ts'
import { type Change, changesOf, deviationsIn, type ProductCounts, poolCounts, type Spans } from './panel.ts'
import { method, sentenceOf } from './sentences.ts'

/**
 * Did the change do anything? Difference in differences over products: how much the level of the touched products moved, less how
 * much that of the untouched did. Products are the units that chance acts on (all orders of a product share its fan), so the interval
 * rests on the spread between products, not on the number of orders: weighted means of the products' changes, HC2/CR2 variance, t with
 * Bell–McCaffrey and Welch–Satterthwaite degrees of freedom (see `contrast.ts`).
 */
export function proveDid(input: DidInput): Proof {
  const weeks = weekRange(input)
  const spans: Spans = { before: [weeks.first, -1], after: [0, weeks.last] }
  const changes = { treated: changesOf(input.treated, spans), control: changesOf(input.control, spans) }
  const effect = contrast(changes.treated, changes.control)
  const checks = effect ? checkDesign(input, spans, effect) : []
  const verdict = judge(input, effect, checks, changes, spans)
  const relative = effect && input.measure === 'share' ? relativeTo(effect, changes.treated, changes.control) : null
  const figures = { effect, relative, checks, verdict, enough: changes }
  return {
    verdict,
    sentence: sentenceOf(input, figures),
    effect: effect && { value: effect.value, low: effect.low, high: effect.high, p: effect.p },
    relative,
    treated: armFigures(input, input.treated, changes.treated, spans),
    control: armFigures(input, input.control, changes.control, spans),
    weeks: weeklyFigures(input, spans),
    checks,
    censored: input.censored,
    method,
  }
}

function weekRange({ treated, control }: DidInput): { first: number; last: number } {
  const weeks = [...treated, ...control].flatMap((product) =>
    product.weeks.filter(({ n }) => n > 0).map(({ week }) => week),
  )
  return { first: Math.min(-1, ...weeks), last: Math.max(0, ...weeks) }
}

/**
 * The verdict. Too early while there are too few cases after the change; cannot tell with too few products, where the interval holds
 * both nothing and something worth having, or where the arms differed before the change already; no effect worth having where the
 * whole interval lies inside the declared margin; else worked or harmed.
 */
function judge(
  input: DidInput,
  effect: Contrast | null,
  checks: readonly Check[],
  changes: { treated: readonly Change[]; control: readonly Change[] },
  spans: Spans,
): Verdict {
  const after = [input.treated, input.control].map((arm) => poolCounts(arm, ...spans.after).n)
  if (input.measure === 'share' && Math.min(...after) < MIN_CASES) return 'too_early'
  if (Math.min(...after) === 0) return 'too_early'
  if (!effect || Math.min(changes.treated.length, changes.control.length) < MIN_PRODUCTS) return 'cannot_tell'
  if (!holdsBefore(checks)) return 'cannot_tell'
  if (effect.low > -input.margin && effect.high < input.margin) return 'no_effect'
  if (effect.low <= 0 && effect.high >= 0) return 'cannot_tell'
  return effect.value < 0 === (input.better === 'lower') ? 'worked' : 'harmed'
}

/**
 * The effect over the counterfactual (treated after, less the effect), by the delta method; the treated arm's own level and change
 * vary together, which is taken into account. Only of shares: a mean on a scale has no nought to be a share of.
 */
function relativeTo(effect: Contrast, treated: readonly Change[], control: readonly Change[]): Bounds | null {
  const after = armMean(treated.map(({ after, weight }) => ({ value: after, weight })))
  const change = armMean(treated)
  const other = armMean(control)
  if (!after || !change || !other) return null
  const without = after.mean - effect.value
  if (without <= 0) return null
  const ratio = effect.value / without
  // d(E/(A−E)) = ((1+R) dE − R dA) / (A−E), and dE = d(treated change) − d(control change).
  const own = armMean(
    treated.map(({ value, after, weight }) => ({ value: (1 + ratio) * value - ratio * after, weight })),
  )!
  const variance = (own.variance + (1 + ratio) ** 2 * other.variance) / without ** 2
  const half = effect.se === 0 ? 0 : ((effect.high - effect.value) / effect.se) * Math.sqrt(variance)
  return { value: ratio, low: ratio - half, high: ratio + half }
}

function armFigures(
  input: DidInput,
  products: readonly ProductCounts[],
  changes: readonly Change[],
  spans: Spans,
): ArmFigures {
  const weight = changes.reduce((sum, change) => sum + change.weight, 0)
  const change = changes.reduce((sum, one) => sum + one.weight * one.value, 0) / weight
  return {
    products: products.length,
    before: levelOf(input, products, ...spans.before),
    after: levelOf(input, products, ...spans.after),
    change: weight > 0 ? change : null,
  }
}

/** Level of an arm over its cases; for means, only the value and n: their spread is between products, not between cases. */
function levelOf({ measure }: DidInput, products: readonly ProductCounts[], from: number, to: number): Estimate {
  const { n, sum } = poolCounts(products, from, to)
  if (n === 0) return NOTHING
  return measure === 'share' ? wilson(sum, n) : { value: sum / n, low: null, high: null, n }
}

function weeklyFigures(input: DidInput, spans: Spans): ProofWeek[] {
  const weeks: ProofWeek[] = []
  for (let week = spans.before[0]; week <= spans.after[1]; week++) {
    const treated = levelOf(input, input.treated, week, week)
    const gap = contrast(
      deviationsIn(input.treated, week, spans.before),
      deviationsIn(input.control, week, spans.before),
    )
    weeks.push({
      week,
      day: new Date(Date.parse(input.changeDay) + week * 7 * 86_400_000).toISOString().slice(0, 10),
      treated,
      control: levelOf(input, input.control, week, week),
      counterfactual: week < 0 || !gap || treated.value === null ? null : treated.value - gap.value,
      gap: gap && { value: gap.value, low: gap.low, high: gap.high },
    })
  }
  return weeks
}
