import { learn, type Outlook, outlook, pause } from './filter.ts'
import { scales } from './scales.ts'
import { LEVEL, type Part, PROMOTION, partsAt } from './season.ts'
import { nothingOfIt, pack, type State, unpack } from './state.ts'
import { strangenessOf } from './strangeness.ts'
import { twoSided } from './tails.ts'

/** One point of a series: what was measured in the step that begins at `at`; null where nothing was. */
interface Point {
  /** Epoch milliseconds. */
  at: number
  value: number | null
  /** The volume behind the value; for a share (0 to 1) its trials. */
  n?: number
}

/** What a point says when it is compared with what its own past let expect. Nulls: nothing to compare, or too little past. */
export interface Reading {
  at: number
  value: number | null
  expected: number | null
  /** Ends of the interval in which 95 of 100 such points lie. */
  low: number | null
  high: number | null
  /** How often chance alone lets a point deviate as far or further, in either direction. */
  p: number | null
  direction: 'up' | 'down' | null
  /** 0 to 1, higher is stranger: also sees what a single point does not show. */
  score: number
}

export interface DetectorOptions {
  stepMs: number
  zone: string
  /** What the values are: whole counts, shares of `n` trials, or measurements. */
  kind: 'count' | 'share' | 'level'
  season?: 'auto' | 'none'
  /** The name of the promotion on a local day (`YYYY-MM-DD`), if there is one. What a promotion does is learnt by name. */
  holidays?: (day: string) => string | null
}

export interface Detector {
  /** Judges a point by what was known before it, then learns from it. Points come in order of time. */
  push(point: Point): Reading
  /** All that is known, as JSON. */
  save(): unknown
}

/** Points before the first judgement. */
const LEARNING = 20
/** A point below this p is wild: it teaches little. */
const WILD = 0.001
const DAY_MS = 86_400_000

/**
 * Judges a series point by point, knowing only its past: level, hour of day, weekday and promotions are learnt, wild points teach little,
 * and a shift that lasts becomes the new level. `saved` is what `save` gave earlier; anything else starts afresh.
 *
 * @example
 * const detector = openDetector({ stepMs: 3_600_000, zone: 'Asia/Shanghai', kind: 'count' })
 * const { p, direction } = detector.push({ at: Date.now(), value: 12 })
 */
export function openDetector(options: DetectorOptions, saved?: unknown): Detector {
  const state = unpack(saved) ?? nothingOfIt()
  return { push: (point) => push(state, options, point), save: () => pack(state) }
}

function push(state: State, options: DetectorOptions, point: Point): Reading {
  const daysSeen = (state.seen * options.stepMs) / DAY_MS
  const parts = partsAt(point.at, { season: 'auto', ...options }, (name) => promotionAt(state, name), daysSeen)
  const scale = scales[options.kind]
  const unit = options.kind === 'level' ? Math.sqrt(state.square) || Math.abs(state.average) || 1 : 1
  const silent = { at: point.at, value: point.value, ...nothing, p: null, direction: null, score: 0 }
  const ready = state.seen >= LEARNING
  if (point.value === null || (options.kind === 'share' && !point.n))
    return ready ? { ...silent, ...scale.range(outlook(state, parts, unit), point.n) } : silent
  const value = { value: point.value, n: point.n ?? 0 }
  if (state.seen === 0) state.mean[LEVEL] = scale.start(value)
  const missed = state.last === null ? 0 : Math.round((point.at - state.last) / options.stepMs) - 1
  if (missed > 0) pause(state, missed, unit, levelMemoryOf(options))
  state.last = point.at
  const seen = outlook(state, parts, unit)
  const tails = scale.tails(value, seen)
  const p = twoSided(tails)
  const score = take(state, options, { parts, seen, unit, value, wild: p < WILD })
  if (!ready) return silent
  return { ...silent, ...scale.range(seen, point.n), p, direction: tails.upper < tails.lower ? 'up' : 'down', score }
}

const nothing = { expected: null, low: null, high: null }

function promotionAt(state: State, name: string): number {
  const known = state.promotions.indexOf(name)
  return PROMOTION + (known >= 0 ? known : state.promotions.push(name) - 1)
}

interface Taken {
  parts: readonly Part[]
  seen: Outlook
  unit: number
  value: { value: number; n: number }
  wild: boolean
}

/** The level remembers about three days. */
const levelMemoryOf = ({ stepMs }: DetectorOptions): number =>
  1 - 1 / Math.min(1_000, Math.max(30, (3 * DAY_MS) / stepMs))

function take(state: State, options: DetectorOptions, { parts, seen, unit, value, wild }: Taken): number {
  const { surprise, counting, raw } = scales[options.kind].residual(value, seen)
  const perDay = DAY_MS / options.stepMs
  learn(state, parts, seen, { surprise, counting, wild, scale: unit, levelMemory: levelMemoryOf(options) })
  state.seen++
  const share = Math.max(1 / state.seen, 0.001)
  const off = raw - state.average
  state.average += share * off
  state.square = (1 - share) * (state.square + share * off ** 2)
  const total = seen.doubt + seen.scatter + counting
  settle(state, surprise, total, perDay)
  return strangenessOf(state.strangeness, state.seen > LEARNING ? surprise / Math.sqrt(total) : 0, raw, unit)
}

/** A shift that has lasted a day (a week of daily points) is no longer strange: the level is free to move there. */
function settle(state: State, surprise: number, variance: number, perDay: number): void {
  const side = surprise ** 2 > variance ? Math.sign(surprise) : 0
  state.lasting = side * state.lasting >= 0 ? state.lasting + side : side
  if (Math.abs(state.lasting) < Math.min(288, Math.max(7, perDay))) return
  state.variance[LEVEL] = Math.max(variance, state.variance[LEVEL] ?? 0)
  state.lasting = 0
}
