import { foldText, isDigit, isHan, isLatin } from './text.ts'

// Shorter texts are equal by nature: 很好用, 物流快.
const LEAST_SIGNS = 18
const MOST_SIGNS = 4000
const SHINGLE = 4
const BINS = 16
const BAND = 2
// Of the shingles of two texts together, the share that both must have.
const SAME = 0.6

/**
 * For each text the index of the first earlier one with nearly the same words (Jaccard similarity of 4-character shingles ≥ 0.6), or null.
 * Punctuation, spaces, case and traditional characters do not count; texts under 18 letters are never copies. Candidates are found by one-permutation
 * MinHash (Li, Owen, Zhang 2012: 16 bins, bands of 2), then compared in full.
 */
export function findCopies(texts: readonly string[]): (number | null)[] {
  const buckets = new Map<number, number[]>()
  const shingles: (Set<number> | null)[] = []
  return texts.map((text, index) => {
    const own = shinglesOf(text)
    shingles.push(own)
    if (!own) return null
    const bands = bandsOf(own)
    let original: number | null = null
    for (const other of new Set(bands.flatMap((band) => buckets.get(band) ?? []))) {
      if (original !== null && other > original) continue
      if (similarity(own, shingles[other]!) >= SAME) original = other
    }
    // A copy need not be remembered: whoever is like it is like the first one, or the first of a group of its own.
    if (original === null) for (const band of bands) remember(buckets, band, index)
    return original
  })
}

/** The numbers of the texts that are no copy of an earlier one. */
export const withoutCopies = (texts: readonly string[]): number[] =>
  findCopies(texts).flatMap((original, at) => (original === null ? [at] : []))

// So many texts under one key are a form that everybody fills in; looking through more would cost the square of their number.
const MOST_ALIKE = 24

function remember(buckets: Map<number, number[]>, band: number, index: number): void {
  const bucket = buckets.get(band)
  if (!bucket) buckets.set(band, [index])
  else if (bucket.length < MOST_ALIKE) bucket.push(index)
}

function shinglesOf(text: string): Set<number> | null {
  if (text.length < LEAST_SIGNS) return null
  const units = foldText(text)
  const signs: number[] = []
  for (let i = 0; i < text.length && signs.length < MOST_SIGNS; i++) {
    const code = units[i]!
    if (isHan(code) || isLatin(code) || isDigit(code)) signs.push(code)
  }
  if (signs.length < LEAST_SIGNS) return null
  const found = new Set<number>()
  for (let i = 0; i + SHINGLE <= signs.length; i++) {
    let hash = 0x811c9dc5
    for (let k = 0; k < SHINGLE; k++) hash = Math.imul(hash ^ signs[i + k]!, 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
    found.add((hash ^ (hash >>> 13)) >>> 0)
  }
  return found
}

function bandsOf(shingles: Set<number>): number[] {
  const least = new Array<number>(BINS).fill(0xffffffff)
  for (const hash of shingles) {
    const bin = hash & (BINS - 1)
    if (hash < least[bin]!) least[bin] = hash
  }
  // An empty bin borrows from the next that is not (Shrivastava, Li 2014).
  for (let i = 2 * BINS - 1; i >= 0; i--) {
    if (least[i % BINS] === 0xffffffff) least[i % BINS] = least[(i + 1) % BINS]!
  }
  const bands: number[] = []
  for (let i = 0; i < BINS; i += BAND) {
    bands.push((Math.imul(least[i]!, 31) ^ Math.imul(least[i + 1]!, 0x9e3779b1) ^ i) >>> 0)
  }
  return bands
}

function similarity(a: Set<number>, b: Set<number>): number {
  if (Math.min(a.size, b.size) < SAME * Math.max(a.size, b.size)) return 0
  let both = 0
  for (const hash of a) if (b.has(hash)) both++
  return both / (a.size + b.size - both)
}
