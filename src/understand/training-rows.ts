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
  const quads = mentions.map(({ aspect, term, opinion, polarity, start, end }) => ({
    aspect: spanOf(text, term, start, end),
    opinion:
      spanOf(text, opinion, start, end) ?? (term === null ? spanOf(text, text.slice(start, end), start, end) : null),
    category: nameOf(aspect),
    polarity: polarityWords[polarity],
  }))
  return { text, quads }
}

/** Words within an evidence span, with their offsets in code points; null where there are none. */
function spanOf(text: string, words: string | null, start: number, end: number): Span | null {
  if (words === null || words === '') return null
  const at = text.indexOf(words, start)
  if (at < 0 || at + words.length > end) return null
  const from = codePoints(text, at)
  return [words, from, from + codePoints(words, words.length)]
}

const codePoints = (text: string, until: number): number => [...text.slice(0, until)].length
