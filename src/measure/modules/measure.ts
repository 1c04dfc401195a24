import { addDays } from '../../core/clock.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { abovePeriods } from '../indicators/above.ts'
import { type Pair, tryPairs } from '../indicators/apart.ts'
import { DISCOVERY_RATE, type Judgement } from '../indicators/compare.ts'
import type { Asking, Indicator } from '../indicators/define.ts'
import { findIndicator } from '../indicators/list.ts'
import { type IndicatorSummary, measureTogether, type Step } from '../indicators/measure.ts'
import { positiveShare } from '../indicators/positive_share/positive_share.ts'
import { lengthInDays, previousSlice, type Slice } from '../slice.ts'
import type { Kpi, Module } from './define.ts'

export interface KpiFigure extends IndicatorSummary {
  /** The days it is counted over: earlier than those asked for where it takes time until all is known. */
  period: { from: string; to: string }
  previousPeriod: { from: string; to: string }
  /** How often chance alone changes as much; null where there is no change to tell of. */
  p: number | null
  /** The same, adjusted over all figures of the module. */
  q: number | null
  judgement: Judgement
}

export interface ModuleQuestion {
  slice: Slice
  asking: Asking & { step?: Step }
  /** The last local day of which the data tell. */
  lastDay: string
  /** The first one: a period before it is no comparison. */
  firstDay: string
  /** Ids of the aspects that belong to the module. */
  aspects: readonly string[]
}

/** The indicator behind a KPI, over the aspects of the module where it is about what is said. */
export function indicatorOf({ id, own: made }: Kpi, aspects: readonly string[]): Indicator {
  if (made) return made
  if (id !== 'praise') return findIndicator(id)!
  // Without an aspect of its own nothing is said of a module.
  const own = aspects.length > 0 ? sql`aspect IN ${aspects}` : sql`0`
  const counting = { ...positiveShare.byMention, rows: () => own }
  return { ...positiveShare, id: 'praise', counting, byMention: counting }
}

/** The period of a KPI: as long as the one asked for, and so early that all of it is known. */
export function knownSlice(kpi: Kpi, slice: Slice, lastDay: string): Slice {
  if (!kpi.knownAfterDays) return slice
  const to = [slice.to, addDays(lastDay, -kpi.knownAfterDays)].sort()[0]!
  return { ...slice, from: addDays(to, 1 - lengthInDays(slice)), to }
}

/** Every KPI of a module with its run and its change; the changes are judged together (Benjamini and Hochberg 1995). */
export async function measureModule(
  analytics: Analytics,
  module: Module,
  { slice, asking, lastDay, firstDay, aspects }: ModuleQuestion,
): Promise<KpiFigure[]> {
  const questions = module.kpis.map((kpi) => ({
    indicator: indicatorOf(kpi, aspects),
    slice: knownSlice(kpi, slice, lastDay),
  }))
  const [tallied, ranks] = await Promise.all([
    measureTogether(analytics, questions, asking),
    Promise.all(questions.map((question) => ranksOf(analytics, question, asking))),
  ])
  const figures = questions.map(({ indicator, slice: known }, place) => {
    const before = previousSlice(known)
    const { summary, now, then } = tallied[place]!
    const [tried] = tryPairs(indicator, [{ one: now, other: then, above: ranks[place] }])
    const { change = null, p = null } = (firstDay <= before.from && tried) || {}
    return {
      ...{ ...summary, change, p },
      period: { from: known.from, to: known.to },
      previousPeriod: { from: before.from, to: before.to },
    }
  })
  return judgeTogether(figures)
}

/** The values behind a percentile are not in its tally: how many lie above that of both periods is asked for. */
async function ranksOf(
  analytics: Analytics,
  { indicator, slice }: { indicator: Indicator; slice: Slice },
  asking: Asking,
): Promise<Pair['above']> {
  const { counting, interval, percent = 50 } = indicator
  if (interval !== 'order_statistics') return undefined
  return (await abovePeriods(analytics, { counting, percent }, [slice, previousSlice(slice)], asking)).get('')
}

function judgeTogether<F extends { p: number | null }>(
  figures: readonly F[],
): (F & Pick<KpiFigure, 'q' | 'judgement'>)[] {
  const qs = falseDiscovery(figures.flatMap(({ p }) => (p === null ? [] : [p])))
  let place = 0
  return figures.map((figure) => {
    const q = figure.p === null ? null : qs[place++]!
    const judgement = q === null ? 'cannot_tell' : q <= DISCOVERY_RATE ? 'more_than_chance' : 'within_chance'
    return { ...figure, q, judgement }
  })
}
