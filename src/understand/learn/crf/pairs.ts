import { FeatureSink, hash2, hashUnits, logOdds, stepOf, within } from './hashing.ts'
import type { Examples } from './heads.ts'
import { likeliest, overlap, type Pair, type Setting } from './setting.ts'
import type { Candidate } from './spans.ts'

const form = { opinionAlone: 1, aspectAlone: 2, both: 3 } as const
type Form = (typeof form)[keyof typeof form]

/** Features that tell whether two candidates are a pair of the text (or one of them is, alone), as an example of `out`. */
export function pairFeatures(setting: Setting, { aspect, opinion }: Pair, bits: number, out: Examples): void {
  const sink = new FeatureSink(out, bits)
  const shape = aspect === null ? form.opinionAlone : opinion === null ? form.aspectAlone : form.both
  sink.group(1)
  sink.next(shape)
  sink.next(hash2(shape, setting.domain))
  if (opinion !== null) spanFeatures(setting, opinion, shape, sink, 2)
  if (aspect !== null) spanFeatures(setting, aspect, shape, sink, 3)
  if (aspect !== null && opinion !== null) linkFeatures(setting, aspect, opinion, sink)
  else loneFeatures(setting, (aspect ?? opinion)!, shape, sink)
  out.end()
}

function spanFeatures(setting: Setting, span: Candidate, shape: Form, sink: FeatureSink, salt: number): void {
  const { units, found, domain } = setting
  const { start, end } = span
  const p = logOdds(span.probability)
  const rival = logOdds(likeliest(found, (o) => o !== span && o.sort === span.sort && overlap(o, span)))
  const whole = hashUnits(units, start, end)
  const length = Math.min(12, end - start)
  sink.group(salt)
  sink.next(hash2(shape, p))
  sink.next(p)
  sink.next(hash2(p, rival))
  sink.next(within(p - rival, -20, 20))
  sink.next(whole)
  sink.next(hash2(whole, shape))
  sink.next(hash2(whole, domain))
  sink.next(length)
  sink.next(hash2(length, shape))
  sink.next(hash2(p, length))
  edgeFeatures(setting, span, whole, sink)
  clauseFeatures(setting, span, p, sink)
  wordFeatures(setting, span, sink)
}

/** The units at and around both ends of a span. */
function edgeFeatures({ units }: Setting, { start, end }: Candidate, whole: number, sink: FeatureSink): void {
  const before = hashUnits(units, start - 1, start)
  const after = hashUnits(units, end, end + 1)
  const first = hashUnits(units, start, start + 1)
  const last = hashUnits(units, end - 1, end)
  sink.next(hash2(whole, before))
  sink.next(hash2(whole, after))
  sink.next(hash2(before, after))
  sink.next(hash2(before, first))
  sink.next(hash2(last, after))
  sink.next(hashUnits(units, start - 2, start))
  sink.next(hashUnits(units, end, end + 2))
  sink.next(hashUnits(units, start - 3, start))
  sink.next(hashUnits(units, start, start + 2))
  sink.next(hashUnits(units, end - 2, end))
  sink.next(hash2(hashUnits(units, start - 2, start), first))
  sink.next(hash2(last, hashUnits(units, end, end + 2)))
}

/** The clause that a span stands in, and where in it. */
function clauseFeatures(setting: Setting, { start, end }: Candidate, p: number, sink: FeatureSink): void {
  const { units, clause, clauseStart, clauseEnd } = setting
  const c = clause[start]!
  const from = clauseStart[c]!
  const to = clauseEnd[c]!
  const lastEnd = clauseEnd[clause[end - 1]!]!
  sink.next(hashUnits(units, from, from + 2))
  sink.next(hashUnits(units, from, to))
  sink.next(hash2(Math.min(8, start - from), within(lastEnd - end, -1, 8)))
  sink.next(hash2(hash2(start === from ? 1 : 0, end === lastEnd ? 1 : 0), p))
  sink.next(hash2(clause[end - 1]! - c, p))
  sink.next(hashUnits(units, from, start))
  sink.next(hashUnits(units, end, lastEnd))
  sink.next(hash2(Math.min(c, 5), Math.min(5, clauseStart.length)))
}

/** The known words that a span is made of and that stand beside it. */
function wordFeatures({ marks, units }: Setting, { start, end }: Candidate, sink: FeatureSink): void {
  const made = doings(marks, start, end)
  const before = start > 0 ? marks[start - 1]! : 255
  const after = end < units.count ? marks[end]! : 255
  sink.next(made)
  sink.next(hash2(made, before))
  sink.next(hash2(made, after))
  sink.next(hash2(before, marks[start]!))
  sink.next(hash2(marks[end - 1]!, after))
}

/** What the known words of a stretch do, in order, each run of the same once. */
export function doings(marks: Uint8Array, start: number, end: number): number {
  let h = 7
  let last = -1
  for (let i = start; i < end; i++) {
    const what = marks[i]! >> 2
    if (what !== last) h = hash2(h, what + 1)
    last = what
  }
  return h
}

/** How the two stand to each other, and who else would do. */
function linkFeatures(setting: Setting, a: Candidate, o: Candidate, sink: FeatureSink): void {
  const { units, clause, found } = setting
  const gap = o.start >= a.end ? o.start - a.end : a.start >= o.end ? o.end - a.start - 1 : null
  const step = gap === null ? 99 : stepOf(gap)
  const turns = within(clause[o.start]! - clause[a.start]!, -3, 4)
  const pa = logOdds(a.probability)
  const po = logOdds(o.probability)
  const aspect = hashUnits(units, a.start, a.end)
  const opinion = hashUnits(units, o.start, o.end)
  sink.group(4)
  sink.next(step)
  sink.next(hash2(step, turns))
  sink.next(hash2(step, pa))
  sink.next(hash2(hash2(pa, po), turns === 0 ? 1 : 0))
  sink.next(turns)
  sink.next(hash2(aspect, opinion))
  sink.next(hash2(hashUnits(units, a.end - 2, a.end), opinion))
  sink.next(hash2(hashUnits(units, a.end - 1, a.end), hashUnits(units, o.start, o.start + 1)))
  sink.next(hash2(aspect, step))
  sink.next(hash2(opinion, step))
  sink.next(gap !== null && gap >= 0 && gap <= 6 ? hashUnits(units, a.end, o.start) : -1)
  const low = Math.min(a.end, o.end)
  const high = Math.max(a.start, o.start)
  const between = (x: Candidate) => x !== a && x !== o && x.start >= low && x.end <= high
  const aspectBetween = logOdds(likeliest(found, (x) => x.sort === 0 && between(x)))
  const opinionBetween = logOdds(likeliest(found, (x) => x.sort === 1 && between(x)))
  const elsewhere = likeliest(found, (x) => x.sort === 0 && !overlap(x, a) && clause[x.start] === clause[o.start])
  sink.next(aspectBetween)
  sink.next(opinionBetween)
  sink.next(hash2(logOdds(elsewhere), turns === 0 ? 1 : 0))
  sink.next(hash2(aspectBetween, turns))
}

/** Who might have been the other half of one that stands alone. */
function loneFeatures(setting: Setting, one: Candidate, shape: Form, sink: FeatureSink): void {
  const { clause, found } = setting
  const here = clause[one.start]!
  const others = found.filter((x) => x.sort !== one.sort && !overlap(x, one))
  const same = logOdds(likeliest(others, (x) => clause[x.start] === here))
  const ahead = logOdds(likeliest(others, (x) => x.end <= one.start && here - clause[x.start]! <= 1))
  const touching = logOdds(likeliest(others, (x) => x.end <= one.start && x.end >= one.start - 1))
  const behind = logOdds(likeliest(others, (x) => x.start >= one.end))
  const alike = found.filter((x) => x.sort === one.sort && x.probability > 0.5 && !overlap(x, one)).length
  sink.group(5)
  sink.next(hash2(shape, same))
  sink.next(hash2(hash2(shape, same), logOdds(one.probability)))
  sink.next(hash2(shape, ahead))
  sink.next(hash2(shape, touching))
  sink.next(hash2(shape, behind))
  sink.next(hash2(shape, Math.min(6, alike)))
}
