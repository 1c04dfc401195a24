import { type Change, type Estimate, FEW } from '../../core/estimate.ts'
import { medianOf } from '../../core/order-statistics.ts'
import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { compareParts, judge, type Part } from './compare.ts'
import { valueText } from './conditions.ts'
import type { Funnel } from './definition.ts'
import { withStanding } from './known.ts'
import { walks } from './walks.ts'

interface FunnelStep {
  /** Sessions or customers who came so far. */
  reached: number
  /** Of those who began, and of those at the step before. */
  ofFirst: Estimate
  ofPrevious: Estimate
  /** Seconds since the step before (in any order: since the first), median with its exact interval. Empty at the first step. */
  seconds: Estimate
}

interface FunnelGroup {
  key: string
  label: string
  n: number
  /** Of those who began, by step. */
  steps: Estimate[]
  /** The whole funnel beside everybody outside the group. */
  change: Change | null
}

export interface FunnelResult {
  steps: FunnelStep[]
  /** Of those who did not come through, how many may still: their window was open when the data end. */
  open: number
  /** Most people first; groups below 30 are folded into one with the key `others`. Empty without a breakdown. */
  groups: FunnelGroup[]
}

interface Row {
  told: string
  depth: number
  n: number
  open: number
  /** Gaps (`gapsOf`) and how often each was seen. */
  counted: [gaps: number[], counts: number[]]
}

/** How many groups are shown by name. */
const MOST_GROUPS = 20

/** A funnel over a slice. `knownUntil` is the moment up to which the data tell what happened (epoch ms). */
export async function measureFunnel(
  analytics: Analytics,
  question: { slice: Slice; funnel: Funnel; knownUntil: number; label?: (key: string) => string },
): Promise<FunnelResult> {
  const { slice, funnel, knownUntil, label = (key: string) => key } = question
  const walked = walks({ slice, funnel, tell: funnel.by ? { by: [funnel.by], at: 0 } : undefined })
  const divided = funnel.by === 'customer' ? withStanding(walked, slice.tenant) : walked
  const value = trusted(funnel.by === 'customer' ? 'standing' : 'told[1]')
  const until = sql`times[1] + ${funnel.windowMinutes * 60_000} > ${knownUntil}`
  const rows = await analytics.query<Row>(sql`
    SELECT ${value} AS told, depth, count() AS n, countIf(${until} AND depth < ${funnel.steps.length}) AS open,
      sumMap(gaps, arrayMap(gap -> toUInt64(1), gaps)) AS counted
    FROM (SELECT *, ${gapsOf(funnel)} AS gaps FROM (${divided})) GROUP BY told, depth`)
  const gaps = gapsIn(rows)
  const reached = reachedOf(rows, funnel)
  const steps = reached.map((n, i) => ({
    reached: n,
    ofFirst: wilson(n, reached[0]!),
    ofPrevious: wilson(n, i === 0 ? n : reached[i - 1]!),
    seconds: medianOf(gaps.filter((gap) => gap.step === i).map((gap) => ({ value: gap.seconds, n: gap.n }))),
  }))
  const groups = funnel.by ? groupsOf(rows, funnel, label) : []
  return { steps, open: rows.reduce((sum, row) => sum + row.open, 0), groups }
}

/** Seconds and the step at which they end, as one number. */
const STEPS = 16

/** Whole seconds before each step that was reached; from six hours on whole minutes, so that the answer stays short. */
function gapsOf({ order }: Funnel): Sql {
  const since = trusted(order === 'in_order' ? 'times[i + 1]' : 'times[1]')
  const seconds = sql`intDiv(times[i + 2] - ${since}, 1000)`
  const short = sql`if(${seconds} < 21600, ${seconds}, intDiv(${seconds}, 60) * 60)`
  return sql`arrayMap(i -> toUInt64(${short} * ${STEPS} + i + 1), range(toUInt32(depth - 1)))`
}

/** How often each gap was seen, over all rows. */
function gapsIn(rows: readonly Row[]): { step: number; seconds: number; n: number }[] {
  const counts = new Map<number, number>()
  for (const { counted } of rows)
    for (const [place, gap] of counted[0].entries()) counts.set(gap, (counts.get(gap) ?? 0) + counted[1][place]!)
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([gap, n]) => ({ step: gap % STEPS, seconds: Math.floor(gap / STEPS), n }))
}

const reachedOf = (rows: readonly Row[], { steps }: Funnel): number[] =>
  steps.map((_, i) => rows.reduce((sum, row) => sum + (row.depth > i ? row.n : 0), 0))

function groupsOf(rows: readonly Row[], funnel: Funnel, label: (key: string) => string): FunnelGroup[] {
  const byKey = new Map<string, Row[]>()
  for (const row of rows) {
    const key = valueText(funnel.by!, row.told)
    byKey.set(key, [...(byKey.get(key) ?? []), row])
  }
  const size = (group: readonly Row[]) => group.reduce((sum, row) => sum + row.n, 0)
  const sorted = [...byKey].sort((one, other) => size(other[1]) - size(one[1]) || one[0].localeCompare(other[0]))
  const shown = sorted.filter(([, group], i) => i < MOST_GROUPS && size(group) >= FEW)
  const folded = sorted.slice(shown.length).flatMap(([, group]) => group)
  const whole = reachedOf(rows, funnel)
  const reached = shown.map(([, group]) => reachedOf(group, funnel))
  const changes = judge(reached.map((one) => besideOthers(one, whole)))
  const groups = shown.map(([key], i) => ({
    key,
    label: key === '' ? '' : label(key),
    n: reached[i]![0]!,
    steps: reached[i]!.map((n) => wilson(n, reached[i]![0]!)),
    change: changes[i]!,
  }))
  if (folded.length === 0) return groups
  const rest = reachedOf(folded, funnel)
  const others = { key: 'others', label: '', n: rest[0]!, steps: rest.map((n) => wilson(n, rest[0]!)), change: null }
  return [...groups, others]
}

function besideOthers(reached: readonly number[], whole: readonly number[]) {
  const part = (counts: readonly number[]): Part => ({ k: counts.at(-1)!, n: counts[0]! })
  const [inside, all] = [part(reached), part(whole)]
  return compareParts(inside, { k: all.k - inside.k, n: all.n - inside.n })
}
