import { type Boosted, type BoostFit, boost, boostedScore } from '../trees/boost.ts'
import { overlap, type Pair, type Setting } from './setting.ts'
import type { Candidate } from './spans.ts'

/** A pair that was judged: the probability that it is one of the text's, the number of its polarity, and how sure all of that is. */
interface Seen extends Pair {
  probability: number
  polarity: number
  told: { confidence: number }
}

/** The numbers by which a pair is looked at again. */
export const LOOK_WIDTH = 28
const SMALL = 2000
/** Few pairs bear few and shallow trees. */
const fitOf = (pairs: number, seed: number): BoostFit =>
  pairs < SMALL ? { trees: 30, depth: 2, rate: 0.2, seed } : { trees: 60, depth: 4, rate: 0.15, seed }
const ABSENT = -10

/**
 * A second look at the pairs of a text, all at once: the head that judges a pair knows how likely spans are, not how likely the other pairs
 * are that would contradict it or stand beside it. Boosted trees over both tell the probability that all of a relation is right.
 */
export function learnLook(texts: readonly Looked[], seed: number): Boosted {
  const rows = texts.reduce((sum, { found }) => sum + found.length, 0)
  const values = new Float32Array(rows * LOOK_WIDTH)
  const right = new Int32Array(rows)
  let row = 0
  for (const { setting, found, right: told } of texts) {
    lookAt(setting, found, values, row * LOOK_WIDTH)
    for (const isRight of told) right[row++] = isRight ? 1 : 0
  }
  const listed = Int32Array.from(right, (_, i) => i)
  return boost(values, LOOK_WIDTH, listed, right, fitOf(rows, seed))
}

/** The pairs that were found in a text, and which of them are right. */
interface Looked {
  setting: Setting
  found: readonly Seen[]
  right: readonly boolean[]
}

/** The same pairs with the confidence of the second look, the most confident first. */
export function lookAgain<One extends Seen>(look: Boosted, setting: Setting, found: readonly One[]): One[] {
  const values = new Float32Array(found.length * LOOK_WIDTH)
  lookAt(setting, found, values, 0)
  const seen = found.map((one, i) => {
    const confidence = 1 / (1 + Math.exp(-boostedScore(look, values, i * LOOK_WIDTH)))
    return { ...one, told: { ...one.told, confidence } }
  })
  return seen.sort((a, b) => b.told.confidence - a.told.confidence)
}

const odds = (p: number): number => Math.log(Math.max(1e-4, p) / Math.max(1e-4, 1 - p))

function lookAt(setting: Setting, found: readonly Seen[], out: Float32Array, from: number): void {
  const sum = found.reduce((total, { probability }) => total + probability, 0)
  for (const [i, one] of found.entries()) {
    const own = [
      ...ofItself(setting, one),
      ...ofOthers(one, found),
      i,
      found.length,
      sum,
      setting.units.count,
      setting.domain,
    ]
    out.set(own, from + i * LOOK_WIDTH)
  }
}

/** How likely its parts are, how long, where they stand. */
function ofItself(setting: Setting, one: Seen): number[] {
  const { clause, clauseStart, clauseEnd, found, moodOf, mood } = setting
  const { aspect: a, opinion: o } = one
  const gap = a && o ? o.start - a.end : ABSENT
  const said = (o ?? a)!
  const named = (a ?? o)!
  const from = clauseStart[clause[said.start]!]!
  const to = clauseEnd[clause[said.end - 1]!]!
  const rival = (span: Candidate | null) =>
    span
      ? found.reduce(
          (p, x) => (x !== span && x.sort === span.sort && overlap(x, span) ? Math.max(p, x.probability) : p),
          0,
        )
      : 0
  return [
    odds(one.probability),
    a ? odds(a.probability) : ABSENT,
    o ? odds(o.probability) : ABSENT,
    one.told.confidence / one.probability,
    one.polarity,
    a ? a.end - a.start : 0,
    o ? o.end - o.start : 0,
    gap,
    a && o ? clause[o.start]! - clause[a.start]! : ABSENT,
    said.start - from,
    to - said.end,
    clause[said.end - 1]! - clause[said.start]!,
    named.start,
    rival(a),
    rival(o),
    moodOf(said.start, said.end),
    mood,
  ]
}

/** How likely the other pairs are that share a span with it, or would have another in its place. */
function ofOthers(one: Seen, found: readonly Seen[]): number[] {
  let besideAspect = 0
  let insteadOfAspect = 0
  let besideOpinion = 0
  let insteadOfOpinion = 0
  let crossing = 0
  let crowd = 0
  for (const other of found) {
    if (other === one) continue
    const sameAspect = other.aspect === one.aspect
    const sameOpinion = other.opinion === one.opinion
    const aspects = one.aspect && other.aspect ? overlap(one.aspect, other.aspect) : false
    const opinions = one.opinion && other.opinion ? overlap(one.opinion, other.opinion) : false
    const p = other.probability
    if (sameAspect && opinions) insteadOfOpinion = Math.max(insteadOfOpinion, p)
    else if (sameAspect) besideAspect = Math.max(besideAspect, p)
    if (sameOpinion && aspects) insteadOfAspect = Math.max(insteadOfAspect, p)
    else if (sameOpinion) besideOpinion = Math.max(besideOpinion, p)
    if (!sameAspect && !sameOpinion && (aspects || opinions)) crossing = Math.max(crossing, p)
    if (opinions) crowd += p
  }
  return [besideAspect, insteadOfAspect, besideOpinion, insteadOfOpinion, crossing, crowd]
}
