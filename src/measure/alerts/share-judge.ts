import { shareTails } from '../anomalies/tails.ts'
import { openVolumes } from './share-volumes.ts'

/** A share over one or several steps that end with the one that is judged. */
interface Window {
  steps: number
  n: number
  plus: number
}

export interface JudgedWindow extends Window {
  /** Ends of the interval in which 95 of 100 windows of this volume lie. */
  low: number
  high: number
}

interface ShareReading {
  expected: number
  /** The shortest window that ends with the step, and the ends between which 95 of 100 of this volume lie. */
  latest: JudgedWindow
  p: number
  direction: 'up' | 'down' | null
  /** The window that is least likely chance alone. */
  window: JudgedWindow
}

export interface ShareJudge {
  push(n: number, plus: number): ShareReading | null
}

export interface ShareOptions {
  /** Windows that are looked at, in steps, the shortest first. It is also how many steps are learnt from together. */
  windows: readonly number[]
  /** The latest steps teach nothing yet, so that a fault that begins slowly is not learnt while it grows. */
  guard: number
  /** How many of the shortest windows are remembered, about. */
  memory: number
  /** So many of the shortest windows come before the first judgement. */
  learning: number
  /** Few rows let chance go only so far: reckon with what it can do, instead of staying on the safe side (`share-volumes.ts`). */
  exact?: boolean
}

/** Rows before the first judgement. */
const LEAST_ROWS = 30
/**
 * A window of fewer rows is not looked at. However unlikely, two of three may be one household or one minute's hitch: that rows are
 * independent of one another cannot be seen in so few. It reaches further back until it holds so many, but not beyond this many times
 * the longest window.
 */
export const LEAST_TO_TELL = 5
const REACH = 7
/** How many windows the belief is worth that a share scatters as chance alone lets it. */
const SCATTER_PRIOR = 20
/** Windows with fewer rows tell little of the scatter. */
const SCATTER_ROWS = 3

/**
 * Judges a share that is often made of few rows, step by step. What is expected is the share of the remembered past (Jeffreys' prior,
 * Beta(½, ½)); how far chance goes is the beta-binomial law of a new window: binomial chance, the doubt about the share itself, and the
 * scatter of windows beyond both, by the method of moments (Williams 1982). Several windows are looked at, so that neither a jump nor a
 * lasting small rise is missed, and p is that of the least likely times their number (Bonferroni).
 */
export function openShareJudge(options: ShareOptions): ShareJudge {
  const recent: { n: number; plus: number }[] = []
  const keep = 1 - 1 / options.memory
  const longest = Math.max(options.guard + 1, REACH * Math.max(...options.windows))
  const [shortest] = options.windows as [number, ...number[]]
  const known = { n: 0, plus: 0, windows: 0, scatter: 0, weight: 0 }
  const ripening = { n: 0, plus: 0, steps: 0 }
  const volumes = options.exact
    ? options.windows.map(() => openVolumes({ least: LEAST_TO_TELL, memory: options.memory * shortest }))
    : []
  let n0 = 0

  function push(n: number, plus: number): ShareReading | null {
    recent.push({ n, plus })
    if (recent.length > longest) recent.shift()
    const reading = known.windows >= options.learning && known.n >= LEAST_ROWS ? read() : null
    for (const [place, steps] of options.windows.entries()) volumes[place]?.look(lately(steps, LEAST_TO_TELL).n)
    const ripe = recent[recent.length - 1 - options.guard]
    if (ripe) ripen(ripe)
    return reading
  }

  function ripen(step: { n: number; plus: number }): void {
    ripening.n += step.n
    ripening.plus += step.plus
    if (++ripening.steps < shortest) return
    learn(ripening.n, ripening.plus)
    Object.assign(ripening, { n: 0, plus: 0, steps: 0 })
  }

  const share = () => (known.plus + 0.5) / (known.n + 1)

  /** Correlation within a window: the doubt about the share, and the scatter beyond chance. */
  function correlation(): number {
    const times = (known.scatter + SCATTER_PRIOR) / (known.weight + SCATTER_PRIOR)
    const beyond = n0 > 1 ? Math.max(0, times - 1) / (n0 - 1) : 0
    return Math.min(0.9, 1 / (known.n + 2) + beyond)
  }

  function read(): ShareReading {
    const [expected, rho] = [share(), correlation()]
    const judged = (window: Window): JudgedWindow => ({ ...window, ...interval(expected, rho, window.n) })
    const latest = judged(lately(shortest))
    let best: Pick<ShareReading, 'p' | 'direction' | 'window'> | null = null
    for (const [place, steps] of options.windows.entries()) {
      const window = lately(steps, LEAST_TO_TELL)
      if (window.n < LEAST_TO_TELL) continue
      const direction = window.plus > window.n * expected ? 'up' : 'down'
      const { upper, lower } = shareTails(window.plus, window.n, expected, rho)
      const tail = direction === 'up' ? upper : lower
      const often = volumes[place]?.oftenness(tail, direction, { expected, rho }) ?? tail
      const p = Math.min(1, 2 * options.windows.length * often)
      if (!best || p < best.p) best = { p, direction, window: judged(window) }
    }
    return { expected, latest, ...(best ?? { p: 1, direction: null, window: latest }) }
  }

  /** The latest steps, and so many more before them that they hold the least number of rows, where there are as many. */
  function lately(steps: number, least = 0): Window {
    let [n, plus, back] = [0, 0, 0]
    while (back < recent.length && (back < steps || n < least)) {
      const step = recent[recent.length - ++back]!
      n += step.n
      plus += step.plus
    }
    return { steps: Math.max(steps, back), n, plus }
  }

  /** Takes a window in; what lies beyond three standard deviations counts as lying there, so that a fault is not learnt at once. */
  function learn(n: number, plus: number): void {
    known.windows++
    if (n > 0) {
      const p = share()
      const spread = Math.sqrt(n * p * (1 - p) * (1 + (n - 1) * correlation()))
      const bounded = known.n >= LEAST_ROWS ? Math.max(n * p - 3 * spread, Math.min(n * p + 3 * spread, plus)) : plus
      if (n >= SCATTER_ROWS && known.n >= LEAST_ROWS) {
        known.scatter = known.scatter * keep + (bounded - n * p) ** 2 / (n * p * (1 - p))
        known.weight = known.weight * keep + 1
        n0 += (n - n0) / Math.max(1, known.weight)
      }
      known.plus += bounded
      known.n += n
    }
    known.plus *= keep
    known.n *= keep
  }

  return { push }
}

/** Ends between which 95 of 100 shares of `n` rows lie under the beta-binomial law, by its variance. */
function interval(share: number, rho: number, n: number): { low: number; high: number } {
  const rows = Math.max(1, n)
  const spread = Math.sqrt((share * (1 - share) * (1 + (rows - 1) * rho)) / rows)
  return { low: Math.max(0, share - 1.96 * spread), high: Math.min(1, share + 1.96 * spread) }
}
