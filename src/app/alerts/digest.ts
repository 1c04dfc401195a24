import { addDays, localDay } from '../../core/clock.ts'
import type { IncidentView } from './view.ts'

export interface Digest {
  /** The local day that it sums up: the last whole one that was judged. */
  day: string
  /** Incidents found on it, over on it, and those that still go on; ids, the most urgent first. */
  found: string[]
  over: string[]
  open: string[]
}

/** A day in short: what came, what went, what stays. What was called a false alarm is none of it. */
export function digestOf(
  incidents: readonly Pick<IncidentView, 'id' | 'foundAt' | 'lastAt' | 'state' | 'falseAlarm' | 'urgency'>[],
  present: number,
  zone: string,
): Digest {
  const day = addDays(localDay(present - 1, zone), -1)
  const real = incidents.filter((one) => !one.falseAlarm).sort((one, other) => other.urgency - one.urgency)
  const ids = (list: typeof real) => list.map(({ id }) => id)
  return {
    day,
    found: ids(real.filter((one) => localDay(one.foundAt - 1, zone) === day)),
    over: ids(real.filter((one) => one.state === 'closed' && localDay(one.lastAt, zone) === day)),
    open: ids(real.filter((one) => one.state === 'open' && localDay(one.foundAt - 1, zone) <= day)),
  }
}
