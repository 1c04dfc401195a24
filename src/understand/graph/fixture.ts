import type { Told } from './told.ts'

/** A mention of an aspect at the place of some words in a text. */
const mentionAt = (text: string, words: string, aspect: string, more: Partial<Told['mentions'][number]> = {}) => {
  const start = text.indexOf(words)
  const end = start + words.length
  return { aspect, term: words, opinion: null, polarity: 'negative' as const, scene: null, start, end, ...more }
}

let voices = 0

/** A voice with one mention: words of the text that mean the aspect. */
export function voice(
  text: string,
  about: { words?: string; aspect?: string; low?: boolean | null; mention?: Partial<Told['mentions'][number]> } = {},
): Told {
  const { words, aspect = 'noise', low = null, mention } = about
  return {
    id: `v${voices++}`,
    text,
    mentions: words ? [mentionAt(text, words, aspect, mention)] : [],
    low,
    returned: null,
    negative: low === true,
  }
}

/** A sign that differs from text to text, so that no two are alike. */
export const sign = (at: number): string => String.fromCharCode(0x4e00 + ((at * 7919) % 6000))
