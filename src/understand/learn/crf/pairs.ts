import { mix } from './features.ts'
import type { Examples } from './heads.ts'
import type { Candidate } from './spans.ts'
import { kind, type Units } from './units.ts'

/** An aspect and an opinion that may belong together; either may be absent, not both. */
export interface Pair {
  aspect: Candidate | null
  opinion: Candidate | null
}

/** What the features of a text's pairs share. */
export interface Setting {
  units: Units
  domain: number
  /** The clause of each unit, counted from 0; a mark belongs to the clause before it. */
  clause: Int32Array
  clauseStart: Int32Array
  clauseEnd: Int32Array
  /** Hash of the units up to each one, for hashes of stretches. */
  found: Candidate[]
}

export function settingOf(units: Units, domain: number, found: Candidate[]): Setting {
  const n = units.count
  const clause = new Int32Array(n)
  const clauseStart: number[] = [0]
  const clauseEnd: number[] = []
  let c = 0
  for (let i = 0; i < n; i++) {
    clause[i] = c
    const sort = units.kinds[i]!
    if (sort === kind.stop || sort === kind.comma || (i + 1 < n && units.spaced[i + 1] && units.kinds[i + 1] === kind.han)) {
      clauseEnd.push(sort === kind.stop || sort === kind.comma ? i : i + 1)
      clauseStart.push(i + 1)
      c++
    }
  }
  clauseEnd.push(n)
  return { units, domain, clause, clauseStart: Int32Array.from(clauseStart), clauseEnd: Int32Array.from(clauseEnd), found }
}

export function hashOf(units: Units, start: number, end: number): number {
  let h = 17
  for (let i = Math.max(0, start); i < end && i < units.count; i++) h = Math.imul(h, 0x01000193) ^ units.ids[i]!
  return start < 0 ? h ^ 0x55 : end > units.count ? h ^ 0xaa : h
}

/** Log-odds in half steps from −8 to 8. */
const logit = (p: number): number => {
  const q = Math.min(0.9995, Math.max(0.0005, p))
  return Math.round(Math.log(q / (1 - q)) * 2)
}
const near = (distance: number): number =>
  distance < 0 ? -1 - near(-distance) : distance < 6 ? distance : distance < 10 ? 6 : distance < 16 ? 7 : distance < 30 ? 8 : 9

const overlap = (a: Candidate, b: Candidate): boolean => a.start < b.end && b.start < a.end

/** The most probable candidate of the same sort that overlaps this one; 0 where there is none. */
function rival(found: Candidate[], one: Candidate): number {
  let best = 0
  for (const other of found) {
    if (other !== one && other.sort === one.sort && other.probability > best && overlap(one, other)) best = other.probability
  }
  return best
}

/** Features of one pair, added to `out` as an example. */
export function pairFeatures(setting: Setting, pair: Pair, bits: number, out: Examples): void {
  const { units, found, clause } = setting
  const shift = 32 - bits
  const { aspect, opinion } = pair
  const form = aspect === null ? 1 : opinion === null ? 2 : 3
  let seed = 0
  const put = (value: number) => {
    seed = (seed + 0x3779b97b) | 0
    out.add(mix(value ^ seed) >>> shift)
  }
  const two = (a: number, b: number) => Math.imul(a, 0x01000193) ^ b
  put(form)
  put(two(form, setting.domain))
  spanFeatures(opinion, 0x1000)
  spanFeatures(aspect, 0x2000)
  if (aspect !== null && opinion !== null) linkFeatures(aspect, opinion)
  else loneFeatures(aspect ?? opinion!)
  out.end()

  function spanFeatures(span: Candidate | null, salt: number): void {
    seed = salt
    if (span === null) return
    const { start, end } = span
    const p = logit(span.probability)
    const against = rival(found, span)
    const r = logit(against)
    const whole = hashOf(units, start, end)
    const length = Math.min(12, end - start)
    put(two(form, p))
    put(p)
    put(two(p, r))
    put(Math.max(-20, Math.min(20, p - r)))
    put(whole)
    put(two(whole, form))
    put(length)
    put(two(length, form))
    put(two(p, length))
    const before = hashOf(units, start - 1, start)
    const after = hashOf(units, end, end + 1)
    put(two(whole, before))
    put(two(whole, after))
    put(two(before, after))
    put(two(before, hashOf(units, start, start + 1)))
    put(two(hashOf(units, end - 1, end), after))
    put(hashOf(units, start - 2, start))
    put(hashOf(units, end, end + 2))
    put(hashOf(units, start - 3, start))
    put(hashOf(units, start, start + 2))
    put(hashOf(units, end - 2, end))
    put(two(hashOf(units, start - 2, start), hashOf(units, start, start + 1)))
    put(two(hashOf(units, end - 1, end), hashOf(units, end, end + 2)))
    const c = clause[start]!
    const from = setting.clauseStart[c]!
    const to = setting.clauseEnd[c]!
    put(hashOf(units, from, from + 2))
    put(hashOf(units, from, to))
    put(two(Math.min(8, start - from), Math.min(8, to - end)))
    put(two(two(start === from ? 1 : 0, end === to ? 1 : 0), p))
    put(two(clause[end - 1]! - c, p))
    put(hashOf(units, from, start))
    put(hashOf(units, end, to))
    put(two(whole, setting.domain))
    put(two(Math.min(c, 5), setting.clauseStart.length > 5 ? 5 : setting.clauseStart.length))
  }

  function linkFeatures(a: Candidate, o: Candidate): void {
    seed = 0x3000
    const gap = o.start >= a.end ? o.start - a.end : a.start >= o.end ? -(a.start - o.end) - 1 : -100
    const bin = gap === -100 ? 99 : near(gap)
    const turns = clause[o.start]! - clause[a.start]!
    const pa = logit(a.probability)
    const po = logit(o.probability)
    const wa = hashOf(units, a.start, a.end)
    const wo = hashOf(units, o.start, o.end)
    put(bin)
    put(two(bin, Math.max(-3, Math.min(4, turns))))
    put(two(bin, pa))
    put(two(two(pa, po), turns === 0 ? 1 : 0))
    put(Math.max(-4, Math.min(4, turns)))
    put(two(wa, wo))
    put(two(hashOf(units, a.end - 2, a.end), hashOf(units, o.start, o.end)))
    put(two(hashOf(units, a.end - 1, a.end), hashOf(units, o.start, o.start + 1)))
    put(two(wa, bin))
    put(two(wo, bin))
    if (gap >= 0 && gap <= 6) put(hashOf(units, a.end, o.start))
    let nearer = 0
    let between = 0
    let rivalHead = 0
    for (const other of found) {
      if (other === a || other === o) continue
      const inside = other.start >= Math.min(a.end, o.end) && other.end <= Math.max(a.start, o.start)
      if (other.sort === 0 && inside) nearer = Math.max(nearer, other.probability)
      if (other.sort === 1 && inside) between = Math.max(between, other.probability)
      if (other.sort === 0 && !overlap(other, a) && clause[other.start] === clause[o.start]) rivalHead = Math.max(rivalHead, other.probability)
    }
    put(two(1, logit(nearer)))
    put(two(2, logit(between)))
    put(two(two(3, logit(rivalHead)), turns === 0 ? 1 : 0))
    put(two(two(4, logit(nearer)), Math.max(-2, Math.min(3, turns))))
  }

  function loneFeatures(one: Candidate): void {
    seed = 0x4000
    const p = logit(one.probability)
    let same = 0
    let ahead = 0
    let behind = 0
    let count = 0
    let touching = 0
    for (const other of found) {
      if (other.sort === one.sort) {
        if (other.probability > 0.5 && !overlap(other, one)) count++
        continue
      }
      if (overlap(other, one)) continue
      if (clause[other.start] === clause[one.start]) same = Math.max(same, other.probability)
      if (other.end <= one.start) {
        if (clause[one.start]! - clause[other.start]! <= 1) ahead = Math.max(ahead, other.probability)
        if (other.end >= one.start - 1) touching = Math.max(touching, other.probability)
      } else behind = Math.max(behind, other.probability)
    }
    put(two(form, logit(same)))
    put(two(two(form, logit(same)), p))
    put(two(form, logit(ahead)))
    put(two(form, logit(behind)))
    put(two(form, logit(touching)))
    put(two(form, Math.min(6, count)))
  }
}

/** Features for what a pair is about and how it judges. */
export function senseFeatures(setting: Setting, pair: Pair, bits: number, out: Examples): void {
  const { units, clause } = setting
  const shift = 32 - bits
  const { aspect, opinion } = pair
  let seed = 0
  const put = (value: number) => {
    seed = (seed + 0x3779b97b) | 0
    out.add(mix(value ^ seed) >>> shift)
  }
  const bag = (value: number, salt: number) => out.add(mix(value ^ salt) >>> shift)
  const two = (a: number, b: number) => Math.imul(a, 0x01000193) ^ b
  const wa = aspect === null ? 3 : hashOf(units, aspect.start, aspect.end)
  const wo = opinion === null ? 5 : hashOf(units, opinion.start, opinion.end)
  put(setting.domain)
  put(wa)
  put(wo)
  put(two(wa, wo))
  put(two(wo, setting.domain))
  put(two(aspect === null ? 1 : 0, opinion === null ? 1 : 0))
  put(two(aspect === null ? 1 : 0, wo))
  for (const [span, salt] of [
    [aspect, 0x5000],
    [opinion, 0x6000],
  ] as const) {
    if (span === null) continue
    for (let i = span.start; i < span.end; i++) {
      bag(hashOf(units, i, i + 1), salt)
      if (i + 1 < span.end) bag(hashOf(units, i, i + 2), salt + 1)
      if (i + 2 < span.end) bag(hashOf(units, i, i + 3), salt + 2)
    }
    seed = salt + 16
    put(hashOf(units, span.end - 2, span.end))
    put(hashOf(units, span.start, span.start + 2))
    put(hashOf(units, span.start - 1, span.start))
    put(hashOf(units, span.start - 2, span.start))
    put(hashOf(units, span.start - 3, span.start))
    put(hashOf(units, span.end, span.end + 1))
    put(hashOf(units, span.end, span.end + 2))
    put(hashOf(units, span.end, span.end + 3))
    put(two(hashOf(units, span.start - 2, span.start), hashOf(units, span.start, span.end)))
  }
  const one = opinion ?? aspect!
  const first = Math.min(one.start, aspect?.start ?? one.start)
  const last = Math.max(one.end, aspect?.end ?? one.end)
  const from = setting.clauseStart[clause[first]!]!
  const to = setting.clauseEnd[clause[last - 1]!]!
  for (let i = from; i < to; i++) {
    if (i >= first && i < last) continue
    const side = i < first ? 0x7000 : 0x7100
    bag(hashOf(units, i, i + 1), side)
    bag(hashOf(units, i, i + 2), side + 1)
  }
  for (let i = Math.max(0, from - 12); i < from; i++) bag(hashOf(units, i, i + 2), 0x7200)
  for (let i = to; i < Math.min(units.count, to + 12); i++) bag(hashOf(units, i, i + 2), 0x7300)
  for (let i = 0; i < units.count; i++) bag(hashOf(units, i, i + 2), 0x7400)
  out.end()
}
