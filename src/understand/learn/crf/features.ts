import { kind, type Units } from './units.ts'

export const mix = (value: number): number => {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
const pair = (a: number, b: number): number => Math.imul(a, 0x01000193) ^ b

/** Features of a unit. */
export const WIDTH = 27

const PAD = 4
let ids = new Int32Array(512)
let shapes = new Int32Array(512)

/**
 * The hashed features of every unit of a text, {@link WIDTH} a unit, each an index below 2^bits: n-grams of units around it, the kinds of
 * the units around, how its clause begins, the domain.
 */
export function unitFeatures(units: Units, domain: number, bits: number, out: Uint32Array, at: number): void {
  const n = units.count
  if (ids.length < n + 2 * PAD) {
    ids = new Int32Array(2 * n + 2 * PAD)
    shapes = new Int32Array(2 * n + 2 * PAD)
  }
  ids.fill(1, 0, PAD)
  shapes.fill(kind.edge, 0, PAD)
  for (let i = 0; i < n; i++) {
    ids[i + PAD] = units.ids[i]!
    shapes[i + PAD] = units.kinds[i]! + (units.spaced[i] ? 8 : 0)
  }
  ids.fill(2, n + PAD, n + 2 * PAD)
  shapes.fill(kind.edge, n + PAD, n + 2 * PAD)
  const shift = 32 - bits
  let clause = 0
  for (let i = 0; i < n; i++) {
    const p = i + PAD
    const m4 = ids[p - 4]!
    const m3 = ids[p - 3]!
    const m2 = ids[p - 2]!
    const m1 = ids[p - 1]!
    const c0 = ids[p]!
    const c1 = ids[p + 1]!
    const c2 = ids[p + 2]!
    const c3 = ids[p + 3]!
    const c4 = ids[p + 4]!
    const sort = units.kinds[i]!
    if (i === 0 || units.kinds[i - 1] === kind.stop || units.kinds[i - 1] === kind.comma) clause = pair(c0, c1)
    let k = at + i * WIDTH
    let seed = 0
    const put = (value: number) => {
      seed = (seed + 0x3779b97b) | 0
      out[k++] = mix(value ^ seed) >>> shift
    }
    put(c0)
    put(m1)
    put(c1)
    put(m2)
    put(c2)
    put(m3)
    put(c3)
    put(pair(m1, c0))
    put(pair(c0, c1))
    put(pair(m2, m1))
    put(pair(c1, c2))
    put(pair(m1, c1))
    put(pair(pair(m2, m1), c0))
    put(pair(pair(m1, c0), c1))
    put(pair(pair(c0, c1), c2))
    put(pair(pair(m3, m2), m1))
    put(pair(pair(c1, c2), c3))
    put(pair(pair(pair(m2, m1), c0), c1))
    put(pair(pair(pair(m1, c0), c1), c2))
    put(pair(pair(pair(c0, c1), c2), c3))
    put(pair(pair(pair(m3, m2), m1), c0))
    put(pair(m4, m3))
    put(pair(c3, c4))
    put(pair(pair(shapes[p - 1]!, shapes[p]!), shapes[p + 1]!))
    put(sort === kind.latin ? units.endings[i]! : pair(pair(shapes[p - 2]!, shapes[p - 1]!), pair(shapes[p + 1]!, shapes[p + 2]!)))
    put(pair(clause, 7))
    put(pair(domain, c0))
  }
}
