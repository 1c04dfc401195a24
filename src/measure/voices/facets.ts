import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { join, sql } from '../../store/clickhouse/sql.ts'
import { type Choice, type Facet, facetNames, facetTuples, furtherFacets, splitItem } from '../rollups/facet.ts'
import { dividedBy, dividing, flow, mentionsOfVoices, told, toldOf } from '../rollups/measures.ts'
import { askTogether, type RolledQuestion, type RolledRow } from '../rollups/read.ts'
import { none } from '../rollups/rolling.ts'
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
  scenes: SceneCount[]
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

/** Voices with a scene, and how many of them blame something in it. */
interface SceneCount {
  scene: string
  n: number
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
 * in one statement. Where nothing is chosen but a slice or the values of one facet, the days' sums answer.
 */
export async function countFacets(analytics: Analytics, question: VoiceQuestion): Promise<VoiceFacets> {
  const own = facetNames.filter((name) => ignoring(question, name) !== question)
  const parts = [
    { question, names: facetNames },
    ...own.map((name) => ({ question: ignoring(question, name), names: [name] })),
  ]
  const [[whole, ...apart], mentioned] = await divideAll(analytics, parts)
  const lists = facetNames.map((name) => {
    const values = (apart[own.indexOf(name)] ?? whole!).get(name) ?? []
    return [name, mostFirst(values).map(({ key, n }) => ({ key, n }))]
  })
  return {
    ...(Object.fromEntries(lists) as Record<Facet, FacetCount[]>),
    aspects: mostFirst(whole!.get('aspect') ?? []).map(({ key, n, blamed }) => {
      const { plus = 0, n: neutral = 0 } = mentioned.get(`aspect:${key}`) ?? {}
      return { aspect: key, n, positive: plus, neutral, negative: blamed, negativeShare: wilson(blamed, n) }
    }),
    scenes: mostFirst(
      [...mentioned.values()]
        .filter(({ item }) => splitItem(item)[0] === 'scene')
        .map(({ item, n, minus }) => ({ key: splitItem(item)[1], n, blamed: minus })),
    ).map(({ key, n, blamed }) => ({ scene: key, n, negative: blamed, negativeShare: wilson(blamed, n) })),
  }
}

interface Part {
  question: VoiceQuestion
  names: readonly Facet[]
}

/** How each part divides, and what the mentions of the first tell (`told`), by facet and value: voices, once each. */
async function divideAll(analytics: Analytics, parts: readonly Part[]): Promise<[Divided[], Map<string, Told>]> {
  const rolled = parts.map(rolledOf)
  const telling = rolledTelling(parts[0]!.question)
  const asked = [telling, ...rolled].flatMap((one, place) => (one ? [[place, one] as const] : []))
  const [sums, mentioned, ...chosen] = await Promise.all([
    askTogether(analytics, Object.fromEntries(asked)),
    telling ? null : tellChosen(analytics, parts[0]!.question),
    ...parts.map((part, place) => (rolled[place] ? null : divideChosen(analytics, part))),
  ])
  const divided = parts.map(({ names }, place) => chosen[place] ?? divideSums(names, rolled[place]!, sums[place + 1]!))
  return [divided, new Map((mentioned ?? sums[0]!).map((row) => [row.item, row]))]
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

/**
 * What is chosen of all that customers say, where that is nothing or one facet's values; undefined where it is more. (`touchpoints` only say
 * what a driver is.)
 */
function choiceOf({
  filter: { speaker = [], touchpoints: _, ...others },
  slice,
}: VoiceQuestion): Choice | null | undefined {
  if (speaker.length !== 1 || speaker[0] !== 'customer') return undefined
  const [only, ...more] = Object.entries(others).filter(([, value]) => isChosen(value))
  if (!only) return null
  const [by, values] = only
  const isOne = more.length === 0 && (furtherFacets as readonly string[]).includes(by)
  return isOne && ofSlice.every((name) => slice[name].length === 0) && slice.product.length === 0
    ? { by: by as Facet, values: values as readonly string[] }
    : undefined
}

/** The sums that tell how a part divides, where there are any. */
function rolledOf({ question, names }: Part): RolledQuestion | null {
  const { slice } = question
  const choice = choiceOf(question)
  if (choice === undefined) return null
  const [only] = names
  if (choice) return { slice, rolling: dividedBy(names), by: 'item', choice }
  const isOne = names.length === 1 && isOfSlice(only!)
  return isOne ? { slice, rolling: flow, by: only } : { slice, rolling: dividedBy(names), by: 'item' }
}

function rolledTelling(question: VoiceQuestion): RolledQuestion | null {
  const choice = choiceOf(question)
  if (choice === undefined) return null
  const { slice } = question
  return choice ? { slice, rolling: toldOf, by: 'item', choice } : { slice, rolling: told, by: 'item' }
}

/** Sums by item, or those of one facet of the slice by its value. */
function divideSums(names: readonly Facet[], { by }: RolledQuestion, rows: readonly RolledRow[]): Divided {
  if (by === 'item') return byFacet(names, rows)
  return new Map([[names[0]!, rows.map(({ key, n }) => ({ key, n, blamed: 0 }))]])
}

function byFacet(names: readonly Facet[], rows: readonly Omit<Told, 'plus'>[]): Divided {
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
async function divideChosen(analytics: Analytics, { question, names }: Part): Promise<Divided> {
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

interface Told {
  item: string
  n: number
  plus: number
  minus: number
}

/** What the selection's mentions tell beside that (`told`), by facet and value. */
function tellChosen(analytics: Analytics, question: VoiceQuestion): Promise<Told[]> {
  const { slice, filter } = question
  const scope = mentionsOfVoices(within(slice, 'mentions'), chosen(slice, filter, question))
  return analytics.query<Told>(sql`
    SELECT i AS item, counted AS n, up AS plus, down AS minus FROM (${told.counted({ ...together, itemised: true }, scope)})`)
}

/** Told apart by neither a column nor a day. */
const together = { key: none, day: none }
