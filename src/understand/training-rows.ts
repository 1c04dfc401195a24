import type { Polarity, Reading } from '../core/reading.ts'

/** The shapes in which corrected readings leave for `daystar learn`. */
export const trainingShapes = ['class', 'opinions'] as const
export type TrainingShape = (typeof trainingShapes)[number]

type Span = [string, number, number]

/** `{text, label}`: what the whole voice says. */
export function classRow(text: string, { sentiment }: Reading): { text: string; label: Polarity } {
  return { text, label: sentiment }
}

const polarityWords: Record<Polarity, string> = { positive: '正面', negative: '负面', neutral: '中性', mixed: '中性' }

/** `{text, quads}`: who is judged by which words, in code points. `nameOf` gives an aspect's name, which is the category. */
export function opinionsRow(text: string, { mentions }: Reading, nameOf: (aspect: string) => string) {
  const quads = mentions.map(({ aspect, termAt, opinionAt, polarity, start, end }) => ({
    aspect: spanOf(text, termAt),
    // A quadruple needs one of the two: where neither is known the evidence stands for the opinion.
    opinion: spanOf(text, opinionAt ?? (termAt === null ? { start, end } : null)),
    category: nameOf(aspect),
    polarity: polarityWords[polarity],
  }))
  return { text, quads }
}

/** Words with their offsets in code points. */
function spanOf(text: string, at: { start: number; end: number } | null): Span | null {
  return at && [text.slice(at.start, at.end), codePoints(text, at.start), codePoints(text, at.end)]
}

const codePoints = (text: string, until: number): number => [...text.slice(0, until)].length
