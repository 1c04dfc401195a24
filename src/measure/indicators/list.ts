import { csat } from './csat/csat.ts'
import type { Indicator } from './define.ts'
import { nps } from './nps/nps.ts'
import { positiveShare } from './positive_share/positive_share.ts'
import { returnRate } from './return_rate/return_rate.ts'

/** Every indicator, in the order in which they are shown. */
export const indicators = [nps, csat, positiveShare, returnRate] as const satisfies readonly Indicator[]

export type IndicatorId = (typeof indicators)[number]['id']

export const findIndicator = (id: string): Indicator | undefined => indicators.find((indicator) => indicator.id === id)
