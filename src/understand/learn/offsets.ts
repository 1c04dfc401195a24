/**
 * Positions of a text in code points and in UTF-16 units. Files count code points, as most annotation tools do; JavaScript counts
 * units, so that a text with emoji has two numbers for each place. A lone surrogate counts as one in both.
 */
export class Offsets {
  readonly #units: Uint32Array | null
  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    this.#units = /[\uD800-\uDBFF][\uDC00-\uDFFF]/.test(text) ? unitsOf(text) : null
  }

  /** The UTF-16 position of a code point's position, or null where the text is shorter. */
  toUnits(point: number): number | null {
    if (!Number.isInteger(point) || point < 0) return null
    if (!this.#units) return point <= this.#length ? point : null
    return this.#units[point] ?? null
  }

  /** The code point's position of a UTF-16 position; a position within a pair counts as the pair's start. */
  toPoints(unit: number): number {
    if (!this.#units) return unit
    let low = 0
    let high = this.#units.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#units[middle]! <= unit) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** The unit at which each code point begins, and the text's length at the end. */
function unitsOf(text: string): Uint32Array {
  const starts: number[] = []
  let unit = 0
  for (const point of text) {
    starts.push(unit)
    unit += point.length
  }
  starts.push(unit)
  return Uint32Array.from(starts)
}
