import type { VoiceRow } from '../../src/http/shapes.ts'

type Mention = VoiceRow['mentions'][number]

export interface Segment {
  text: string
  /** The mention this piece is shown as: of several that cover it, the shortest. Null for text between mentions. */
  mention: Mention | null
  /** Mentions whose evidence ends here; each is named once. */
  ends: Mention[]
}

const isLow = (text: string, at: number) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Keeps a span inside its text and never inside a surrogate pair; null where nothing is left of it. */
function tame(text: string, mention: Mention): { start: number; end: number; mention: Mention } | null {
  const within = (at: number) => Math.min(Math.max(Math.trunc(at) || 0, 0), text.length)
  let start = within(mention.start)
  let end = within(mention.end)
  if (isLow(text, start)) start -= 1
  if (isLow(text, end)) end += 1
  return start < end ? { start, end, mention } : null
}

/**
 * Cuts a text at the ends of its evidence spans (UTF-16 offsets, end exclusive; they may overlap, nest, touch or lie outside).
 * The pieces joined are the text again.
 */
export function splitSpans(text: string, mentions: readonly Mention[]): Segment[] {
  const spans = mentions.map((mention) => tame(text, mention)).filter((span) => span !== null)
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b)
  const segments: Segment[] = []
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [from, to] = [cuts[i]!, cuts[i + 1]!]
    const covering = spans.filter((span) => span.start <= from && span.end >= to)
    covering.sort((a, b) => a.end - a.start - (b.end - b.start))
    segments.push({
      text: text.slice(from, to),
      mention: covering[0]?.mention ?? null,
      ends: covering.filter((span) => span.end === to).map((span) => span.mention),
    })
  }
  return segments
}

/** The last character, whole, so that a label can be tied to it. */
export function cutLast(text: string): [string, string] {
  const characters = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(text)]
  const last = characters.at(-1)
  return last ? [text.slice(0, last.index), last.segment] : ['', '']
}

/** The beginning of a text, up to the end of a clause where one lies in the second half of what fits. */
function opening(text: string, most: number): string {
  if (text.length <= most) return text
  const fits = text.slice(0, isLow(text, most) ? most - 1 : most)
  const clause = Math.max(...[...'。！？；，.!?;,'].map((mark) => fits.lastIndexOf(mark)))
  return `${clause >= most / 2 ? fits.slice(0, clause + 1) : fits}…`
}

/** A quote is cut to the sentence around its span where the whole would be too long for a row; without a span (start = end), to its beginning. */
export function excerpt(
  text: string,
  start: number,
  end: number,
  around = 28,
): { text: string; start: number; end: number } {
  if (start >= end) return { text: opening(text, 3 * around), start: 0, end: 0 }
  const from = start <= around ? 0 : start - around
  const to = text.length - end <= around ? text.length : end + around
  const safeFrom = from > 0 && (text.charCodeAt(from) & 0xfc00) === 0xdc00 ? from - 1 : from
  const safeTo = to < text.length && (text.charCodeAt(to) & 0xfc00) === 0xdc00 ? to + 1 : to
  const lead = safeFrom > 0 ? '…' : ''
  const shift = lead.length - safeFrom
  return {
    text: lead + text.slice(safeFrom, safeTo) + (safeTo < text.length ? '…' : ''),
    start: start + shift,
    end: end + shift,
  }
}
