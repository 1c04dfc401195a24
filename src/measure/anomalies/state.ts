import { type Known, nothingKnown } from './filter.ts'
import type { Novelty } from './novelty.ts'
import { nothingStrange, type Strangeness } from './strangeness.ts'

/** All that a detector knows of its series. */
export interface State extends Known {
  seen: number
  /** When the last point was. */
  last: number | null
  /** Running mean and variance of the values on the working scale: the measure of effects not seen yet. */
  average: number
  square: number
  /** Points in a row that lay on one side; below nought: the lower. */
  lasting: number
  promotions: string[]
  strangeness: Strangeness
}

export const nothingOfIt = (): State => ({
  ...nothingKnown(),
  seen: 0,
  last: null,
  average: 0,
  square: 0,
  lasting: 0,
  promotions: [],
  strangeness: nothingStrange(),
})

/** As it is kept: JSON, its long lists as text, so that ten thousand of them are read and written in little time. */
interface Packed extends Omit<State, 'mean' | 'variance' | 'strangeness'> {
  version: 3
  mean: string
  variance: string
  strangeness: Omit<Strangeness, 'novelty'> & { novelty: PackedNovelty }
}

interface PackedNovelty {
  first: number[]
  counts: { begin: number; width: number; recent: string; known: string }[]
}

export function pack(state: State): Packed {
  const { novelty, views, peaks, ...strangeness } = state.strangeness
  return {
    version: 3,
    ...state,
    promotions: [...state.promotions],
    mean: floats(state.mean),
    variance: floats(state.variance),
    strangeness: {
      ...strangeness,
      means: [...strangeness.means],
      squares: [...strangeness.squares],
      views: views.map((view) => ({ ...view })),
      peaks: { ...peaks },
      novelty: packNovelty(novelty),
    },
  }
}

/** What was packed; undefined where it is not of this version. */
export function unpack(saved: unknown): State | undefined {
  if (typeof saved !== 'object' || saved === null || (saved as Packed).version !== 3) return undefined
  const { version: _, ...packed } = saved as Packed
  const { novelty, views, peaks, ...strangeness } = packed.strangeness
  return {
    ...packed,
    promotions: [...packed.promotions],
    mean: numbers(packed.mean),
    variance: numbers(packed.variance),
    strangeness: {
      ...strangeness,
      means: [...strangeness.means],
      squares: [...strangeness.squares],
      views: views.map((view) => ({ ...view })),
      peaks: { ...peaks },
      novelty: unpackNovelty(novelty),
    },
  }
}

/** 32-bit floats in base64, seven digits each. What is not given is not a number there. */
function floats(list: readonly (number | undefined)[]): string {
  return Buffer.from(Float32Array.from(list, (value) => value ?? Number.NaN).buffer).toString('base64')
}

function numbers(text: string): (number | undefined)[] {
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'))
  return Array.from(new Float32Array(bytes.buffer), (value) => (Number.isNaN(value) ? undefined : value))
}

/** Small whole numbers as letters from "0" on; histograms of one count lie side by side. */
const letters = (list: readonly number[]): string => String.fromCharCode(...list.map((n) => n + 48))
const small = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0) - 48)

const packNovelty = ({ first, counts }: Novelty): PackedNovelty => ({
  first: [...first],
  counts: counts.map(({ begin, width, recent, known }) => ({
    begin,
    width,
    recent: letters(recent),
    known: known.map(letters).join(' '),
  })),
})

const unpackNovelty = ({ first, counts }: PackedNovelty): Novelty => ({
  first: [...first],
  counts: counts.map(({ begin, width, recent, known }) => ({
    begin,
    width,
    recent: small(recent),
    known: known === '' ? [] : known.split(' ').map(small),
  })),
})
