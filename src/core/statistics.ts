import { createRequire } from 'node:module'

// jstat ships as CommonJS without types; these four are all that is used of it.
interface Quantiles {
  normal: { inv(p: number, mean: number, sd: number): number; cdf(x: number, mean: number, sd: number): number }
  studentt: { inv(p: number, df: number): number; cdf(x: number, df: number): number }
  chisquare: { cdf(x: number, df: number): number }
  beta: { inv(p: number, alpha: number, beta: number): number }
}
const jstat = createRequire(import.meta.url)('jstat') as Quantiles

/** Two-sided 95 %. */
export const Z95 = jstat.normal.inv(0.975, 0, 1)

/** The two-sided p of a standard normal statistic. */
export const normalP = (z: number): number => 2 * (1 - jstat.normal.cdf(Math.abs(z), 0, 1))

/** The quantile of Student's t, such as `tQuantile(0.975, 22)`. */
export const tQuantile = (p: number, df: number): number => jstat.studentt.inv(p, df)

/** The two-sided p of a t statistic. */
export const tP = (t: number, df: number): number => 2 * (1 - jstat.studentt.cdf(Math.abs(t), df))

/** The p of a χ² statistic: how often chance alone gives as much or more. */
export const chiSquareP = (x: number, df: number): number => 1 - jstat.chisquare.cdf(x, df)

/** The quantile of a beta distribution. */
export const betaQuantile = (p: number, alpha: number, beta: number): number => jstat.beta.inv(p, alpha, beta)
