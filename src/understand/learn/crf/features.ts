import { hash2, mix } from './hashing.ts'
import { kind, type Units } from './units.ts'
import { does } from './wordlist.ts'

/** Features of a unit. */
export const WIDTH = 36

const PAD = 4
const FIRST = 1
const LAST = 2
const NO_MARK = 255
let ids = new Int32Array(512)
let shapes = new Int32Array(512)
let marked = new Uint8Array(512)
const raw = new Int32Array(WIDTH)
const seeds = Int32Array.from(raw, (_, k) => Math.imul(k + 1, 0x3779b97b))

/** Everything of a text that its units' features are made of. */
export interface UnitContext {
  units: Units
  /** What known word each unit is part of (`WordFinder.mark`). */
  marks: Uint8Array
  domain: number
}

/**
 * The hashed features of every unit of a text to `out` from `at`, {@link WIDTH} a unit, each below 2^bits: n-grams of the units
 * around it, their kinds, the known words they belong to, how the clause begins and judges, where in it the unit stands, the domain.
 */
export function unitFeatures(context: UnitContext, bits: number, out: Uint32Array, at: number): void {
  const { units, domain } = context
  pad(context)
  const shift = 32 - bits
  let clause = 0
  let from = 0
  let to = 0
  let judging = 0
  for (let i = 0; i < units.count; i++) {
    const before = i === 0 ? kind.stop : units.kinds[i - 1]!
    if (before === kind.stop || before === kind.comma) {
      clause = hash2(ids[i + PAD]!, ids[i + PAD + 1]!)
      from = i
      to = clauseEnd(units, i)
      judging = judgingWords(context.marks, from, to)
    }
    grams(i + PAD)
    around(i + PAD, units.kinds[i] === kind.latin ? units.endings[i]! : 0)
    raw[30] = clause
    raw[31] = hash2(domain, ids[i + PAD]!)
    raw[32] = hash2(Math.min(15, i - from), Math.min(20, to - from))
    raw[33] = hash2(hash2(Math.min(3, i - from), Math.min(3, to - i)), judging)
    raw[34] = hash2(Math.min(8, to - i), ids[i + PAD]!)
    raw[35] = hash2(Math.min(8, i - from), ids[i + PAD]!)
    for (let k = 0; k < WIDTH; k++) out[at + k] = mix(raw[k]! ^ seeds[k]!) >>> shift
    at += WIDTH
  }
}

function pad({ units, marks }: UnitContext): void {
  const n = units.count
  const size = n + 2 * PAD
  if (ids.length < size) {
    ids = new Int32Array(2 * size)
    shapes = new Int32Array(2 * size)
    marked = new Uint8Array(2 * size)
  }
  ids.fill(FIRST, 0, PAD).fill(LAST, n + PAD, size)
  shapes.fill(kind.edge, 0, PAD).fill(kind.edge, n + PAD, size)
  marked.fill(NO_MARK, 0, PAD).fill(NO_MARK, n + PAD, size)
  for (let i = 0; i < n; i++) {
    ids[i + PAD] = units.ids[i]!
    shapes[i + PAD] = units.kinds[i]! + (units.spaced[i] ? 8 : 0)
    marked[i + PAD] = marks[i]!
  }
}

function grams(p: number): void {
  const m3 = ids[p - 3]!
  const m2 = ids[p - 2]!
  const m1 = ids[p - 1]!
  const c0 = ids[p]!
  const c1 = ids[p + 1]!
  const c2 = ids[p + 2]!
  const c3 = ids[p + 3]!
  raw[0] = c0
  raw[1] = m1
  raw[2] = c1
  raw[3] = m2
  raw[4] = c2
  raw[5] = m3
  raw[6] = c3
  raw[7] = hash2(m1, c0)
  raw[8] = hash2(c0, c1)
  raw[9] = hash2(m2, m1)
  raw[10] = hash2(c1, c2)
  raw[11] = hash2(m1, c1)
  raw[12] = hash2(hash2(m2, m1), c0)
  raw[13] = hash2(hash2(m1, c0), c1)
  raw[14] = hash2(hash2(c0, c1), c2)
  raw[15] = hash2(hash2(m3, m2), m1)
  raw[16] = hash2(hash2(c1, c2), c3)
  raw[17] = hash2(hash2(hash2(m2, m1), c0), c1)
  raw[18] = hash2(hash2(hash2(m1, c0), c1), c2)
  raw[19] = hash2(hash2(hash2(c0, c1), c2), c3)
  raw[20] = hash2(hash2(hash2(m3, m2), m1), c0)
  raw[21] = hash2(ids[p - 4]!, m3)
  raw[22] = hash2(c3, ids[p + 4]!)
}

function around(p: number, ending: number): void {
  const mark = marked[p]!
  const before = marked[p - 1]!
  const after = marked[p + 1]!
  raw[23] = hash2(hash2(shapes[p - 1]!, shapes[p]!), shapes[p + 1]!)
  raw[24] = ending || hash2(hash2(shapes[p - 2]!, shapes[p - 1]!), hash2(shapes[p + 1]!, shapes[p + 2]!))
  raw[25] = mark
  raw[26] = hash2(before, mark)
  raw[27] = hash2(mark, after)
  raw[28] = hash2(hash2(before, mark), after)
  raw[29] = hash2(mark, ids[p]!)
}

/** The first unit from `start` on that ends a clause. */
function clauseEnd({ kinds, count }: Units, start: number): number {
  let end = start
  while (end < count && kinds[end] !== kind.stop && kinds[end] !== kind.comma) end++
  return end
}

/** What the known words of a stretch do, in order and each run of the same once, but for those that only name things. */
function judgingWords(marks: Uint8Array, start: number, end: number): number {
  let h = 7
  let last = -1
  for (let i = start; i < end; i++) {
    const what = marks[i]! >> 2
    if (what !== last && what !== does.nothing && what !== does.names) h = hash2(h, what + 1)
    last = what
  }
  return h
}
