import { shuffledBatches } from './batch.ts'

/** How long a network learns: characters to read in all, and the bounds of the number of passes. */
export interface Course {
  read: number
  least: number
  most: number
  rate: number
}

export interface Step {
  rows: number[]
  rate: number
  /** Tenths of the whole that are done after this step, where it ends one. */
  tenths: number | null
}

const ROWS = 32
const CELLS = 4096
const WARMING = 100

/** The steps of a course over texts of these lengths: small sets in smaller batches and more passes; the rate rises, then falls to nothing. */
export function stepsOf(course: Course, lengths: readonly number[], seed: number): Step[] {
  const characters = lengths.reduce((sum, n) => sum + n, 0)
  const passes = Math.max(course.least, Math.min(course.most, Math.round(course.read / Math.max(1, characters))))
  const size = Math.max(8, Math.min(ROWS, Math.round(lengths.length / 60)))
  const batches = Array.from({ length: passes }, (_, pass) => shuffledBatches(lengths, size, CELLS, seed * 1000 + pass))
  const total = batches.reduce((sum, pass) => sum + pass.length, 0)
  const warming = Math.min(WARMING, total / 10)
  return batches.flat().map((rows, i) => {
    const rate = course.rate * Math.min(1, (i + 1) / warming) * (0.02 + 0.98 * (1 - i / total))
    const tenths = Math.floor((10 * (i + 1)) / total)
    return { rows, rate, tenths: tenths > Math.floor((10 * i) / total) ? tenths : null }
  })
}
