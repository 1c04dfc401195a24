/**
 * The tags of a chain: a unit is outside, begins a span, stands in its middle, ends it, or is a span alone. Aspect terms and opinion
 * terms have a chain each, so that one may lie within the other.
 */
export const tag = { outside: 0, begin: 1, middle: 2, end: 3, single: 4 } as const
export const TAGS = 5

/** The moves that a chain allows, as pairs of tags. */
export const moveFrom = Uint8Array.of(0, 0, 0, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4)
export const moveTo = Uint8Array.of(0, 1, 4, 2, 3, 2, 3, 0, 1, 4, 0, 1, 4)
export const MOVES = moveFrom.length

/** The two chains: aspect terms and opinion terms. */
export const SORTS = 2
/** Emission scores of a unit: the tags of sort 0, then those of sort 1. */
export const OUTPUTS = SORTS * TAGS

export interface Span {
  /** Units, end exclusive. */
  start: number
  end: number
}

/** Writes the tags of a span; a span that runs into another of its sort is left out. */
export function tagSpan(tags: Uint8Array, at: number, span: Span): void {
  for (let i = span.start; i < span.end; i++) if (tags[at + i] !== tag.outside) return
  if (span.end === span.start + 1) {
    tags[at + span.start] = tag.single
    return
  }
  tags.fill(tag.middle, at + span.start + 1, at + span.end - 1)
  tags[at + span.start] = tag.begin
  tags[at + span.end - 1] = tag.end
}
