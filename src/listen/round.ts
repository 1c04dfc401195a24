import { setImmediate as breathe } from 'node:timers/promises'
import { localDay } from '../core/clock.ts'
import { emptyReading, type Readable, type Reading } from '../core/reading.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Tabbed, tabbedRows } from '../store/clickhouse/analytics.ts'
import { daysOf, insertTogether } from '../store/clickhouse/marks.ts'
import type { Stores } from '../store/open.ts'
import { amended } from './amendments.ts'
import { catalogueOf, upsertProducts } from './catalogue.ts'
import { markRead, type UnreadBatch } from './inbox.ts'
import type { InputOf, Kept, RecordKind } from './kinds.ts'
import { type Key, Known, knownIn } from './known.ts'
import { type ArrivedOrder, orderRows } from './orders.ts'
import { keepReturnWords, returnWordsOf } from './returns/words.ts'
import { eventColumns, eventLine, mentionRows, voiceRow } from './rows.ts'

/** Understands a tenant's voices: as many readings as voices, in their order. */
export type ReadAll = (voices: Readable[], tenant: TenantId) => Promise<Reading[]>

/** For each text the index of an earlier one with nearly the same words, or null. */
export type FindCopies = (texts: readonly string[]) => (number | null)[]

export interface RoundParts {
  stores: Stores
  readAll: ReadAll
  findCopies?: FindCopies
}

/** What a round added, a tenant. */
export interface Change {
  tenant: TenantId
  voices: number
  mentions: number
  events: number
  orders: number
  products: number
}

interface Sourced<K extends RecordKind> {
  source: string
  record: Kept<K>
  receivedAt: number
}
type Sorted = { [K in keyof InputOf]: Sourced<K>[] }

interface TenantShare {
  tenant: TenantId
  sorted: Sorted
  fresh: Sourced<'voices'>[]
  readings: Reading[]
}

/** Batches whose voices are understood and can be written. */
export interface Round {
  batches: UnreadBatch[]
  shares: TenantShare[]
  /** The voices of this round by tenant: the round behind it must not take them for new while they are being written. */
  voices: Map<TenantId, Known>
}

/** Everything up to the writing: take out what is known already, enter the products, understand the voices. */
export async function prepareRound(parts: RoundParts, batches: UnreadBatch[], ahead?: Round): Promise<Round> {
  const round: Round = { batches, shares: [], voices: new Map() }
  for (const [tenant, sorted] of await sortBatches(batches)) {
    await upsertProducts(
      parts.stores.db,
      tenant,
      sorted.products.map((product) => product.record),
    )
    await inherit(parts.stores, tenant, sorted)
    const stored = await knownIn(parts.stores.analytics, 'voices', tenant, sorted.voices.map(keyOf))
    const taken = new Known()
    const isNew = (key: Key) => !stored.has(key) && !ahead?.voices.get(tenant)?.has(key)
    round.voices.set(tenant, taken)
    round.shares.push({ tenant, sorted, fresh: takeNew(sorted.voices, taken, isNew), readings: [] })
  }
  await understand(parts.readAll, round.shares)
  for (const share of round.shares) share.readings = await withAmendments(parts.stores, share)
  if (parts.findCopies) for (const share of round.shares) markCopies(share, parts.findCopies)
  return round
}

/**
 * Writes a prepared round and marks its batches read. Mentions go before their voices, and each table is asked by itself what it has:
 * a crash between any two steps leaves a state from which doing the round again adds just what is missing.
 */
export async function writeRound({ stores }: RoundParts, round: Round): Promise<Change[]> {
  const changes: Change[] = []
  for (const { tenant, sorted, fresh, readings } of round.shares) {
    const { analytics } = stores
    const counted = await knownIn(
      analytics,
      'mentions',
      tenant,
      fresh.filter((_, i) => readings[i]!.mentions.length > 0).map(keyOf),
    )
    const mentions = fresh.flatMap(({ source, record }, i) =>
      counted.has(keyOf({ record })) ? [] : mentionRows({ tenant, source }, record, readings[i]!),
    )
    const voices = fresh.map(({ source, record }, i) => voiceRow({ tenant, source }, record, readings[i]!))
    const events = await newEvents(stores, tenant, sorted.events)
    const arrived: ArrivedOrder[] = sorted.orders.map(({ record, ...rest }) => ({ ...rest, order: record }))
    // Of all events, the known ones too: a crash may have come between the words and the rows.
    const orders = await orderRows(analytics, tenant, arrived, {
      orders: await keepReturnWords(
        stores.db,
        tenant,
        sorted.events.map((event) => event.record),
      ),
      wordsOf: (ids) => returnWordsOf(stores.db, tenant, ids),
    })
    await insertTogether(analytics, [
      ['mentions', { ...tabbedRows(mentions), days: daysOf(mentions) }],
      ['voices', { ...tabbedRows(voices), days: daysOf(voices) }],
      ['events', events],
      ['orders', orders],
    ])
    changes.push({
      tenant,
      voices: voices.length,
      mentions: mentions.length,
      events: events.lines.length,
      orders: new Set(orders.map((row) => row.order_id)).size,
      products: sorted.products.length,
    })
  }
  await markRead(
    stores.db,
    round.batches.map((batch) => batch.id),
  )
  return changes
}

/** After so many records at a stretch, those who are waiting for an answer have their turn. */
const STRETCH = 2_000

async function sortBatches(batches: readonly UnreadBatch[]): Promise<Map<TenantId, Sorted>> {
  const byTenant = new Map<TenantId, Sorted>()
  let stretch = 0
  for (const { tenant, kind, source, records, received_at } of batches) {
    const sorted = byTenant.get(tenant) ?? { voices: [], events: [], orders: [], products: [] }
    byTenant.set(tenant, sorted)
    const receivedAt = received_at.getTime()
    const target = sorted[kind] as Sourced<RecordKind>[]
    for (const record of JSON.parse(records) as Kept[]) {
      target.push({ source, record, receivedAt })
      stretch++
    }
    if (stretch >= STRETCH) {
      await breathe()
      stretch = 0
    }
  }
  return byTenant
}

const keyOf = ({ record }: { record: Kept<'voices'> | Kept<'events'> }): Key => ({
  id: record.id,
  day: localDay(record.at, record.zone!),
})

/** The voices that are new, each once; they are entered in `taken`. */
function takeNew(
  records: readonly Sourced<'voices'>[],
  taken: Known,
  isNew: (key: Key) => boolean,
): Sourced<'voices'>[] {
  return records.filter((one) => takes(taken, keyOf(one), isNew))
}

function takes(taken: Known, key: Key, isNew: (key: Key) => boolean): boolean {
  if (taken.has(key) || !isNew(key)) return false
  taken.add(key)
  return true
}

/** The rows of the events that are new, each once. */
async function newEvents({ analytics }: Stores, tenant: TenantId, events: Sourced<'events'>[]): Promise<Tabbed> {
  const keys: Key[] = []
  for (const event of events) {
    if (keys.length % STRETCH === STRETCH - 1) await breathe()
    keys.push(keyOf(event))
  }
  const stored = await knownIn(analytics, 'events', tenant, keys)
  const taken = new Known()
  const isNew = (key: Key) => !stored.has(key)
  const lines: string[] = []
  const days = new Set<string>()
  for (let place = 0; place < events.length; place++) {
    if (place % STRETCH === STRETCH - 1) await breathe()
    const key = keys[place]!
    if (!takes(taken, key, isNew)) continue
    const { source, record } = events[place]!
    lines.push(eventLine({ tenant, source }, record, key.day))
    days.add(key.day)
  }
  return { columns: eventColumns, lines, days: new Map([[tenant, days]]) }
}

/** A record that names its product but not its category or merchant has those of the catalogue. */
async function inherit({ db }: Stores, tenant: TenantId, sorted: Sorted): Promise<void> {
  const lacking: Kept<'voices' | 'events'>[] = []
  const products = new Set<string>()
  for (const { record } of [...sorted.voices, ...sorted.events]) {
    if (record.productId === undefined || (record.category !== undefined && record.merchantId !== undefined)) continue
    lacking.push(record)
    products.add(record.productId)
  }
  const lines = sorted.orders.flatMap((one) => one.record.lines).filter((line) => line.category === undefined)
  for (const { productId } of lines) if (productId !== undefined) products.add(productId)
  const catalogue = await catalogueOf(db, tenant, products)
  if (catalogue.size === 0) return
  for (const record of lacking) {
    const entry = catalogue.get(record.productId!)
    if (!entry) continue
    if (entry.category !== '') record.category ??= entry.category
    if (entry.merchant_id !== '') record.merchantId ??= entry.merchant_id
  }
  for (const line of lines) {
    const entry = catalogue.get(line.productId ?? '')
    if (entry && entry.category !== '') line.category = entry.category
  }
}

/** What a person or a model made of a voice before stands when the voice is read again. */
async function withAmendments({ db }: Stores, { tenant, fresh, readings }: TenantShare): Promise<Reading[]> {
  const read = fresh.map((one, i) => ({ key: keyOf(one), reading: readings[i]! }))
  return amended(db, tenant, read)
}

/** Only the customer's own words are understood; what an agent, a bot or the system said is kept unread. */
async function understand(readAll: ReadAll, shares: readonly TenantShare[]): Promise<void> {
  await Promise.all(
    shares.map(async (share) => {
      const voices = share.fresh.map((one) => one.record)
      const toRead = voices.filter((voice) => voice.speaker === 'customer' && voice.text.trim() !== '')
      const readable = toRead.map(({ text, category, kind }) => ({ text, category, kind }))
      const readings = toRead.length === 0 ? [] : await readAll(readable, share.tenant)
      if (readings.length !== toRead.length)
        throw new Error(`the language engine answered ${readings.length} readings to ${toRead.length} voices`)
      const readingOf = new Map(toRead.map((voice, i) => [voice, readings[i]!]))
      share.readings = voices.map((voice) => readingOf.get(voice) ?? emptyReading())
    }),
  )
}

/** Copies are looked for among what customers said to one tenant in this round; the first to say it is no copy. */
function markCopies(share: TenantShare, findCopies: FindCopies): void {
  const said = share.fresh.flatMap(({ record }, i) => (record.speaker === 'customer' ? [{ record, i }] : []))
  findCopies(said.map(({ record }) => record.text)).forEach((original, at) => {
    if (original === null) return
    const { i } = said[at]!
    share.readings[i] = { ...share.readings[i]!, copyOf: said[original]!.record.id }
  })
}
