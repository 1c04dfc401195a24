/**
 * How strange a point is, beyond its own p: several views of the same series, each judged by how far it has strayed before.
 *
 * A view is a number that grows with strangeness: how far the point lies from what its season lets expect and from the series as a whole,
 * how far short, middling and long means of the residuals have drifted, and how much more or less restless the series has become. Each is
 * standardised by its own past, and its far end is fitted by an exponential law over a running 95 % quantile (peaks over threshold: Siffer
 * et al. 2017), so that "once in a thousand points" means the same in every view of every series. The views add up by the square root
 * of −log₁₀ p: several that are a little strange count for more than one that is very strange. What was just told is not told again: the
 * recent peak, fading, is taken off.
 */
export interface Strangeness {
  views: View[]
  /** Running means of the residual, one a horizon. */
  means: number[]
  /** Running squares of the changes against a short mean, one a horizon. */
  squares: number[]
  short: number
  peak: number
}

interface View {
  n: number
  mean: number
  variance: number
  /** The running 95 % quantile of the view, and the mean by which it is exceeded when it is. */
  edge: number
  beyond: number
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
const VIEWS = 2 + MEAN_HORIZONS.length + RESTLESS_HORIZONS.length

/** A view begins as the absolute value of a normal one: 95 % below 2, beyond it 0.4 more on average. */
const fresh = (): View => ({ n: 0, mean: 0, variance: 1, edge: 2, beyond: 0.4 })

export const nothingStrange = (): Strangeness => ({
  views: Array.from({ length: VIEWS }, fresh),
  means: MEAN_HORIZONS.map(() => 0),
  squares: RESTLESS_HORIZONS.map(() => 1),
  short: 0,
  peak: 0,
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
    ...RESTLESS_HORIZONS.map((horizon, place) => Math.log(towards(state.squares, place, change, horizon) + still)),
  ]
  const sum = seen.reduce((total, x, place) => total + Math.sqrt(Math.min(MOST, farOut(state.views[place]!, x))), 0)
  const fresher = Math.max(0, sum - TAKEN_OFF * state.peak)
  state.peak = Math.max(state.peak * (1 - 1 / FADES), sum)
  return fresher / (VIEWS * Math.sqrt(MOST))
}

function towards(list: number[], place: number, value: number, horizon: number): number {
  list[place] = list[place]! + (value - list[place]!) / horizon
  return list[place]!
}

/** −log₁₀ of how often the view strays as far, by its past; then the past takes the point in. */
function farOut(view: View, x: number): number {
  const settled = view.n > 20
  const spread = Math.sqrt(view.variance + 1e-12)
  const z = settled ? (x - view.mean) / spread : 0
  view.n++
  const share = Math.max(1 / view.n, PACE)
  const off = settled ? Math.max(-4, Math.min(4, z)) * spread : x - view.mean
  view.mean += share * off
  view.variance = (1 - share) * (view.variance * (view.n > 1 ? 1 : 0) + share * off ** 2)
  return tailOf(view, Math.abs(z))
}

function tailOf(view: View, far: number): number {
  const over = far - view.edge
  const said = over > 0 && view.n > LEARNING ? -Math.log10(BEYOND) + over / view.beyond / Math.LN10 : 0
  const pace = 1.35 * Math.max(1 / view.n, EDGE_PACE)
  if (over > 0) {
    view.beyond += (Math.min(over, 20 * view.beyond) - view.beyond) * Math.max(1 / (5 + view.n * BEYOND), 0.02)
    view.edge += pace * (1 - BEYOND)
  } else view.edge -= pace * BEYOND
  return said
}
