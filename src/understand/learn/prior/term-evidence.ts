import { FeatureSink, hash2, hashUnits } from '../crf/hashing.ts'
import type { Examples } from '../crf/heads.ts'
import type { Stretch } from '../crf/relations.ts'
import { cutUnits, kind, newUnits, type Units } from '../crf/units.ts'
import { clauseOf, distance, ownOf, REACH, spanOf } from '../tasks/term-polarity/places.ts'

const idsOf = (words: string): Set<number> =>
  new Set(words.split(' ').map((word) => cutUnits(word, newUnits(word.length)).ids[0]!))

/** English words that deny what follows; a Chinese denial is seen by the n-grams that hold it. */
const DENIALS = idsOf(
  "not no never n't nothing don't doesn't didn't isn't wasn't won't can't couldn't wouldn't aren't without hardly cannot t nor neither lack lacks dont didnt doesnt cant",
)
/** English words that begin another thought without a comma. */
const BREAKS = idsOf('but although though however while except yet despite whereas and because which')
const DENIED_REACH = 4

/** A term in a text cut into units, with what stands around it: units, end exclusive. */
interface Place {
  units: Units
  /** 1 where the unit stands behind a denial. */
  denied: Uint8Array
  term: Stretch
  /** The term's clause up to a word that breaks it, and its part between the terms beside. */
  clause: Stretch
  own: Stretch
}

/**
 * Adds one example for each term: which words stand in it, around it by distance, in its clause, in the stretch of the clause that is its
 * own, and in the text. Only the text itself counts (no word list), so that a shipped prior reads the same whatever packs there are.
 * A change here asks for `train-terms.ts` to be run again.
 */
export function termEvidence(text: string, terms: Stretch[], bits: number, out: Examples): void {
  const units = cutUnits(text, newUnits(text.length))
  const denied = deniedUnits(units)
  const spans = terms.map((term) => spanOf(units, term))
  for (const term of spans) {
    const clause = clauseOf(units, term, BREAKS)
    const place = { units, denied, term, clause, own: ownOf(clause, term, spans) }
    const sink = new FeatureSink(out, bits)
    inside(place, sink)
    around(place, sink)
    for (let n = 1; n <= 3; n++) {
      grams(place, clause, n, 31, sink)
      grams(place, place.own, n, 32, sink)
    }
    grams(place, { start: 0, end: units.count }, 1, 33, sink)
    endings(place, sink)
    out.end()
  }
}

function deniedUnits({ count, ids, kinds }: Units): Uint8Array {
  const denied = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    if (!DENIALS.has(ids[i]!)) continue
    const end = Math.min(count, i + 1 + DENIED_REACH)
    for (let k = i + 1; k < end && kinds[k] === kind.latin && !BREAKS.has(ids[k]!); k++) denied[k] = 1
  }
  return denied
}

function inside({ units, term }: Place, sink: FeatureSink): void {
  sink.put(0, 1)
  sink.put(hashUnits(units, term.start, term.end), 2)
  for (let i = term.start; i < term.end; i++) {
    for (let n = 1; n <= 3 && i + n <= term.end; n++) sink.put(hashUnits(units, i, i + n), n === 1 ? 4 : 5)
  }
}

function around(place: Place, sink: FeatureSink): void {
  const { units, term } = place
  const from = Math.max(0, term.start - REACH)
  const to = Math.min(units.count, term.end + REACH)
  for (let n = 1; n <= 3; n++) {
    for (let i = from; i + n <= to; i++) {
      const gram = gramAt(place, i, n)
      const before = term.start - (i + n)
      const after = i - term.end
      if (before >= 0) sink.put(hash2(gram, distance(before)), 10 + n)
      else if (after >= 0) sink.put(hash2(gram, 8 + distance(after)), 10 + n)
      else if (i < term.start || i + n > term.end) sink.put(gram, 10)
    }
  }
}

function grams(place: Place, { start, end }: Stretch, n: number, salt: number, sink: FeatureSink): void {
  for (let i = start; i + n <= end; i++) sink.put(gramAt(place, i, n), salt)
}

/** N units from a place on, other than the same ones behind a denial. */
const gramAt = ({ units, denied }: Place, i: number, n: number): number => hash2(hashUnits(units, i, i + n), denied[i]!)

/** Endings of Latin words; pairs of Chinese characters with the term's last one. */
function endings({ units, denied, term, clause }: Place, sink: FeatureSink): void {
  const last = hashUnits(units, term.end - 1, term.end)
  for (let i = clause.start; i < clause.end; i++) {
    if (units.kinds[i] === kind.latin) sink.put(hash2(units.endings[i]!, denied[i]!), 64)
    else sink.put(hash2(last, hashUnits(units, i, i + 2)), 63)
  }
}
