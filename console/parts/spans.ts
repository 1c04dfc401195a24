import type { VoiceRow } from '../../src/http/shapes.ts'

type Mention = VoiceRow['mentions'][number]

/** The least that evidence is drawn from; what else a mention has is drawn where it is given. */
export type Evidence = Pick<Mention, 'aspect' | 'polarity' | 'start' | 'end'> &
  Partial<Pick<Mention, 'termAt' | 'opinionAt' | 'sceneAt' | 'condition' | 'cause'>>

/** What a stretch of the text is to a mention or to the voice. */
const roles = ['term', 'opinion', 'scene', 'condition', 'cause', 'sarcasm'] as const
export type Role = (typeof roles)[number]

interface Placed {
  role: Role
  start: number
  end: number
}

export interface Segment {
  text: string
  /** What the piece is besides evidence, each once. */
  roles: Role[]
  /** Of those, the ones that end here. */
  closes: Role[]
  /** The mention this piece is shown as: of several that cover it, the shortest. Null for text between mentions. */
  mention: Evidence | null
  /** Mentions whose evidence ends here; each is named once. */
  ends: Evidence[]
}

const isLow = (text: string, at: number) => at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00

/** Keeps a span inside its text and never inside a surrogate pair; null where nothing is left of it. */
function tame<T extends { start: number; end: number }>(
  text: string,
  of: T,
): { start: number; end: number; of: T } | null {
  const within = (at: number) => Math.min(Math.max(Math.trunc(at) || 0, 0), text.length)
  let start = within(of.start)
  let end = within(of.end)
  if (isLow(text, start)) start -= 1
  if (isLow(text, end)) end += 1
  return start < end ? { start, end, of } : null
}

/** The places of a voice's terms, opinions, scenes, conditions, causes and sneer. */
export function placesOf(
  mentions: readonly Evidence[],
  sarcasm: { start: number; end: number } | null = null,
): Placed[] {
  const placed = mentions.flatMap(({ termAt, opinionAt, sceneAt, condition, cause }) =>
    Object.entries({ term: termAt, opinion: opinionAt, scene: sceneAt, condition, cause }).flatMap(([role, span]) =>
      span ? [{ role: role as Role, start: span.start, end: span.end }] : [],
    ),
  )
  return sarcasm ? [...placed, { role: 'sarcasm', ...sarcasm }] : placed
}

/**
 * Cuts a text at the ends of its evidence spans (UTF-16 offsets, end exclusive; they may overlap, nest, touch or lie outside).
 * The pieces joined are the text again.
 */
export function splitSpans(text: string, mentions: readonly Evidence[], placed: readonly Placed[] = []): Segment[] {
  const spans = mentions.map((mention) => tame(text, mention)).filter((span) => span !== null)
  const places = placed.map((place) => tame(text, place)).filter((place) => place !== null)
  const ends = [...spans, ...places].flatMap((span) => [span.start, span.end])
  const cuts = [...new Set([0, text.length, ...ends])].sort((a, b) => a - b)
  const segments: Segment[] = []
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [from, to] = [cuts[i]!, cuts[i + 1]!]
    const covering = spans.filter((span) => span.start <= from && span.end >= to)
    covering.sort((a, b) => a.end - a.start - (b.end - b.start))
    const here = places.filter((place) => place.start <= from && place.end >= to)
    const namesOf = (found: typeof here) => roles.filter((role) => found.some((place) => place.of.role === role))
    segments.push({
      text: text.slice(from, to),
      roles: namesOf(here),
      closes: namesOf(here.filter((place) => place.end === to)),
      mention: covering[0]?.of ?? null,
      ends: covering.filter((span) => span.end === to).map((span) => span.of),
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
