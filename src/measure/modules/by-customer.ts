import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { asCovered, type ByCustomer, measureEachByCustomer } from '../indicators/by-customer.ts'
import { previousSlice } from '../slice.ts'
import type { Module } from './define.ts'
import { indicatorOf, knownSlice, type ModuleQuestion } from './measure.ts'

/** Every KPI of a module, over its own period, with an interval that knows that several cases may be one customer's. */
export async function moduleByCustomer(
  analytics: Analytics,
  module: Module,
  { slice, asking, lastDay, firstDay, aspects }: ModuleQuestion,
): Promise<(ByCustomer | null)[]> {
  const questions = module.kpis.map((kpi) => ({
    indicator: indicatorOf(kpi, aspects),
    slice: knownSlice(kpi, slice, lastDay),
  }))
  const found = await measureEachByCustomer(analytics, questions, asking)
  return found.map((one, place) => {
    const covered = firstDay <= previousSlice(questions[place]!.slice).from
    return one && asCovered(one, covered)
  })
}
