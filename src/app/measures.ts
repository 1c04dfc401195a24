import { listTickets } from '../act/tickets.ts'
import { FEW } from '../core/estimate.ts'
import { ok } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Asking, type Dimension, dimensions, type Indicator } from '../measure/indicators/define.ts'
import { headlines, indicators } from '../measure/indicators/list.ts'
import { breakDown, measureIndicator, measureTogether, type Step } from '../measure/indicators/measure.ts'
import { findAnyIndicator, ownIndicators } from '../measure/indicators/own/keep.ts'
import { previousSlice, type Slice } from '../measure/slice.ts'
import { measureTouchpoints, scoreTouchpoints } from '../measure/touchpoints.ts'
import { countFacets } from '../measure/voices/facets.ts'
import type { VoiceFilter } from '../measure/voices/filter.ts'
import { voicesPerDay } from '../measure/voices/flow.ts'
import { readVoices, type VoiceQuestion } from '../measure/voices/page.ts'
import type { Core } from './core.ts'
import type { Findings } from './findings.ts'

/** Filters as the doors parse them; an open period is filled in with the tenant's usual one. */
export interface AskedSlice {
  from?: string
  to?: string
  category: string[]
  merchant: string[]
  product: string[]
  city: string[]
}

export interface AskedVoices extends AskedSlice {
  kind: string[]
  sentiment: string[]
  aspect: string[]
  scene: string[]
  emotion: string[]
  intent: string[]
  urgency: string[]
  speaker: string[]
  text?: string
  order?: string
  metric?: string
  rating?: 'low' | 'high'
  returned?: 'yes'
  /** A finding's id: the voices behind it, over its own period unless another is asked for. */
  driver?: string
}

const SHOWN_FINDINGS = 5
const SHOWN_TOUCHPOINTS = 5
const SHOWN_TICKETS = 5

/** Whose reading counts for each of some voices. */
type OriginsOf = (
  tenant: TenantId,
  voices: readonly { id: string; day: string }[],
) => Promise<('reader' | 'model' | 'person')[]>

/** Every figure that a page asks for. */
export function createMeasures(core: Core, findings: Findings, originsOf: OriginsOf) {
  const { stores, tenancy, names } = core
  const { analytics, db } = stores
  const touchpoints = new Map(names.aspects.map((aspect) => [aspect.id, aspect.touchpoint]))
  const touchpointOf = (aspect: string) => touchpoints.get(aspect)

  async function sliceOf(
    tenant: TenantId,
    { category, merchant, product, city, ...asked }: AskedSlice,
    now: number,
  ): Promise<Slice> {
    return { tenant, ...(await tenancy.period(tenant, asked, now)), category, merchant, product, city }
  }

  async function askingOf(tenant: TenantId, now: number): Promise<Asking> {
    const { settings, zone } = await tenancy.find(tenant)
    return {
      asOf: await tenancy.knownUntil(tenant, now),
      returnWindowDays: settings.returnWindowDays,
      zone,
      promotions: settings.promotions,
    }
  }

  /** A period that begins before the data do is no comparison: the first day of the data; null where they cover it. */
  async function uncovered(tenant: TenantId, before: Slice): Promise<string | null> {
    const first = (await tenancy.extent(tenant))?.from ?? before.from
    return first > before.from ? first : null
  }
  const isCovered = async (tenant: TenantId, before: Slice) => (await uncovered(tenant, before)) === null

  const summariesOf = async (asked: readonly Indicator[], slice: Slice, asking: Asking & { step?: Step }) =>
    (
      await measureTogether(
        analytics,
        asked.map((indicator) => ({ indicator, slice })),
        asking,
      )
    ).map(({ summary }) => summary)

  async function overview(tenant: TenantId, asked: AskedSlice, now: number) {
    const slice = await sliceOf(tenant, asked, now)
    const asking = await askingOf(tenant, now)
    const [summaries, found, touchpoints, voices, tickets] = await Promise.all([
      summariesOf(headlines, slice, asking),
      findings.list(tenant),
      scoreTouchpoints(analytics, slice, touchpointOf),
      voicesPerDay(analytics, slice),
      listTickets(db, tenant),
    ])
    const shown = found.findings.filter(
      (one) => asked.category.length === 0 || one.category === '' || asked.category.includes(one.category),
    )
    const before = previousSlice(slice)
    const covered = await isCovered(tenant, before)
    return {
      period: { from: slice.from, to: slice.to },
      previous: { from: before.from, to: before.to },
      indicators: covered ? summaries : summaries.map((one) => ({ ...one, change: null })),
      findings: shown.slice(0, SHOWN_FINDINGS),
      findingCount: shown.length,
      findingsReady: found.ready,
      worstTouchpoints: touchpoints
        .filter((one) => one.score.value !== null && one.score.n >= FEW)
        .sort((a, b) => a.score.value! - b.score.value!)
        .slice(0, SHOWN_TOUCHPOINTS)
        .map(({ id, score }) => ({ id, score })),
      voices,
      dueTickets: tickets.filter((ticket) => ticket.state !== 'closed').slice(0, SHOWN_TICKETS),
    }
  }

  async function indicator(
    tenant: TenantId,
    id: string,
    { step, ...asked }: AskedSlice & { step?: Step },
    now: number,
  ) {
    const found = await findAnyIndicator(db, tenant, id)
    if (!found) return undefined
    const slice = await sliceOf(tenant, asked, now)
    const summary = await measureIndicator(analytics, found, slice, { ...(await askingOf(tenant, now)), step })
    return (await isCovered(tenant, previousSlice(slice))) ? summary : { ...summary, change: null }
  }

  /** Every indicator that is listed, each as `indicator` tells it. */
  async function everyIndicator(tenant: TenantId, { step, ...asked }: AskedSlice & { step?: Step }, now: number) {
    const [slice, asking, own] = await Promise.all([
      sliceOf(tenant, asked, now),
      askingOf(tenant, now),
      ownIndicators(db, tenant),
    ])
    const covered = await isCovered(tenant, previousSlice(slice))
    const measured = await summariesOf([...indicators, ...own], slice, { ...asking, step })
    return covered ? measured : measured.map((one) => ({ ...one, change: null }))
  }

  async function indicatorBy(tenant: TenantId, id: string, by: string, asked: AskedSlice, now: number) {
    const found = await findAnyIndicator(db, tenant, id)
    if (!found || !isDimension(by)) return undefined
    const label = await labels(tenant, by)
    const broken = await breakDown(analytics, found, by, await sliceOf(tenant, asked, now), {
      ...(await askingOf(tenant, now)),
      label,
    })
    return broken.ok ? broken.value : undefined
  }

  async function labels(tenant: TenantId, by: Dimension): Promise<((key: string) => string) | undefined> {
    if (by !== 'product' && by !== 'merchant') return undefined
    const rows = await db
      .selectFrom('products')
      .select(['id', 'title', 'merchant_id', 'merchant_name'])
      .where('tenant', '=', tenant)
      .execute()
    const known = new Map(
      rows.map((row) => (by === 'product' ? [row.id, row.title] : [row.merchant_id, row.merchant_name])),
    )
    return (key) => known.get(key) || key
  }

  /** The selection of voices that is asked for: customers' own, unless other speakers are named. */
  async function voiceQuestion(tenant: TenantId, asked: AskedVoices, now: number): Promise<VoiceQuestion> {
    const finding = asked.driver === undefined ? undefined : await findings.find(tenant, asked.driver)
    const period = asked.from === undefined && asked.to === undefined ? finding?.period : undefined
    const filter: VoiceFilter = {
      kind: asked.kind,
      sentiment: asked.sentiment,
      aspect: asked.aspect,
      scene: asked.scene,
      emotion: asked.emotion,
      intent: asked.intent,
      urgency: asked.urgency,
      speaker: asked.speaker.length > 0 ? asked.speaker : ['customer'],
      text: asked.text,
      orderId: asked.order,
      metric: asked.metric,
      rating: asked.rating,
      returned: asked.returned === 'yes',
      driver: finding,
      touchpoints,
    }
    return { slice: await sliceOf(tenant, { ...asked, ...period }, now), filter, ...(await askingOf(tenant, now)) }
  }

  async function voices(tenant: TenantId, asked: AskedVoices & { cursor?: string; limit: number }, now: number) {
    const question = { ...(await voiceQuestion(tenant, asked, now)), cursor: asked.cursor, limit: asked.limit }
    const page = await readVoices(analytics, question)
    if (!page.ok) return page
    const origins = await originsOf(tenant, page.value.voices)
    return ok({ ...page.value, voices: page.value.voices.map((voice, i) => ({ ...voice, origin: origins[i]! })) })
  }

  return {
    sliceOf,
    askingOf,
    isCovered,
    uncovered,
    labels,
    overview,
    indicator,
    everyIndicator,
    indicatorBy,
    touchpoints: async (tenant: TenantId, asked: AskedSlice, now: number) =>
      measureTouchpoints(analytics, await sliceOf(tenant, asked, now), touchpointOf),
    voices,
    voiceFacets: async (tenant: TenantId, asked: AskedVoices, now: number) =>
      countFacets(analytics, await voiceQuestion(tenant, asked, now)),
  }
}

export type Measures = ReturnType<typeof createMeasures>

const isDimension = (by: string): by is Dimension => (dimensions as readonly string[]).includes(by)
