import { fitsExact, share, shareChange, wilson } from '../../core/share.ts'
import type { IntervalMethod, Tally } from './define.ts'

/** How an indicator that is a plain share reads its tally: `plus` of `n`. */
export const asShare = {
  unit: 'share',
  interval: 'wilson',
  intervalOf: ({ plus, n }: Tally): IntervalMethod => (fitsExact(plus, n) ? 'exact' : 'wilson'),
  estimate: ({ plus, n }: Tally) => share(plus, n),
  change: (now: Tally, before: Tally) => shareChange(wilson(now.plus, now.n), wilson(before.plus, before.n)),
} as const
