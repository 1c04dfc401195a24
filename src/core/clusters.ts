/** What the cases of several customers come to: sums over customers of what each of them gave. */
export interface ClusterSums {
  clusters: number
  /** Cases. */
  n: number
  /** Sum of the values, and of their squares. */
  sum: number
  squares: number
  /** Over customers: the sum of (sum of the customer's values)², of that sum × the customer's cases, and of (cases)². */
  sumSquares: number
  sumCases: number
  caseSquares: number
}

/**
 * The design effect of a mean (a share is the mean of 0 and 1, a net score of −1, 0 and 1) whose cases come in clusters: the variance of a
 * ratio under cluster sampling, k ⁄ (k − 1) · Σ (y_c − m_c · ȳ)² ⁄ n² (Cochran 1977, Sampling Techniques, §2.11), over that of as many
 * independent cases (Rao and Scott 1992, Biometrics 48, 577–585). Never below 1: a smaller one is luck. 1 where nothing varies or there
 * is one cluster, of which nothing can be told.
 */
export function designEffect({ clusters, n, sum, squares, sumSquares, sumCases, caseSquares }: ClusterSums): number {
  if (clusters < 2 || n === 0) return 1
  const mean = sum / n
  const simple = squares / n - mean * mean
  if (!(simple > 1e-12)) return 1
  const between = sumSquares - 2 * mean * sumCases + mean * mean * caseSquares
  return Math.max(1, ((clusters / (clusters - 1)) * between) / (n * simple))
}
