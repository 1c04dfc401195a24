import type { Scale } from '../../parts/scale.ts'
import type { ScoreKind } from './score.ts'

/** The whole range of a score: surveys must not look further apart than they are. */
export function scaleFor(kind: ScoreKind, most = 5): Scale {
  if (kind === 'nps') return { min: -100, max: 100, ticks: [-100, -50, 0, 50, 100] }
  if (kind === 'csat') return shareScale(1)
  return { min: 1, max: most, ticks: Array.from({ length: most }, (_, at) => at + 1) }
}

const STEPS = [0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1]

/** Shares from nought to the first round number that holds them all. */
export function shareScale(largest: number): Scale {
  const high = STEPS.find((step) => step >= largest) ?? 1
  return { min: 0, max: high, ticks: [0, high / 2, high] }
}
