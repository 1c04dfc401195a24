import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { within } from '../slice.ts'
import { chosen, type VoiceFilter } from './filter.ts'
import type { VoiceQuestion } from './page.ts'

export interface FacetCount {
  key: string
  n: number
}

export interface VoiceFacets {
  category: FacetCount[]
  kind: FacetCount[]
  sentiment: FacetCount[]
  aspect: FacetCount[]
  scene: FacetCount[]
  emotion: FacetCount[]
  intent: FacetCount[]
  urgency: FacetCount[]
  merchant: FacetCount[]
  city: FacetCount[]
  aspects: AspectCount[]
  scenes: { scene: string; n: number; negative: number }[]
}

/** Voices that mention the aspect, by the polarity with which they do; neutral holds mixed. A voice can praise and blame. */
export interface AspectCount {
  aspect: string
  n: number
  positive: number
  neutral: number
  negative: number
  negativeShare: Estimate
}

const MOST = 60

const facets: Record<string, { key: Sql; without(question: VoiceQuestion): VoiceQuestion }> = {
  category: { key: sql`category`, without: withoutSlice('category') },
  merchant: { key: sql`merchant_id`, without: withoutSlice('merchant') },
  city: { key: sql`city`, without: withoutSlice('city') },
  kind: { key: sql`kind`, without: withoutFilter('kind') },
  sentiment: { key: sql`sentiment`, without: withoutFilter('sentiment') },
  emotion: { key: sql`emotion`, without: withoutFilter('emotion') },
  intent: { key: sql`arrayJoin(intents)`, without: withoutFilter('intent') },
  urgency: { key: sql`urgency`, without: withoutFilter('urgency') },
  aspect: { key: sql`arrayJoin(arrayDistinct(aspects))`, without: withoutFilter('aspect') },
  scene: { key: sql`arrayJoin(arrayDistinct(scenes))`, without: withoutFilter('scene') },
}

function withoutSlice(name: 'category' | 'merchant' | 'city') {
  return (question: VoiceQuestion): VoiceQuestion => ({ ...question, slice: { ...question.slice, [name]: [] } })
}

function withoutFilter(name: keyof VoiceFilter) {
  return (question: VoiceQuestion): VoiceQuestion => ({
    ...question,
    filter: { ...question.filter, [name]: undefined },
  })
}

/** How a selection of voices divides. A facet ignores its own filter, so that its other values stay visible. */
export async function countFacets(analytics: Analytics, question: VoiceQuestion): Promise<VoiceFacets> {
  const counted = Object.entries(facets).map(async ([name, facet]) => {
    const asked = facet.without(question)
    const rows = await analytics.query<FacetCount>(sql`
      SELECT ${facet.key} AS key, count() AS n FROM voices WHERE ${chosen(asked.slice, asked.filter, question)}
      GROUP BY key ORDER BY n DESC, key LIMIT ${MOST}`)
    return [name, rows.filter(({ key }) => key !== '')] as const
  })
  const [lists, rail] = await Promise.all([Promise.all(counted), readingRail(analytics, question)])
  return { ...(Object.fromEntries(lists) as Omit<VoiceFacets, 'aspects' | 'scenes'>), ...rail }
}

/** What the selection speaks of: aspects by polarity, scenes by how often something is blamed in them. Counts voices, once each. */
async function readingRail(
  analytics: Analytics,
  question: VoiceQuestion,
): Promise<Pick<VoiceFacets, 'aspects' | 'scenes'>> {
  const mentions = mentionsOf(question.slice, question)
  const [aspects, scenes] = await Promise.all([
    analytics.query<Omit<AspectCount, 'negativeShare'>>(sql`
      SELECT aspect, count() AS n, countIf(praised) AS positive, countIf(neither) AS neutral, countIf(blamed) AS negative
      FROM (
        SELECT aspect, voice_id, max(polarity = 'positive') AS praised, max(polarity = 'negative') AS blamed,
          max(polarity IN ('neutral', 'mixed')) AS neither
        FROM mentions WHERE ${mentions} GROUP BY aspect, voice_id
      )
      GROUP BY aspect ORDER BY n DESC, aspect LIMIT ${MOST}`),
    analytics.query<VoiceFacets['scenes'][number]>(sql`
      SELECT scene, count() AS n, countIf(blamed) AS negative
      FROM (SELECT scene, voice_id, max(polarity = 'negative') AS blamed FROM mentions WHERE ${mentions} AND scene != '' GROUP BY scene, voice_id)
      GROUP BY scene ORDER BY n DESC, scene LIMIT ${MOST}`),
  ])
  return { aspects: aspects.map((row) => ({ ...row, negativeShare: wilson(row.negative, row.n) })), scenes }
}

/** The mentions of a selection. Where nothing but the slice is asked for, the voices need not be looked up: only what customers say is read. */
function mentionsOf(slice: Slice, question: VoiceQuestion): Sql {
  const { speaker = [], ...others } = question.filter
  const apart = speaker.length > 0 && !speaker.includes('customer')
  const filtered =
    apart ||
    Object.values(others).some((value) =>
      Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '' && value !== false,
    )
  if (!filtered) return within(slice, 'mentions')
  return sql`${within(slice, 'mentions')} AND voice_id GLOBAL IN (SELECT id FROM voices WHERE ${chosen(slice, question.filter, question)})`
}
