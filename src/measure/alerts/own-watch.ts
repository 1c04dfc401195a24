import { addDays, localDay } from '../../core/clock.ts'
import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { conversations } from '../indicators/conversations.ts'
import type { Asking, Counting, Unit } from '../indicators/define.ts'
import { compileOwn } from '../indicators/own/compile.ts'
import { namesIn, type OwnDefinition } from '../indicators/own/definition.ts'
import type { KeptIndicator } from '../indicators/own/keep.ts'
import { restrictions, SETTLED_DAYS } from '../indicators/own/known.ts'
import { REFUND_DAYS } from '../returns.ts'
import { wholeSlice } from '../slice.ts'
import { type FindWatch, findWatch, type RowWatch, type Watch, watches } from './watch.ts'

/** Whose indicators they are, and how long an order can come back. */
export type Owner = Pick<Asking, 'returnWindowDays' | 'zone'> & { tenant: NonNullable<Asking['tenant']> }

/** Why nothing can be watched under an id: its indicator is listed no more, is there no more, or is a percentile. */
export type Unwatchable = 'retired' | 'gone' | 'percentile'

/** What a tenant can watch: what is built in, and the shares and means that it put together. */
export interface WatchBook {
  /** What an id stands for; of an indicator that is retired or a percentile too, so that what it once told can still be read. */
  find: FindWatch
  listed: readonly (Watch & { own: boolean })[]
  /** Null where it can be watched. */
  whyNot(id: string): Unwatchable | null
  /** Since when what is watched under an id is what it is; null where it always was. */
  definedAt(id: string): number | null
}

/** What an indicator is called as something to watch. */
export const watchIdOf = (indicatorId: string): string => `indicator.${indicatorId}`

export function watchBook(own: readonly KeptIndicator[], owner: Owner): WatchBook {
  const kept = new Map(own.map((one) => [watchIdOf(one.id), one]))
  const mine = new Map(own.map((one) => [watchIdOf(one.id), watchOfOwn(one, owner)]))
  const find: FindWatch = (id) => mine.get(id) ?? findWatch(id)
  const whyNot = (id: string): Unwatchable | null => {
    const found = kept.get(id)
    if (!found) return findWatch(id) ? null : 'gone'
    if (isPercentile(found)) return 'percentile'
    return found.retiredAt === null ? null : 'retired'
  }
  return {
    find,
    listed: [
      ...watches.map((one) => ({ ...one, own: false })),
      ...[...mine.values()].filter(({ id }) => whyNot(id) === null).map((one) => ({ ...one, own: true })),
    ],
    whyNot,
    definedAt: (id) => kept.get(id)?.changedAt ?? null,
  }
}

const isPercentile = ({ definition: { of } }: KeptIndicator): boolean => !('share' in of || 'mean' in of)

/** What a mean is measured in, where its name does not say it. */
const measures: Readonly<Partial<Record<Unit, Words>>> = {
  minutes: { zh: '（分钟）', en: ' (minutes)' },
  days: { zh: '（天）', en: ' (days)' },
}

const DAY_MS = 86_400_000
/** Rows of the days around are read too: a day begins at another moment in every zone. */
const SLACK_DAYS = 2
/** Later than any record: whether a case is known already is a matter of its moment here. */
const NEVER = Date.UTC(2100, 0, 1)

/**
 * A tenant's own indicator as something to watch. A case counts at the moment from which on it is known: a voice or an event when it happened, a
 * conversation a day after it began, an order line when it was placed or, where the definition asks what became of it, once that is known.
 */
function watchOfOwn({ id, definition }: KeptIndicator, owner: Owner): RowWatch {
  const asking: Asking = { ...owner, asOf: NEVER }
  const { zh, en, higherIsBetter, counting, unit } = compileOwn(id, definition)
  const { table, where, of } = definition
  const ofVoices = table === 'voices'
  const measure = measures[unit] ?? { zh: '', en: '' }
  return {
    ...{ id: watchIdOf(id), zh: zh + measure.zh, en: en + measure.en, owner: 'customer-service' },
    table: table === 'conversations' ? 'voices' : table,
    ...fromOf(definition),
    at: momentOf(definition, owner),
    ...countedAs(of, counting, asking),
    by: ['category', 'merchant', 'city', 'channel', 'product', ...(table === 'orders' ? [] : ['customer' as const])],
    bad: higherIsBetter ? 'down' : 'up',
    ...(ofVoices ? { topic: 'voices' } : {}),
    revision: JSON.stringify([where, of, owner.returnWindowDays, owner.zone]),
  }
}

/** A share, a mean, or nothing at all: a percentile keeps its name alone. */
function countedAs(
  of: OwnDefinition['of'],
  { rows, plus, value }: Counting,
  asking: Asking,
): Pick<RowWatch, 'unit' | 'rows' | 'plus' | 'value'> {
  if ('share' in of) return { unit: 'share', rows: rows(asking), plus: plus!(asking) }
  return 'mean' in of
    ? { unit: 'mean', rows: rows(asking), value: value!(asking) }
    : { unit: 'mean', rows: sql`0`, value: sql`0` }
}

/** Where the rows are not those of a table as it stands: conversations are made of voices, and the facts of an event are its properties. */
function fromOf(definition: OwnDefinition): Pick<RowWatch, 'from'> {
  const { table } = definition
  if (table === 'conversations')
    return {
      from: ({ tenant, from, to }) => {
        const first = addDays(localDay(from, 'UTC'), -SLACK_DAYS)
        const slice = wholeSlice(tenant, first, addDays(localDay(to, 'UTC'), SLACK_DAYS))
        return sql`(${conversations(slice, conversationColumns)}) AS cases`
      },
    }
  if (table === 'events' && namesIn(definition).fields.has('tier'))
    return { from: ({ tenant }) => sql`(SELECT *, props AS facts FROM events WHERE tenant = ${tenant}) AS cases` }
  return {}
}

const conversationColumns = [
  ...(['day', 'at', 'id', 'kind', 'order_id', 'product_id', 'merchant_id', 'category', 'city', 'channel'] as const),
  ...(['customer_ref', 'facts'] as const),
]

/** Epoch milliseconds from which on a case is known. */
function momentOf(definition: OwnDefinition, { returnWindowDays }: Owner): Sql {
  if (definition.table === 'conversations') return sql`(at + ${DAY_MS})`
  if (definition.table !== 'orders') return sql`at`
  const waits = new Set(restrictions(definition).map(({ id }) => id))
  const known: Sql[] = [sql`ordered_at`]
  const closed = (days: number) => sql`(ifNull(delivered_at, ordered_at) + ${days * DAY_MS})`
  if (waits.has('returns')) known.push(closed(returnWindowDays))
  if (waits.has('refunds')) known.push(closed(returnWindowDays + REFUND_DAYS))
  // A day after the promised moment the promised day is over in every zone.
  if (waits.has('promise')) known.push(sql`(ifNull(promised_at, ordered_at) + ${DAY_MS})`)
  if (waits.has('settled')) known.push(sql`(ordered_at + ${SETTLED_DAYS * DAY_MS})`)
  return known.reduce((one, other) => sql`greatest(${one}, ${other})`)
}
