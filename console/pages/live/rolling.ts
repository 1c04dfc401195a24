import type { Estimate } from '../../../src/http/shapes.ts'

const Z95 = 1.959963984540054

/**
 * The share of those who went on, at each bin over it and the ones before, `back` bins in all, with Wilson's 95 % interval. The server gives
 * the counts by bin, so that every length of looking back is a sum of them.
 */
export function rolling(bins: readonly { n: number; went: number }[], back: number): Estimate[] {
  return bins.map((_, i) => {
    const seen = bins.slice(Math.max(0, i - back + 1), i + 1)
    const n = seen.reduce((sum, one) => sum + one.n, 0)
    const went = seen.reduce((sum, one) => sum + one.went, 0)
    return wilson(went, n)
  })
}

function wilson(k: number, n: number): Estimate {
  if (n === 0) return { value: null, low: null, high: null, n }
  const share = k / n
  const z2 = Z95 * Z95
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  return { value: share, low: k === 0 ? 0 : centre - half, high: k === n ? 1 : centre + half, n }
}
