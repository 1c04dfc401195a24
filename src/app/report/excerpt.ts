import type { ReportQuote } from './shape.ts'

/** UTF-16 units kept on either side of the evidence. */
const AROUND = 70

export interface Excerpt {
  before: string
  /** Empty where the whole text was given as evidence: then nothing in it was told apart. */
  evidence: string
  after: string
}

/** The part of a quote that a reader of the report needs: the evidence with what stands around it. The data keep the whole text. */
export function excerpt({ text, start, end }: ReportQuote): Excerpt {
  if (start === 0 && end >= text.length) return { before: cutAfter(text, 3 * AROUND), evidence: '', after: '' }
  return {
    before: cutBefore(text.slice(0, start)),
    evidence: text.slice(start, end),
    after: cutAfter(text.slice(end), AROUND),
  }
}

// Cutting may part a pair of surrogates; the half that is left would be no character.
const cutBefore = (text: string): string =>
  text.length <= AROUND
    ? text
    : `…${text
        .slice(-AROUND)
        .toWellFormed()
        .replace(/^\uFFFD/, '')}`

const cutAfter = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text
        .slice(0, most)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
