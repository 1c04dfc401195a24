import { addDays, localDay } from '../../core/clock.ts'
import type { IncidentView } from './view.ts'

type Told = Pick<IncidentView, 'id' | 'foundAt' | 'lastAt' | 'state' | 'falseAlarm' | 'urgency'>

/** Incidents found in some days, over in them, and those that still go on; the most urgent first. */
export interface Digest<I> {
  found: I[]
  over: I[]
  open: I[]
}

/** The last local day that was judged whole: what is judged up to midnight is judged of the whole day before. */
export const lastWholeDay = (judgedUntil: number, zone: string): string => addDays(localDay(judgedUntil, zone), -1)

/** Some local days in short: what came, what went, what stays. What was called a false alarm is none of it. */
export function digestOf<I extends Told>(
  incidents: readonly I[],
  { from, to }: { from: string; to: string },
  zone: string,
): Digest<I> {
  const real = incidents.filter((one) => !one.falseAlarm).sort((one, other) => other.urgency - one.urgency)
  const isWithin = (at: number) => localDay(at, zone) >= from && localDay(at, zone) <= to
  return {
    found: real.filter((one) => isWithin(one.foundAt - 1)),
    over: real.filter((one) => one.state === 'closed' && isWithin(one.lastAt)),
    open: real.filter((one) => one.state === 'open' && localDay(one.foundAt - 1, zone) <= to),
  }
}
