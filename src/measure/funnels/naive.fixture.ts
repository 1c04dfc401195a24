import type { Condition, Funnel, Step } from './definition.ts'

/** A funnel counted by hand: one pass over every unit's rows in TypeScript, written without a thought of how the store does it. */

export interface NaiveEvent {
  id: string
  at: number
  name: string
  day: string
  session: string
  customer_ref: string
  channel: string
  touchpoint: string
  props: Record<string, string | number | boolean>
}

function holds(event: NaiveEvent, condition: Condition): boolean {
  if ('field' in condition)
    return condition.in.includes(event[condition.field as 'channel' | 'touchpoint'] ?? '') !== (condition.not === true)
  const value = event.props[condition.prop]
  if ('in' in condition)
    return (value !== undefined && (condition.in as unknown[]).includes(value)) !== (condition.not === true)
  return (
    typeof value === 'number' && value >= (condition.atLeast ?? -Infinity) && value <= (condition.atMost ?? Infinity)
  )
}

const fits = (event: NaiveEvent, step: Step): boolean =>
  'order' in step
    ? false
    : (step.events.length === 0 || step.events.includes(event.name)) && step.where.every((one) => holds(event, one))

/** How deep each unit came, and when. */
export function naiveWalks(
  events: readonly NaiveEvent[],
  funnel: Funnel,
  { from, to }: { from: string; to: string },
): Map<string, { depth: number; times: number[] }> {
  const units = new Map<string, NaiveEvent[]>()
  for (const event of new Map(events.map((one) => [one.id, one])).values()) {
    const unit = funnel.unit === 'session' ? event.session : event.customer_ref
    if (unit !== '') units.set(unit, [...(units.get(unit) ?? []), event])
  }
  const found = new Map<string, { depth: number; times: number[] }>()
  for (const [unit, own] of units) {
    const walk = deepest(own, funnel, { from, to })
    if (walk.length > 0) found.set(unit, { depth: walk.length, times: walk })
  }
  return found
}

interface Moment {
  at: number
  steps: number[]
}

function deepest(own: readonly NaiveEvent[], funnel: Funnel, { from, to }: { from: string; to: string }): number[] {
  const moments: Moment[] = own
    .map((event) => ({
      at: event.at,
      steps: funnel.steps.flatMap((step, i) =>
        fits(event, step) && (i > 0 || (event.day >= from && event.day <= to)) ? [i] : [],
      ),
    }))
    .filter(({ steps }) => steps.length > 0)
    .sort(before)
  let best: number[] = []
  for (const start of moments.filter(({ steps }) => steps.includes(0))) {
    const walk = [start]
    for (let step = 1; step < funnel.steps.length; step++) {
      const after = funnel.order === 'in_order' ? walk.at(-1)! : start
      const next = moments.find(
        (one) =>
          one.steps.includes(step) && before(after, one) < 0 && one.at - start.at <= funnel.windowMinutes * 60_000,
      )
      if (!next) break
      walk.push(next)
    }
    if (walk.length > best.length) best = walk.map(({ at }) => at)
  }
  return best
}

/** In time; within one millisecond in the order of the deepest step, then of the next deepest. */
function before(one: Moment, other: Moment): number {
  const weight = ({ steps }: Moment) => steps.reduce((sum, step) => sum + 2 ** step, 0)
  return one.at - other.at || weight(one) - weight(other)
}
