import { FeatureSink, hash2, hashUnits, within } from './hashing.ts'
import type { Examples } from './heads.ts'
import { doings } from './pairs.ts'
import type { Pair, Setting } from './setting.ts'
import type { Candidate } from './spans.ts'

/** How far beyond its clause a pair is looked at, in units. */
const AROUND = 12

/** Features that tell what a pair is about and how it judges, as an example of `out`. */
export function senseFeatures(setting: Setting, { aspect, opinion }: Pair, bits: number, out: Examples): void {
  const { units, domain } = setting
  const sink = new FeatureSink(out, bits)
  const a = aspect === null ? 3 : hashUnits(units, aspect.start, aspect.end)
  const o = opinion === null ? 5 : hashUnits(units, opinion.start, opinion.end)
  sink.group(6)
  sink.next(domain)
  sink.next(a)
  sink.next(o)
  sink.next(hash2(a, o))
  sink.next(hash2(o, domain))
  sink.next(aspect === null ? 1 : opinion === null ? 2 : 3)
  sink.next(hash2(aspect === null ? 1 : 0, o))
  if (aspect !== null) spanFeatures(setting, aspect, sink, 7)
  if (opinion !== null) spanFeatures(setting, opinion, sink, 8)
  surroundings(setting, aspect, opinion, sink)
  moods(setting, aspect, opinion, sink)
  out.end()
}

function spanFeatures({ units, marks }: Setting, { start, end }: Candidate, sink: FeatureSink, salt: number): void {
  for (let i = start; i < end; i++) {
    sink.put(hashUnits(units, i, i + 1), 8 * salt)
    if (i + 1 < end) sink.put(hashUnits(units, i, i + 2), 8 * salt + 1)
    if (i + 2 < end) sink.put(hashUnits(units, i, i + 3), 8 * salt + 2)
  }
  sink.group(salt)
  sink.next(hashUnits(units, start, start + 2))
  sink.next(hashUnits(units, end - 2, end))
  for (let n = 1; n <= 3; n++) {
    sink.next(hashUnits(units, start - n, start))
    sink.next(hashUnits(units, end, end + n))
  }
  sink.next(hash2(hashUnits(units, start - 2, start), hashUnits(units, start, end)))
  const made = doings(marks, start, end)
  sink.next(made)
  sink.next(hash2(doings(marks, Math.max(0, start - 3), start), made))
}

/** The words of the clause beside the pair, and of the clauses around. */
function surroundings(setting: Setting, aspect: Candidate | null, opinion: Candidate | null, sink: FeatureSink): void {
  const { units, clause } = setting
  const one = (opinion ?? aspect)!
  const first = Math.min(one.start, aspect?.start ?? one.start)
  const last = Math.max(one.end, aspect?.end ?? one.end)
  const from = setting.clauseStart[clause[first]!]!
  const to = setting.clauseEnd[clause[last - 1]!]!
  for (let i = from; i < to; i++) {
    if (i >= first && i < last) continue
    const side = i < first ? 80 : 82
    sink.put(hashUnits(units, i, i + 1), side)
    sink.put(hashUnits(units, i, i + 2), side + 1)
  }
  for (let i = Math.max(0, from - AROUND); i < from; i++) sink.put(hashUnits(units, i, i + 2), 84)
  for (let i = to; i < Math.min(units.count, to + AROUND); i++) sink.put(hashUnits(units, i, i + 2), 85)
}

/** How the opinion, both and what stands between them, and the text praise or complain, in coarse and in finer steps. */
function moods(setting: Setting, aspect: Candidate | null, opinion: Candidate | null, sink: FeatureSink): void {
  const one = (opinion ?? aspect)!
  const other = aspect ?? one
  const both = setting.moodOf(Math.min(one.start, other.start), Math.max(one.end, other.end))
  for (const [i, mood] of [setting.moodOf(one.start, one.end), both, setting.mood].entries()) {
    sink.put(hash2(within(Math.round(mood), -12, 12), i), 86)
    sink.put(hash2(within(Math.round(2 * mood), -12, 12), i), 87)
  }
}
