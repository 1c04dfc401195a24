import { fisherMore, gSquared, gSquaredP, lift, type Ratio, type Together } from '../../core/association.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import type { WordList } from '../overlay.ts'
import type { KnownWords } from './known.ts'
import type { Phrase } from './phrases.ts'
import { countTexts, type Found, Places } from './places.ts'
import type { Example, Told } from './told.ts'

/** A phrase that no pack has, the aspect that it goes with, and what that rests on. */
export interface Proposal {
  word: string
  /** The aspect it would belong to, and the list of that aspect. */
  place: string
  list: WordList
  /** Voices that contain it. */
  voices: number
  /** Clauses that contain it, and those among them that speak of the aspect. */
  clauses: number
  support: number
  /** How much oftener its clauses speak of the aspect than clauses do, with 95 % interval. */
  lift: Ratio
  g2: number
  /** After false-discovery control over all phrases and aspects. */
  q: number
  /** Of its voices with an outcome from outside, how many were bad; of all such voices, how many. */
  low: { with: number; of: number; base: number; total: number }
  examples: Example[]
}

const LEAST_SUPPORT = 4
const LEAST_LIFT = 1.5
const MOST_Q = 0.01
/** Of the clauses with the phrase, at least this share speaks of the aspect. */
const LEAST_SHARE = 0.2
/** It must speak of its aspect clearly: of the next best one, at most this much as often. */
const CLEAR = 0.75
/** How much oftener it must stand in this category than elsewhere. */
const LEAST_HERE = 1.5
/** A phrase that the reader's evidence covers this often is read already. */
const COVERED = 0.6
const EXAMPLES = 6

/**
 * Proposes words for the packs: phrases that are news to the reader, that this category has more than others, and whose clauses speak
 * of one aspect more than chance allows (G² over clauses, Benjamini–Hochberg over everything that was tried). The surest first.
 * `elsewhere` are texts of other categories; without them nothing is left out for being everyday language.
 */
export function propose(
  told: readonly Told[],
  phrases: readonly Phrase[],
  known: KnownWords,
  elsewhere: readonly string[] = [],
): Proposal[] {
  const fresh = ownPhrases(
    phrases.filter((phrase) => !known.has(phrase.text)),
    told.length,
    elsewhere,
  )
  const places = new Places(told, fresh)
  const candidates = places.found.flatMap((found, at) =>
    found.covered < COVERED * found.occurrences ? candidatesOf(places, at) : [],
  )
  const qs = falseDiscovery(candidates.map(({ p }) => p))
  const chosen = candidates
    .map((candidate, i) => ({ ...candidate, q: qs[i]! }))
    .filter(({ q, ...candidate }) => q <= MOST_Q && isClear(candidate, places))
    .map((candidate) => asProposal(told, places, candidate))
    .filter((proposal) => proposal !== null)
    .sort((a, b) => b.g2 - a.g2 || (a.word < b.word ? -1 : 1))
  return shortest(chosen)
}

/** Phrases that this category has clearly more than the others. */
function ownPhrases(phrases: readonly Phrase[], texts: number, elsewhere: readonly string[]): Phrase[] {
  if (elsewhere.length === 0) return [...phrases]
  const counts = countTexts(elsewhere, phrases)
  return phrases.filter((phrase, at) => {
    const here = phrase.texts / texts
    const there = (counts[at]! + 0.5) / (elsewhere.length + 1)
    return here >= LEAST_HERE * there
  })
}

function isClear({ at, aspect, support, share, lift }: Candidate, { found }: Places): boolean {
  if (lift.value < LEAST_LIFT || lift.low <= 1 || share < LEAST_SHARE) return false
  return [...found[at]!.byAspect].every(([other, both]) => other === aspect || both <= CLEAR * support)
}

/** Of two words for one aspect that contain each other, the shorter: the reader finds it in the longer. */
function shortest(proposals: readonly Proposal[]): Proposal[] {
  return proposals.filter(
    ({ word, place }) =>
      !/[很太]/.test(word) &&
      !proposals.some((other) => other.place === place && other.word.length < word.length && word.includes(other.word)),
  )
}

interface Candidate {
  at: number
  aspect: string
  support: number
  share: number
  lift: Proposal['lift']
  g2: number
  p: number
}

function candidatesOf(places: Places, at: number): Candidate[] {
  const { clauses, byAspect } = places.found[at]!
  return [...byAspect].flatMap(([aspect, both]) => {
    const table: Together = { both, one: clauses, other: places.aspectClauses.get(aspect)!, total: places.clauses }
    if (both < LEAST_SUPPORT || both * table.total <= table.one * table.other) return []
    const g2 = gSquared(table)
    return [{ at, aspect, support: both, share: both / clauses, lift: lift(table), g2, p: gSquaredP(g2) }]
  })
}

function asProposal(
  told: readonly Told[],
  places: Places,
  { at, aspect, q, ...figures }: Candidate & { q: number },
): Proposal | null {
  const found = places.found[at]!
  const list = listOf(found, places)
  if (!list) return null
  return {
    word: found.phrase.text,
    place: aspect,
    list,
    voices: found.voices.length,
    clauses: found.clauses,
    support: figures.support,
    lift: figures.lift,
    g2: figures.g2,
    q,
    low: { with: found.low, of: found.rated, base: places.low, total: places.rated },
    examples: found.examples.slice(0, EXAMPLES).map(({ voice, start, end }) => {
      const { id, text } = told[voice]!
      return { voiceId: id, text, start, end }
    }),
  }
}

// A phrase leans where its voices are bad (or good) so much oftener than all that chance is no explanation.
const LEANS = 0.01
const TROUBLE = /[不没无未难坏破断裂漏掉响烂脏臭吵慢差旧锈卡死停堵]/
/** A word that stands after a word of degree this often judges rather than names. */
const GRADED = 0.1

/**
 * Which list of the aspect suits it: a word that is graded judges, good or bad as its voices are; a phrase of trouble in bad voices is
 * a fault; the rest are names. Null where it judges and nobody knows which way.
 */
function listOf(found: Found, places: Places): WordList | null {
  const lean = leanOf(found, places)
  if (found.graded >= GRADED * found.occurrences) return lean === 0 ? null : lean > 0 ? 'positive' : 'negative'
  return lean < 0 && TROUBLE.test(found.phrase.text) ? 'faults' : 'terms'
}

/** −1 or 1 where its voices are worse or better than all; enough outcomes from outside speak, else the voices' own sentiment. */
function leanOf(found: Found, places: Places): number {
  const outside = found.rated >= 10
  const total = outside ? places.rated : places.voices
  const bad = outside ? places.low : places.negative
  const [n, low] = outside ? [found.rated, found.low] : [found.voices.length, found.negative]
  if (fisherMore({ both: low, one: n, other: bad, total }) < LEANS) return -1
  return fisherMore({ both: n - low, one: n, other: total - bad, total }) < LEANS ? 1 : 0
}
