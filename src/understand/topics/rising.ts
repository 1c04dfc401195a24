import { fisherMore, lift, type Ratio, ratio } from '../../core/association.ts'
import type { Estimate } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { wilson } from '../../core/share.ts'
import { withoutCopies } from '../copies.ts'
import type { KnownWords } from '../graph/known.ts'
import { minePhrases, type Phrase } from '../graph/phrases.ts'
import { type Found, Places } from '../graph/places.ts'
import type { Example, Told } from '../graph/told.ts'
import { cluster, jaccard } from './clusters.ts'

/** Phrases that no pack has and that rise together. */
export interface Topic {
  /** The phrase that says it best, as a proposed name. */
  name: string
  phrases: string[]
  /** The aspect that its voices speak of more than others do, or null. */
  aspect: string | null
  now: { voices: number; total: number }
  before: { voices: number; total: number }
  /** How many times oftener than before, with 95 % interval. */
  growth: Ratio
  /** True where nobody said it before. */
  isNew: boolean
  /** Fisher's exact test, after false-discovery control over all phrases. */
  q: number
  /** Share of its voices that are bad: by the outcome from outside where enough have one, else as the reader takes them. */
  negative: Estimate
  basis: 'outcome' | 'reading'
  examples: Example[]
}

const LEAST = 5
const LEAST_GROWTH = 1.5
const MOST_Q = 0.05
const MOST_PHRASES = 240
/** Phrases that share this much of their voices are one topic. */
const TOGETHER = 0.3
const COVERED = 0.6
const EXAMPLES = 5

/**
 * What is said clearly oftener now than before and is news to the packs. Copied texts count once; phrases are mined from both periods
 * together, so that no period chooses what is tested; every phrase is tested (Fisher, one-sided) with Benjamini–Hochberg over all. What
 * holds is grouped by shared voices. The most voices first.
 */
export function findTopics(now: readonly Told[], before: readonly Told[], known: KnownWords): Topic[] {
  const all = [...now, ...before]
  const kept = withoutCopies(all.map((one) => one.text))
  const told = kept.map((at) => all[at]!)
  const split = kept.filter((at) => at < now.length).length
  const phrases = minePhrases(
    told.map((one) => one.text),
    { least: LEAST },
  ).filter((phrase) => !known.has(phrase.text))
  const places = new Places(told, phrases)
  const tested = test(places, split, told.length)
  const rising = tested
    .filter((one) => one.q <= MOST_Q && one.growth.value >= LEAST_GROWTH && one.growth.low > 1)
    .sort((a, b) => a.q - b.q || b.now.length - a.now.length)
    .slice(0, MOST_PHRASES)
  const sets = rising.map((one) => new Set(one.now))
  const groups = cluster(rising.length, (a, b) => nearness(rising, sets, a, b), TOGETHER)
  return groups
    .map((group) =>
      topicOf(
        group.map((at) => rising[at]!),
        told,
        split,
        places,
      ),
    )
    .sort((a, b) => b.now.voices - a.now.voices || (a.name < b.name ? -1 : 1))
}

interface Tested {
  found: Found
  phrase: Phrase
  /** Numbers of the voices of this period that contain it. */
  now: number[]
  growth: Topic['growth']
  q: number
}

function test({ found }: Places, split: number, total: number): Tested[] {
  const candidates = found.flatMap((one) => {
    const now = one.voices.filter((voice) => voice < split)
    if (now.length < LEAST || one.covered >= COVERED * one.occurrences) return []
    const table = { both: now.length, one: one.voices.length, other: split, total }
    return [
      {
        found: one,
        phrase: one.phrase,
        now,
        growth: ratio(now.length, split, one.voices.length - now.length, total - split),
        p: fisherMore(table),
      },
    ]
  })
  const qs = falseDiscovery(candidates.map(({ p }) => p))
  return candidates.map(({ p: _, ...candidate }, i) => ({ ...candidate, q: qs[i]! }))
}

/** Of two phrases the share of voices that have both; one that contains the other is near it where it stands in most of its voices. */
function nearness(rising: readonly Tested[], sets: readonly Set<number>[], a: number, b: number): number {
  const shared = jaccard(sets[a]!, sets[b]!)
  const [one, other] = [rising[a]!.phrase.text, rising[b]!.phrase.text]
  if (!one.includes(other) && !other.includes(one)) return shared
  const [small, large] = sets[a]!.size < sets[b]!.size ? [sets[a]!, sets[b]!] : [sets[b]!, sets[a]!]
  const inside = [...small].filter((voice) => large.has(voice)).length / small.size
  return Math.max(shared, inside)
}

function topicOf(group: readonly Tested[], told: readonly Told[], split: number, places: Places): Topic {
  const ordered = [...group].sort((a, b) => worth(b) - worth(a) || (a.phrase.text < b.phrase.text ? -1 : 1))
  const voices = [...new Set(group.flatMap((one) => one.found.voices))].sort((a, b) => a - b)
  const now = voices.filter((voice) => voice < split)
  const before = voices.length - now.length
  const [total, totalBefore] = [split, told.length - split]
  return {
    name: ordered[0]!.phrase.text,
    phrases: ordered.map((one) => one.phrase.text),
    aspect: aspectOf(ordered, places),
    now: { voices: now.length, total },
    before: { voices: before, total: totalBefore },
    growth: ratio(now.length, total, before, totalBefore),
    isNew: before === 0,
    q: Math.min(...group.map((one) => one.q)),
    ...badness(now.map((voice) => told[voice]!)),
    examples: examplesOf(ordered, told, split),
  }
}

/** How well a phrase would do as a name: said often, holding together, long enough to be understood. */
const worth = ({ now, phrase }: Tested): number =>
  Math.log(1 + now.length) * Math.min(phrase.cohesion, 8) * Math.sqrt(Math.min(phrase.text.length, 6))

/** The aspect that clauses with its best phrase speak of most, where that is clearly oftener than clauses do. */
function aspectOf([best]: readonly Tested[], { aspectClauses, clauses }: Places): string | null {
  let aspect: string | null = null
  let most = 0
  for (const [id, both] of best!.found.byAspect) {
    const times = lift({ both, one: best!.found.clauses, other: aspectClauses.get(id)!, total: clauses })
    if (both >= 2 && both > most && times.low > 1) [aspect, most] = [id, both]
  }
  return aspect
}

function badness(voices: readonly Told[]): Pick<Topic, 'negative' | 'basis'> {
  const rated = voices.filter((one) => one.low !== null)
  if (rated.length >= voices.length / 2 && rated.length > 0)
    return { negative: wilson(rated.filter((one) => one.low).length, rated.length), basis: 'outcome' }
  return { negative: wilson(voices.filter((one) => one.negative).length, voices.length), basis: 'reading' }
}

/** Quotes of this period, each from another voice, the phrases in turn. */
function examplesOf(ordered: readonly Tested[], told: readonly Told[], split: number): Example[] {
  const examples: Example[] = []
  const quoted = new Set<number>()
  for (let turn = 0; examples.length < EXAMPLES && turn < EXAMPLES; turn++) {
    for (const { found } of ordered) {
      const next = found.examples.find(({ voice }) => voice < split && !quoted.has(voice))
      if (!next || examples.length === EXAMPLES) continue
      quoted.add(next.voice)
      const { id, text } = told[next.voice]!
      examples.push({ voiceId: id, text, start: next.start, end: next.end })
    }
  }
  return examples
}
