import { type Novelty, nothingSeen, noveltyOf } from './novelty.ts'

/**
 * How strange a point is, beyond its own p: several views of the same series, each judged by how far it has strayed before.
 *
 * A view is a number that moves when something is strange: how far means of the residuals over one, four, 16 and 64 points lie from nought, and
 * how restless the series was over 16 and 64. Each is standardised by its own past; the views add up by the squares of how many standard
 * deviations they are off, five counting as much as any. To that comes whether the mixture of recent values was ever seen before (`novelty.ts`).
 * It gathers over some points, and what was just told is not told again: the recent peak, fading, is taken off.
 */
export interface Strangeness {
  seen: number
  views: View[]
  /** Running means of the residual, one a horizon. */
  means: number[]
  /** Running squares of the changes against a short mean, one a horizon. */
  squares: number[]
  short: number
  novelty: Novelty
  /** Strangeness of the last points, fading. */
  gathered: number
  /** What the views and what has gathered came to lately at their most, fading. */
  peaks: { views: number; gathered: number }
}

/** What is usual for a view. */
interface View {
  mean: number
  variance: number
}

/** Points; a ladder by fours. */
const MEAN_HORIZONS = [1, 4, 16, 64]
const RESTLESS_HORIZONS = [16, 64]
const SHORT = 3
/** The slowest pace at which a view learns what is usual for it. */
const PACE = 0.001
/** Points before the views have a say. */
const LEARNING = 50
/** Standard deviations: a view that strays further says no more, and its past learns of it as of one that strayed `TAUGHT`. */
const MOST = 5
const TAUGHT = 4
/** A residual further out counts as so many standard deviations. */
const CLIPPED = 6
/** A peak fades to a third in so many points; this much of it is taken off. */
const FADES = 150
const TAKEN_OFF = 0.7
/** Strangeness fades to a third in so many points. */
const GATHERS = 5
/** How much a mixture never seen before counts, where all views at their most count 1. */
const NOVEL = 0.6
const VIEWS = MEAN_HORIZONS.length + RESTLESS_HORIZONS.length

export const nothingStrange = (): Strangeness => ({
  seen: 0,
  views: Array.from({ length: VIEWS }, () => ({ mean: 0, variance: 0 })),
  means: MEAN_HORIZONS.map(() => 0),
  squares: RESTLESS_HORIZONS.map(() => 0),
  short: 0,
  novelty: nothingSeen(),
  gathered: 0,
  peaks: { views: 0, gathered: 0 },
})

/**
 * Takes a point in: its residual in standard deviations, its value, and the spread of values, below a millionth of which nothing moves. 0 to
 * 1; a half for what all views at their most come to in one point.
 */
export function strangenessOf(state: Strangeness, residual: number, value: number, unit: number): number {
  state.seen++
  const seen = viewsOf(state, residual, value, unit)
  let sum = 0
  for (const [place, x] of seen.entries()) sum += Math.min(1, (straying(state, place, x) / MOST) ** 2)
  const strange = fresher(state, 'views', sum / VIEWS) + NOVEL * noveltyOf(state.novelty, value)
  state.gathered = state.gathered * (1 - 1 / GATHERS) + strange
  const told = fresher(state, 'gathered', state.gathered)
  return told / (1 + told)
}

function viewsOf(state: Strangeness, residual: number, value: number, unit: number): number[] {
  const still = (1e-6 * unit) ** 2
  const clipped = Math.max(-CLIPPED, Math.min(CLIPPED, residual))
  if (state.seen === 1) state.short = value
  const change = (value - state.short) ** 2
  state.short += (value - state.short) / SHORT
  return [
    ...MEAN_HORIZONS.map((horizon, place) => towards(state.means, place, clipped, horizon)),
    ...RESTLESS_HORIZONS.map((horizon, place) =>
      Math.log(towards(state.squares, place, change, Math.min(horizon, state.seen)) + still),
    ),
  ]
}

function towards(list: number[], place: number, value: number, horizon: number): number {
  list[place] = list[place]! + (value - list[place]!) / horizon
  return list[place]!
}

/** By how many standard deviations the view is off what was usual for it so far; then its past takes it in. */
function straying(state: Strangeness, place: number, x: number): number {
  const view = state.views[place]!
  const learning = state.seen <= LEARNING
  const spread = Math.sqrt(view.variance) + 1e-9
  const off = x - view.mean
  const taught = learning ? off : Math.max(-TAUGHT * spread, Math.min(TAUGHT * spread, off))
  const share = Math.max(1 / state.seen, PACE)
  view.mean += share * taught
  view.variance = (1 - share) * (view.variance + share * taught ** 2)
  return learning ? 0 : Math.abs(off) / spread
}

/** What goes beyond the most of it that was seen lately. */
function fresher({ peaks }: Strangeness, what: 'views' | 'gathered', value: number): number {
  const beyond = Math.max(0, value - TAKEN_OFF * peaks[what])
  peaks[what] = Math.max(peaks[what] * (1 - 1 / FADES), value)
  return beyond
}
