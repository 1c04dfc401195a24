import { FeatureSink, hash2, hashUnits, within } from '../../crf/hashing.ts'
import type { Examples } from '../../crf/heads.ts'
import type { Stretch } from '../../crf/relations.ts'
import { cutUnits, kind, newUnits, type Units } from '../../crf/units.ts'
import { does, type Known, type WordFinder } from '../../crf/wordlist.ts'
import type { SentimentPrior } from '../../prior/sentiment.ts'
import { clauseOf, distance, ownOf, REACH, spanOf } from './places.ts'

/** A text and one of its terms, with what the features need. */
interface Place {
  text: string
  units: Units
  known: Known[]
  domain: number
  /** The term, its clause, and the stretch of the clause that no other term is nearer to: units, end exclusive. */
  term: Stretch
  clause: Stretch
  own: Stretch
}

/** What is known before any label is seen. */
export interface Knowledge {
  finder: WordFinder
  /** What the product knows of praise and complaint; null where it does not ship. */
  prior: SentimentPrior | null
}

/** Adds one example for each term of a text: what stands where around it, and what the known words say. */
export function termFeatures(
  { text, terms, domain }: { text: string; terms: Stretch[]; domain: number },
  { finder, prior }: Knowledge,
  bits: number,
  out: Examples,
): void {
  const units = cutUnits(text, newUnits(text.length))
  const known = finder.find(text)
  const spans = terms.map((term) => spanOf(units, term))
  for (const term of spans) {
    const clause = clauseOf(units, term)
    const place = { text, units, known, domain, term, clause, own: ownOf(clause, term, spans) }
    const sink = new FeatureSink(out, bits)
    insideFeatures(place, sink)
    gramFeatures(place, sink)
    crossFeatures(place, sink)
    knownFeatures(place, sink)
    if (prior) priorFeatures(place, prior, sink)
    out.end()
  }
}

function insideFeatures({ units, term, domain }: Place, sink: FeatureSink): void {
  const whole = hashUnits(units, term.start, term.end)
  sink.put(domain, 1)
  sink.put(whole, 2)
  sink.put(hash2(whole, domain), 3)
  for (let i = term.start; i < term.end; i++) {
    sink.put(hashUnits(units, i, i + 1), 4)
    if (i + 1 < term.end) sink.put(hashUnits(units, i, i + 2), 5)
  }
}

/** N-grams by their distance from the term, of its clause, of the stretch that is its own, and of the whole text. */
function gramFeatures({ units, term, clause, own, domain }: Place, sink: FeatureSink): void {
  const from = Math.max(0, term.start - REACH)
  const to = Math.min(units.count, term.end + REACH)
  for (let n = 1; n <= 4; n++) {
    for (let i = from; i + n <= to; i++) {
      const gram = hashUnits(units, i, i + n)
      const before = term.start - (i + n)
      const after = i - term.end
      if (before >= 0) sink.put(hash2(gram, distance(before)), 10 + n)
      else if (after >= 0) sink.put(hash2(gram, 8 + distance(after)), 10 + n)
      else if (i < term.start || i + n > term.end) sink.put(gram, 10)
      if (before >= 0) sink.put(gram, 20 + n)
      else if (after >= 0) sink.put(gram, 25 + n)
    }
    for (let i = clause.start; i + n <= clause.end; i++) {
      const gram = hashUnits(units, i, i + n)
      sink.put(gram, 30 + n)
      if (n <= 2) sink.put(hash2(gram, domain), 35 + n)
    }
    if (n === 4) continue
    if (own.end - own.start < clause.end - clause.start) {
      for (let i = own.start; i + n <= own.end; i++) sink.put(hashUnits(units, i, i + n), 40 + n)
    }
    for (let i = 0; i + n <= units.count; i++) sink.put(hashUnits(units, i, i + n), 50 + n)
  }
}

/** Pairs of words of the clause, words with the term, the endings of Latin words. */
function crossFeatures({ units, term, clause }: Place, sink: FeatureSink): void {
  const whole = hashUnits(units, term.start, term.end)
  const last = hashUnits(units, term.end - 1, term.end)
  for (let i = clause.start; i < clause.end; i++) {
    const one = hashUnits(units, i, i + 1)
    const two = hashUnits(units, i, i + 2)
    for (let k = 2; k <= 4 && i + k < clause.end; k++) sink.put(hash2(one, hashUnits(units, i + k, i + k + 1)), 60)
    sink.put(hash2(whole, one), 61)
    sink.put(hash2(whole, two), 62)
    sink.put(hash2(last, two), 63)
    if (units.kinds[i] === kind.latin) sink.put(units.endings[i]!, 64)
  }
}

const MEASURE_DENIED = 5

/** What known words praise, blame, measure and turn, on which side of the term and how near; a negation before one turns it. */
function knownFeatures({ text, units, known, term, clause }: Place, sink: FeatureSink): void {
  const start = units.starts[term.start] ?? text.length
  const end = units.ends[term.end - 1] ?? text.length
  const from = units.starts[clause.start] ?? 0
  const to = units.ends[clause.end - 1] ?? text.length
  const whole = hashUnits(units, term.start, term.end)
  let negated = -1
  let sum = 0
  let ofClause = 0
  let nearest = Number.POSITIVE_INFINITY
  let says = 0
  for (const word of known) {
    const side = word.end <= start ? 1 : word.start >= end ? 2 : 3
    if (word.does === does.negates || word.does === does.lacks) negated = word.end
    else if (word.does === does.praises || word.does === does.blames || word.does === does.measures) {
      const latin = isLatinWord(text, word)
      const turned = negated >= 0 && word.start - negated <= (latin ? 22 : 5)
      negated = -1
      const what = turned ? (word.does === does.measures ? MEASURE_DENIED : 3 - word.does) : word.does
      const away = side === 1 ? start - word.end : side === 2 ? word.start - end : 0
      const steps = latin ? Math.floor(away / 5) : away
      const here = word.start >= from && word.end <= to
      const sign = what === does.praises ? 1 : what === does.blames ? -1 : 0
      sink.put(hash2(hash2(what, side), distance(steps)), 70)
      sink.put(hash2(what, here ? 1 : 0), 71)
      sink.put(what, 72)
      sink.put(hash2(what, whole), 73)
      if (turned) sink.put(hash2(word.does, side), 74)
      sum += sign
      if (here) ofClause += sign
      if (sign !== 0 && steps < nearest) {
        nearest = steps
        says = sign
      }
    } else {
      if (word.does === does.breaks || word.does === does.turns) negated = -1
      if (word.does !== does.names && word.does !== does.ignored) sink.put(hash2(word.does, side), 75)
    }
  }
  sink.put(within(sum, -3, 3), 76)
  sink.put(within(ofClause, -3, 3), 77)
  sink.put(says, 78)
  sink.put(hash2(says, distance(nearest)), 79)
}

const isLatinWord = (text: string, word: Known): boolean => text.charCodeAt(word.start) < 0x250

/** Characters on each side of a term that are looked at together with it. */
const BESIDE = 10
const scores = new Float64Array(6)

/** How the prior judges the text, the clause, what stands before and after the term in it, and what is right beside it. */
function priorFeatures({ text, units, term, clause }: Place, prior: SentimentPrior, sink: FeatureSink): void {
  const start = units.starts[term.start] ?? text.length
  const end = units.ends[term.end - 1] ?? text.length
  const from = units.starts[clause.start] ?? 0
  const to = units.ends[clause.end - 1] ?? text.length
  const stretches = [
    { start: 0, end: text.length },
    { start: from, end: to },
    { start: end, end: to },
    { start: from, end: start },
    { start, end: to },
    { start: Math.max(0, start - BESIDE), end: Math.min(text.length, end + BESIDE) },
  ]
  prior.between(text, stretches, scores)
  const steps = (score: number, fine: number) => within(Math.round(score * fine), -6, 6)
  stretches.forEach((_, i) => {
    sink.put(hash2(steps(scores[i]!, 2), i), 90)
    sink.put(hash2(steps(scores[i]!, 4), i), 91)
    sink.put(hash2(Math.sign(scores[i]!), i), 92)
  })
  sink.put(hash2(steps(scores[2]!, 2), steps(scores[3]!, 2)), 93)
}
