import { shareTails } from '../anomalies/tails.ts'

/** Windows with more rows than this are taken as if any tail could be reached. */
const MOST_ROWS = 120
/** Only what is this rare is reckoned exactly: the rest tells nobody. */
const RARE = 0.01

export interface Volumes {
  /** A window of so many rows was looked at. */
  look(n: number): void
  /** How often a look at this series goes as far as `tail`, on that side, by chance alone; never more than `tail`. */
  oftenness(tail: number, direction: 'up' | 'down', law: { expected: number; rho: number }): number
}

/**
 * Remembers of how many rows the windows of a series were, and says how often chance reaches a tail there.
 *
 * With few rows not every tail can be reached: of one row no p lies below the usual share, and a look in a quiet hour spends nothing of what it
 * may. So P(tail ≤ x) is taken over the looks of the past: the mean, over their volumes, of the largest tail at or below x that can be
 * reached with so many rows. That is the distribution of the tail over looks, so it is itself a valid p of a look (for tests one by one:
 * Tarone 1990, *Biometrics* 46, 515–522). Looks at fewer rows than `least` tell of nothing; of more than `MOST_ROWS` they count with the
 * whole x.
 */
export function openVolumes({ least, memory }: { least: number; memory: number }): Volumes {
  const looks = new Float64Array(MOST_ROWS + 2)
  // Instead of letting all of the past fade at each look, each look weighs more than the one before.
  let weight = 1
  let total = 0

  function look(n: number): void {
    looks[Math.min(n, MOST_ROWS + 1)]! += weight
    total += weight
    weight /= 1 - 1 / memory
    if (weight < 1e100) return
    for (let place = 0; place < looks.length; place++) looks[place]! /= weight
    total /= weight
    weight = 1
  }

  function oftenness(tail: number, direction: 'up' | 'down', { expected, rho }: { expected: number; rho: number }) {
    if (tail > RARE || total === 0) return tail
    let often = looks[MOST_ROWS + 1]! * tail
    for (let n = least; n <= MOST_ROWS; n++)
      if (looks[n]! > 0) often += looks[n]! * reachable(tail, n, direction, expected, rho)
    return Math.min(tail, often / total)
  }

  return { look, oftenness }
}

/** The largest tail at or below `most` that `n` rows can reach; 0 where none can. */
function reachable(most: number, n: number, direction: 'up' | 'down', expected: number, rho: number): number {
  const up = direction === 'up'
  for (let far = 0; far <= n; far++) {
    const { upper, lower } = shareTails(up ? far : n - far, n, expected, rho)
    const tail = up ? upper : lower
    if (tail <= most) return tail
  }
  return 0
}
