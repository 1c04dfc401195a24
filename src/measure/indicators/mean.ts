import { mean, meanChange, type Sums } from '../../core/mean.ts'
import type { Tally } from './define.ts'

const sums = ({ n, sum = 0, squares = 0 }: Tally): Sums => ({ n, sum, squares })

/** How an indicator that is a mean reads its tally; `scale` is where its values can lie. */
export const asMean = (scale: readonly [number, number]) =>
  ({
    interval: 't',
    estimate: (tally: Tally) => mean(sums(tally), scale),
    change: (now: Tally, before: Tally) => meanChange(sums(now), sums(before)),
  }) as const
