import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, sql } from '../../store/clickhouse/sql.ts'
import { type Facet, facetNames, facetTuples, splitItem } from '../rollups/facet.ts'
import { dividedBy, dividing, flow, told } from '../rollups/measures.ts'
import { askRolled } from '../rollups/read.ts'
import { none, type Scope } from '../rollups/rolling.ts'
import { within } from '../slice.ts'
import { chosen } from './filter.ts'
import type { VoiceQuestion } from './page.ts'

interface FacetCount {
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
interface AspectCount {
  aspect: string
  n: number
  positive: number
  neutral: number
  negative: number
  negativeShare: Estimate
}

const MOST = 60

/** A value with how many voices have it and, of an aspect, how many blame it. */
interface Value extends FacetCount {
  blamed: number
}
type Divided = ReadonlyMap<Facet, readonly Value[]>

/**
 * How a selection of voices divides. A facet ignores its own filter, so that its other values stay visible; all that have none are asked
 * in one statement. Where nothing but a slice is chosen, as when the page opens, the days' sums answer.
 */
export async function countFacets(analytics: Analytics, question: VoiceQuestion): Promise<VoiceFacets> {
  const own = facetNames.filter((name) => ignoring(question, name) !== question)
  const [whole, mentioned, ...apart] = await Promise.all([
    divide(analytics, question, facetNames),
    divideMentions(analytics, question),
    ...own.map((name) => divide(analytics, ignoring(question, name), [name])),
  ])
  const lists = facetNames.map((name) => {
    const values = (apart[own.indexOf(name)] ?? whole).get(name) ?? []
    return [name, mostFirst(values).map(({ key, n }) => ({ key, n }))]
  })
  return {
    ...(Object.fromEntries(lists) as Record<Facet, FacetCount[]>),
    aspects: mostFirst(whole.get('aspect') ?? []).map(({ key, n, blamed }) => {
      const { plus = 0, n: neutral = 0 } = mentioned.get(`aspect:${key}`) ?? {}
      return { aspect: key, n, positive: plus, neutral, negative: blamed, negativeShare: wilson(blamed, n) }
    }),
    scenes: mostFirst(
      [...mentioned.values()]
        .filter(({ item }) => splitItem(item)[0] === 'scene')
        .map(({ item, n, minus }) => ({ key: splitItem(item)[1], n, blamed: minus })),
    ).map(({ key, n, blamed }) => ({ scene: key, n, negative: blamed })),
  }
}

function mostFirst(values: readonly Value[]): Value[] {
  const named = values.filter(({ key }) => key !== '')
  return named.sort((one, other) => other.n - one.n || (one.key < other.key ? -1 : 1)).slice(0, MOST)
}

const ofSlice = ['category', 'merchant', 'city'] as const
type SliceFacet = (typeof ofSlice)[number]
const isOfSlice = (name: Facet): name is SliceFacet => (ofSlice as readonly Facet[]).includes(name)

/** The question without a facet's own filter; the same question where it has none. */
function ignoring(question: VoiceQuestion, name: Facet): VoiceQuestion {
  if (isOfSlice(name))
    return question.slice[name].length === 0 ? question : { ...question, slice: { ...question.slice, [name]: [] } }
  return isChosen(question.filter[name]) ? { ...question, filter: { ...question.filter, [name]: undefined } } : question
}

const isChosen = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '' && value !== false

/** Whether nothing but the slice is chosen: all that customers say. */
function isWhole({ speaker = [], ...others }: VoiceQuestion['filter']): boolean {
  return speaker.length === 1 && speaker[0] === 'customer' && !Object.values(others).some(isChosen)
}

async function divide(analytics: Analytics, question: VoiceQuestion, names: readonly Facet[]): Promise<Divided> {
  const { slice, filter } = question
  const [only] = names
  if (!isWhole(filter)) return divideChosen(analytics, question, names)
  if (names.length === 1 && isOfSlice(only!)) {
    const rows = await askRolled(analytics, { slice, rolling: flow, by: only })
    return new Map([[only, rows.map(({ key, n }) => ({ key, n, blamed: 0 }))]])
  }
  const rows = await askRolled(analytics, { slice, rolling: dividedBy(names), by: 'item' })
  return byFacet(names, rows)
}

function byFacet(names: readonly Facet[], rows: readonly { item: string; n: number; minus: number }[]): Divided {
  const valued = rows.map(({ item, n, minus }) => ({ of: splitItem(item), n, blamed: minus }))
  return new Map(
    names.map((name) => [
      name,
      valued.filter(({ of }) => of[0] === name).map(({ of, n, blamed }) => ({ key: of[1], n, blamed })),
    ]),
  )
}

/**
 * A column after the other, each a quick pass that groups words by their numbers; where it is dear to choose the voices, one pass over
 * them with all their values side by side.
 */
async function divideChosen(analytics: Analytics, question: VoiceQuestion, names: readonly Facet[]): Promise<Divided> {
  const { slice, filter } = question
  const choice = chosen(slice, filter, question)
  if (!isDear(filter)) {
    const rows = await analytics.query<{ item: string; n: number; minus: number }>(sql`
      SELECT i AS item, counted AS n, down AS minus FROM (${dividing(names, together, choice)})`)
    return byFacet(names, rows)
  }
  // Named outside the lambda too, since ClickHouse 18.16 forgets a column that only a lambda asks for.
  const rows = await analytics.query<Value & { facet: Facet }>(sql`
    SELECT one.1 AS facet, one.2 AS key, count() AS n, countIf(one.3) AS blamed
    FROM (
      SELECT arrayJoin(arrayConcat(${join(names.map(facetTuples))})) AS one
      FROM voices WHERE ${choice} AND length(negative_aspects) >= 0
    )
    GROUP BY facet, key ORDER BY n DESC, key LIMIT ${MOST + 1} BY facet`)
  return new Map(names.map((name) => [name, rows.filter(({ facet }) => facet === name)]))
}

/** Whether voices are chosen by their text or by other tables' rows. */
const isDear = ({
  text,
  returned,
  driver,
  aspect = [],
  scene = [],
  sentiment = [],
}: VoiceQuestion['filter']): boolean =>
  Boolean(text || returned || driver) || (aspect.length > 0 && scene.length + sentiment.length > 0)

/** What the selection's mentions tell beside that (`told`), by facet and value. Counts voices, once each. */
async function divideMentions(analytics: Analytics, question: VoiceQuestion) {
  const { slice, filter } = question
  const rows = isWhole(filter)
    ? await askRolled(analytics, { slice, rolling: told, by: 'item' })
    : await analytics.query<{ item: string; n: number; plus: number; minus: number }>(sql`
        SELECT i AS item, counted AS n, up AS plus, down AS minus
        FROM (${told.counted({ ...together, itemised: true }, mentionsOf(question))})`)
  return new Map(rows.map((row) => [row.item, row]))
}

/** Mentions by the hash of their voice: the ids of millions of voices would fill the engine's memory. */
const mentionsOf = (question: VoiceQuestion): Scope => ({
  days: within(question.slice, 'mentions'),
  filter: sql`cityHash64(voice_id) GLOBAL IN (
    SELECT cityHash64(id) FROM voices WHERE ${chosen(question.slice, question.filter, question)})`,
})

/** Told apart by neither a column nor a day. */
const together = { key: none, day: none }
