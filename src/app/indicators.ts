import { addDays } from '../core/clock.ts'
import { promotionOn } from '../core/promotions.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { asCovered, measureByCustomer, measureEachByCustomer } from '../measure/indicators/by-customer.ts'
import { type Comparison, compareGroups, comparePeriods } from '../measure/indicators/compare.ts'
import { type Asking, type Dimension, dimensions } from '../measure/indicators/define.ts'
import { readEvidence } from '../measure/indicators/evidence.ts'
import { indicators } from '../measure/indicators/list.ts'
import { findAnyIndicator, ownIndicators } from '../measure/indicators/own/keep.ts'
import { lengthInDays, previousSlice, type Slice } from '../measure/slice.ts'
import type { Core } from './core.ts'
import { createOwnIndicators, missing } from './indicators/own.ts'
import type { AskedSlice, Measures } from './measures.ts'

/** What an indicator is set against: another period, or for each group of a dimension all the others together. */
export interface AskedComparison extends AskedSlice {
  against: 'previous' | 'weekdays' | 'year' | 'period' | 'rest'
  otherFrom?: string
  otherTo?: string
  by?: string
}

export interface AskedEvidence extends AskedSlice {
  by?: string
  key?: string
  side: 'all' | 'up' | 'down' | 'neither'
  cursor?: string
  limit: number
}

/** What is behind an indicator, what it is set against, and the indicators that a tenant puts together. */
export function createIndicators(
  core: Core,
  measures: Pick<Measures, 'sliceOf' | 'askingOf' | 'labels' | 'isCovered' | 'uncovered' | 'everyIndicator'>,
) {
  const { analytics, db } = core.stores

  async function question(tenant: TenantId, id: string, asked: AskedSlice, now: number) {
    const indicator = await findAnyIndicator(db, tenant, id)
    if (!indicator) return missing(id)
    const [slice, asking] = await Promise.all([measures.sliceOf(tenant, asked, now), measures.askingOf(tenant, now)])
    return ok({ indicator, slice, asking })
  }

  async function compare(tenant: TenantId, id: string, asked: AskedComparison, now: number) {
    const made = await question(tenant, id, asked, now)
    if (!made.ok) return made
    const { indicator, slice, asking } = made.value
    const by = dimensionOf(asked.by)
    if (by === null || (asked.against === 'rest' && !by)) return noDimension(asked.by)
    const label = by && (await measures.labels(tenant, by))
    const other = otherPeriod(slice, asked)
    if (!other.ok) return other
    const compared =
      asked.against === 'rest'
        ? await compareGroups(analytics, indicator, by!, slice, { ...asking, label })
        : await comparePeriods(analytics, indicator, [slice, other.value], { ...asking, by, label })
    if (!compared.ok) return compared
    const uncovered = asked.against === 'rest' ? null : await measures.uncovered(tenant, other.value)
    return ok({
      id,
      against: asked.against,
      by: by ?? null,
      period: { from: slice.from, to: slice.to },
      other: asked.against === 'rest' ? null : { from: other.value.from, to: other.value.to },
      promotions: {
        period: promotionsIn(slice, asking),
        other: asked.against === 'rest' ? [] : promotionsIn(other.value, asking),
      },
      noDataBefore: uncovered,
      comparisons: uncovered === null ? compared.value : compared.value.map(untold),
    })
  }

  async function evidence(tenant: TenantId, id: string, asked: AskedEvidence, now: number) {
    const made = await question(tenant, id, asked, now)
    if (!made.ok) return made
    const { indicator, slice, asking } = made.value
    const by = dimensionOf(asked.by)
    if (by === null) return noDimension(asked.by)
    const group = by && { by, key: asked.key ?? '' }
    const { side, cursor, limit } = asked
    return readEvidence(analytics, indicator, { ...asking, slice, group, side, cursor, limit })
  }

  /** The same figure with an interval that knows that several cases may be one customer's; null where that changes nothing. */
  async function byCustomer(tenant: TenantId, id: string, asked: AskedSlice, now: number) {
    const made = await question(tenant, id, asked, now)
    if (!made.ok) return made
    const { indicator, slice, asking } = made.value
    const found = await measureByCustomer(analytics, indicator, slice, asking)
    const covered = await measures.isCovered(tenant, previousSlice(slice))
    return ok({ byCustomer: found && asCovered(found, covered) })
  }

  /** The same of every indicator that is listed and of which it changes anything. */
  async function eachByCustomer(tenant: TenantId, asked: AskedSlice, now: number) {
    const [slice, asking, own] = await Promise.all([
      measures.sliceOf(tenant, asked, now),
      measures.askingOf(tenant, now),
      ownIndicators(db, tenant),
    ])
    const questions = [...indicators, ...own].map((indicator) => ({ indicator, slice }))
    const [found, covered] = await Promise.all([
      measureEachByCustomer(analytics, questions, asking),
      measures.isCovered(tenant, previousSlice(slice)),
    ])
    return questions.flatMap(({ indicator }, place) => {
      const one = found[place]
      return one ? [{ id: indicator.id, byCustomer: asCovered(one, covered) }] : []
    })
  }

  return {
    ...{ compare, evidence, byCustomer, eachByCustomer },
    all: measures.everyIndicator,
    ...createOwnIndicators(core, measures),
  }
}

const noDimension = (by: string | undefined): Result<never> =>
  fail({
    code: 'no-such-dimension',
    message: by ? `nothing is divided by ${by}` : 'each group against the rest needs a dimension',
    remedy: `Give by, one of: ${dimensions.join(', ')}.`,
    where: 'by',
  })

/** Against days of which nothing is known nothing is told. */
const untold = (one: Comparison): Comparison => ({ ...one, change: null, p: null, q: null, judgement: 'cannot_tell' })

/** Undefined where none is asked for, null where there is no such. */
function dimensionOf(by: string | undefined): Dimension | null | undefined {
  return by === undefined ? undefined : (dimensions.find((one) => one === by) ?? null)
}

/** The period that a slice is set against. `weekdays`: as long, earlier by whole weeks, so that each day meets its own weekday. */
function otherPeriod(slice: Slice, { against, otherFrom, otherTo }: AskedComparison): Result<Slice> {
  if (against === 'period') {
    if (otherFrom === undefined || otherTo === undefined || otherFrom > otherTo)
      return fail({
        code: 'no_other_period',
        message: 'the other period needs its first and its last day, in order',
        where: otherFrom === undefined ? 'otherFrom' : 'otherTo',
      })
    return ok({ ...slice, from: otherFrom, to: otherTo })
  }
  if (against === 'weekdays') {
    const back = -7 * Math.ceil(lengthInDays(slice) / 7)
    return ok({ ...slice, from: addDays(slice.from, back), to: addDays(slice.to, back) })
  }
  if (against === 'year') return ok({ ...slice, from: yearBefore(slice.from), to: yearBefore(slice.to) })
  return ok(previousSlice(slice))
}

/** The same day of the year before; 28 February for the 29th. */
function yearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0')
  return `${year}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`
}

/** The promotion days of a period: a comparison of a period that has some with one that has none says little of anything else. */
function promotionsIn({ from, to }: Pick<Slice, 'from' | 'to'>, { promotions }: Asking): { day: string; id: string }[] {
  const found: { day: string; id: string }[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const id = promotionOn(day, promotions)
    if (id) found.push({ day, id })
  }
  return found
}
