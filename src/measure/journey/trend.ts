import { type Change, type Estimate, FEW, NOTHING } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { shareChange, wilson } from '../../core/share.ts'
import { normalP, Z95 } from '../../core/statistics.ts'
import type { Tally } from '../indicators/define.ts'
import { netChange, netScore } from '../net.ts'
import type { Counted, Part } from './counted.ts'

/** Why there is no number: what would have to be there for one. */
const silences = [
  'no_mentions',
  'no_answers',
  'no_visitors',
  'no_orders',
  'no_promise',
  'off_the_way',
  'not_recorded',
  'too_recent',
] as const
export type Silence = (typeof silences)[number]

/** A figure of the map: level, level before, what lies between, and how likely chance alone does that much. */
export interface Figure {
  estimate: Estimate
  previous: Estimate
  /** Null where either side is too few to compare. `moreThanChance` is judged over all figures of the map together. */
  change: Change | null
  /** The chance of such a change, adjusted over all changes of the map (Benjamini and Hochberg). */
  q: number | null
  /** Why there is no estimate; null where there is one. */
  silence: Silence | null
}

export const silent = (silence: Silence): Figure => ({
  estimate: NOTHING,
  previous: NOTHING,
  change: null,
  q: null,
  silence,
})

/** A share as a figure; `silence` says why where there is nobody to count. */
export function shareFigure({ now, before }: Counted, silence: Silence): Figure {
  if (now.n === 0) return { ...silent(silence), previous: wilson(before.hits, before.n) }
  const [level, last] = [wilson(now.hits, now.n), wilson(before.hits, before.n)]
  const many = now.n >= FEW && before.n >= FEW
  return {
    estimate: level,
    previous: last,
    change: many ? shareChange(level, last) : null,
    q: many ? sharesP(now, before) : null,
    silence: null,
  }
}

/** A net score (from −`scale` to `scale`) as a figure. */
export function netFigure(now: Tally, before: Tally, scale: number, silence: Silence): Figure {
  const previous = netScore(before, scale)
  if (now.n === 0) return { ...silent(silence), previous }
  const change = now.n >= FEW && before.n >= FEW ? netChange(now, before, scale) : null
  return { estimate: netScore(now, scale), previous, change, q: change && netP(change), silence: null }
}

/** The two-sided p of a change whose interval is symmetric, as that of a net score: its 95 % half width is 1.96 standard errors. */
export const netP = ({ value, low, high }: Change): number => normalP(value / ((high - low) / (2 * Z95)))

/**
 * The two-sided p of two independent shares being the same: z with the pooled share, whose square is Pearson's χ² of the 2×2 table
 * without correction. Two shares that are both nought or both whole are the same.
 *
 * @example sharesP({ hits: 60, n: 100 }, { hits: 45, n: 100 }) // 0.0337, χ² = 4.5113
 */
export function sharesP(one: Part, other: Part): number {
  const pooled = (one.hits + other.hits) / (one.n + other.n)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / one.n + 1 / other.n))
  return error === 0 ? 1 : normalP((one.hits / one.n - other.hits / other.n) / error)
}

/** At most one of twenty changes that are called more than chance is chance, however many figures a map has. */
const FALSE_SHARE = 0.05

/** Judges all changes together, in place: with a hundred figures, five would pass at 5 % by chance alone. */
export function judgeTogether(figures: readonly Figure[]): void {
  const judged = figures.filter((figure) => figure.change !== null && figure.q !== null)
  const adjusted = falseDiscovery(judged.map(({ q }) => q!))
  for (const [place, figure] of judged.entries()) {
    figure.q = adjusted[place]!
    figure.change = { ...figure.change!, moreThanChance: adjusted[place]! <= FALSE_SHARE }
  }
}
