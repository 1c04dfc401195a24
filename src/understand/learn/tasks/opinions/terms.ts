import { z } from 'zod'
import type { Stretch } from '../../crf/relations.ts'
import { Offsets } from '../../offsets.ts'
import type { Json } from '../../task.ts'

/** A term of a file: its words, and where they stand in code points (null where the file does not know). */
export const termShape = z.tuple([z.string(), z.number().nullable(), z.number().nullable()]).nullish()
export type Term = z.infer<typeof termShape>

/** The place of a term that is not in its text: it counts as one to be found, and nothing found equals it. */
export const NOWHERE: Stretch = { start: -1, end: -1 }

/** The terms of a text. */
export class Terms {
  readonly #text: string
  readonly #offsets: Offsets

  constructor(text: string) {
    this.#text = text
    this.#offsets = new Offsets(text)
  }

  /**
   * The stretch of a term in UTF-16 units, null for an implicit one. Where its offsets do not lead to its words, the words are
   * searched, nearest to where they should be.
   */
  find(term: Term): Stretch | null {
    if (!term) return null
    const [words, from, to] = term
    const start = from === null ? null : this.#offsets.toUnits(from)
    const end = to === null ? null : this.#offsets.toUnits(to)
    if (start !== null && end !== null && this.#text.slice(start, end) === words && words !== '') return { start, end }
    const found = words === '' ? -1 : this.#nearest(words, start ?? 0)
    return found < 0 ? NOWHERE : { start: found, end: found + words.length }
  }

  #nearest(words: string, wanted: number): number {
    const after = this.#text.indexOf(words, wanted)
    const before = this.#text.lastIndexOf(words, wanted)
    if (after < 0 || before < 0) return Math.max(after, before)
    return after - wanted < wanted - before ? after : before
  }

  write(stretch: Stretch | null): Json {
    if (!stretch) return null
    const { start, end } = stretch
    return [this.#text.slice(start, end), this.#offsets.toPoints(start), this.#offsets.toPoints(end)]
  }
}
