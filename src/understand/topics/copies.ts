import { unitsOf } from '../graph/units.ts'

const HASHES = 16
const BANDS = 4
const SHINGLE = 3
/** Texts that share this much of their shingles are one text and its copies. */
const SAME = 0.7

/**
 * The numbers of the texts that are left when copies are taken out: of texts that share 70 % of their three-unit shingles the first.
 * Min-hash with bands finds the pairs (Broder 1997), the shingles themselves decide. Texts of fewer than eight units are never taken
 * for copies: two people may both write 很好.
 */
export function withoutCopies(texts: readonly string[]): number[] {
  const kept: number[] = []
  const buckets = new Map<string, number[]>()
  const shingles = new Map<number, Set<number>>()
  const exact = new Set<string>()
  for (const [at, text] of texts.entries()) {
    const own = shinglesOf(text)
    if (own.size < 6) {
      kept.push(at)
      continue
    }
    if (exact.has(text)) continue
    exact.add(text)
    const keys = bandsOf(own)
    const near = keys.flatMap((key) => buckets.get(key) ?? [])
    if (near.some((other) => jaccard(own, shingles.get(other)!) >= SAME)) continue
    kept.push(at)
    shingles.set(at, own)
    for (const key of keys) {
      const bucket = buckets.get(key)
      if (bucket) bucket.push(at)
      else buckets.set(key, [at])
    }
  }
  return kept
}

function shinglesOf(text: string): Set<number> {
  const { codes, length } = unitsOf(text)
  const found = new Set<number>()
  for (let i = 0; i + SHINGLE <= length; i++) {
    let hash = 17
    for (let k = 0; k < SHINGLE; k++) hash = Math.imul(hash, 0x01000193) ^ codes[i + k]!
    found.add(hash)
  }
  return found
}

function bandsOf(shingles: ReadonlySet<number>): string[] {
  const least = new Uint32Array(HASHES).fill(0xffffffff)
  for (const shingle of shingles) {
    for (let h = 0; h < HASHES; h++) {
      let hash = Math.imul(shingle ^ (h * 0x9e3779b1), 0x85ebca6b)
      hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
      hash = (hash ^ (hash >>> 13)) >>> 0
      if (hash < least[h]!) least[h] = hash
    }
  }
  const rows = HASHES / BANDS
  return Array.from({ length: BANDS }, (_, band) => `${band}:${least.slice(band * rows, (band + 1) * rows).join(',')}`)
}

/** The share of what either has that both have. */
export function jaccard<T>(one: ReadonlySet<T>, other: ReadonlySet<T>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let both = 0
  for (const thing of small) if (large.has(thing)) both++
  const either = one.size + other.size - both
  return either === 0 ? 0 : both / either
}
