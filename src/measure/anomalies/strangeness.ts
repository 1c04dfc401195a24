import { type Novelty, nothingSeen, noveltyOf } from './novelty.ts'

/**
 * How strange a point is, beyond its own p: several views of the same series, each judged by how far it has strayed before.
 *
 * A view is a number that grows with strangeness: how far the point lies from what its season lets expect and from the series as a whole,
 * how far short, middling and long means of the residuals have drifted, and how much more or less restless the series has become. Each is
 * standardised by its own past, and its far end is fitted by an exponential law over a running 95 % quantile (peaks over threshold: Siffer
 * et al. 2017), so that "once in a thousand points" means the same in every view of every series. The views add up by the square root
 * of −log₁₀ p: several that are a little strange count for more than one that is very strange. To that comes whether the mixture of recent
 * values was ever seen before (`novelty.ts`). What was just told is not told again: the recent peak, fading, is taken off.
 */
export interface Strangeness {
  views: View[]
  /** Running means of the residual, one a horizon. */
  means: number[]
  /** Running squares of the changes against a short mean, one a horizon. */
  squares: number[]
  short: number
  peak: number
  novelty: Novelty
  /** Strangeness of the last points, fading, and its own recent peak. */
  gathered: number
  gatheredPeak: number
}

interface View {
  n: number
  mean: number
  variance: number
  /** The running 95 % quantile of the view, and the mean by which it is exceeded when it is. */
  edge: number
  beyond: number
  /** The first points, until there are enough to begin with. */
  first: number[]
}

/** Points; a ladder by fours. */
const MEAN_HORIZONS = [4, 16, 64]
const RESTLESS_HORIZONS = [16, 64]
const SHORT = 3
/** The slowest pace at which a view learns what is usual for it. */
const PACE = 0.001
const EDGE_PACE = 0.005
/** The share of points beyond the edge. */
const BEYOND = 0.05
/** Points before a view has a say. */
const LEARNING = 100
/** No view says more than one in a million. */
const MOST = 6
/** The peak fades to a third in so many points; this much of it is taken off. */
const FADES = 300
const TAKEN_OFF = 0.7
/** Strangeness fades to a third in so many points. */
const GATHERS = 10
/** How much a mixture never seen before counts, where all views at their most count 1. */
const NOVEL = 0.6
const VIEWS = 2 + MEAN_HORIZONS.length + RESTLESS_HORIZONS.length

const fresh = (): View => ({ n: 0, mean: 0, variance: 0, edge: 0, beyond: 1, first: [] })

export const nothingStrange = (): Strangeness => ({
  views: Array.from({ length: VIEWS }, fresh),
  means: MEAN_HORIZONS.map(() => 0),
  squares: RESTLESS_HORIZONS.map(() => 0),
  short: 0,
  peak: 0,
  novelty: nothingSeen(),
  gathered: 0,
  gatheredPeak: 0,
})

/** Takes a point in: its residual in standard deviations, its value, and the spread of values, below a millionth of which nothing moves. 0 to 1. */
export function strangenessOf(state: Strangeness, residual: number, value: number, unit: number): number {
  const still = (1e-6 * unit) ** 2
  const clipped = Math.max(-6, Math.min(6, residual))
  if (state.views[0]!.n === 0) state.short = value
  const change = (value - state.short) ** 2
  state.short += (value - state.short) / SHORT
  const seen = [
    residual,
    value,
    ...MEAN_HORIZONS.map((horizon, place) => towards(state.means, place, clipped, horizon)),
    ...RESTLESS_HORIZONS.map((horizon, place) =>
      Math.log(towards(state.squares, place, change, Math.min(horizon, state.views[0]!.n + 1)) + still),
    ),
  ]
  const sum = seen.reduce((total, x, place) => total + Math.sqrt(Math.min(MOST, farOut(state.views[place]!, x))), 0)
  const fresher = Math.max(0, sum - TAKEN_OFF * state.peak)
  state.peak = Math.max(state.peak * (1 - 1 / FADES), sum)
  return told(state, fresher / (VIEWS * Math.sqrt(MOST)) + NOVEL * noveltyOf(state.novelty, value))
}

/** What gathers over some points, less what gathered shortly before, in proportion to the most that can. */
function told(state: Strangeness, strange: number): number {
  state.gathered = Math.max(strange, state.gathered * (1 - 1 / GATHERS) + strange)
  const fresher = Math.max(0, state.gathered - TAKEN_OFF * state.gatheredPeak)
  state.gatheredPeak = Math.max(state.gatheredPeak * (1 - 1 / FADES), state.gathered)
  return Math.min(1, fresher / (1 + NOVEL) / 2)
}

function towards(list: number[], place: number, value: number, horizon: number): number {
  list[place] = list[place]! + (value - list[place]!) / horizon
  return list[place]!
}

/** −log₁₀ of how often the view strays as far, by its past; then the past takes the point in. */
function farOut(view: View, x: number): number {
  view.n++
  if (view.n <= LEARNING) {
    view.first.push(Number(x.toPrecision(6)))
    if (view.n === LEARNING) begin(view)
    return 0
  }
  const spread = Math.sqrt(view.variance)
  const z = (x - view.mean) / spread
  const share = Math.max(1 / view.n, PACE)
  const off = Math.max(-4, Math.min(4, z)) * spread
  view.mean += share * off
  view.variance = (1 - share) * (view.variance + share * off ** 2)
  return tailOf(view, Math.abs(z))
}

function tailOf(view: View, far: number): number {
  const over = far - view.edge
  const said = over > 0 ? -Math.log10(BEYOND) + over / view.beyond / Math.LN10 : 0
  const pace = 2 * Math.max(1 / view.n, EDGE_PACE)
  if (over > 0) {
    view.beyond += (Math.min(over, 20 * view.beyond) - view.beyond) * Math.max(1 / (view.n * BEYOND), 0.02)
    view.edge += pace * (1 - BEYOND)
  } else view.edge -= pace * BEYOND
  return said
}

/** What is usual for the view, from its first points. */
function begin(view: View): void {
  const average = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length
  view.mean = average(view.first)
  view.variance = average(view.first.map((x) => (x - view.mean) ** 2)) || 1e-12
  const far = view.first
    .map((x) => Math.abs(x - view.mean) / Math.sqrt(view.variance))
    .sort((one, other) => one - other)
  const last = far.slice(Math.floor((1 - BEYOND) * LEARNING))
  view.edge = last[0]!
  view.beyond = Math.max(0.1, average(last) - view.edge)
  view.first = []
}
