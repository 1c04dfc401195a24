import type { Stretch } from '../../crf/relations.ts'
import { kind, type Units } from '../../crf/units.ts'

/** How far from the term words are looked at by distance, in units. */
export const REACH = 12

/** A distance of units in six steps. */
export const distance = (d: number): number => (d < 1 ? 0 : d < 2 ? 1 : d < 4 ? 2 : d < 7 ? 3 : d < 12 ? 4 : 5)

/** The units that a stretch of UTF-16 units touches. */
export function spanOf({ starts, ends, count }: Units, term: Stretch): Stretch {
  let start = 0
  while (start < count && ends[start]! <= term.start) start++
  let end = start
  while (end < count && starts[end]! < term.end) end++
  return { start, end }
}

/** The stretch around a term up to the nearest stop, comma or unit that `breaks`. */
export function clauseOf({ kinds, ids, count }: Units, term: Stretch, breaks?: ReadonlySet<number>): Stretch {
  const parts = (i: number) => kinds[i] === kind.stop || kinds[i] === kind.comma || breaks?.has(ids[i]!) === true
  let { start, end } = term
  while (start > 0 && !parts(start - 1)) start--
  while (end < count && !parts(end)) end++
  return { start, end }
}

/** The part of a clause between the terms before and after a term. */
export function ownOf(clause: Stretch, term: Stretch, terms: Stretch[]): Stretch {
  let { start, end } = clause
  for (const other of terms) {
    if (other.end <= term.start) start = Math.max(start, other.end)
    if (other.start >= term.end) end = Math.min(end, other.start)
  }
  return { start, end }
}

/** UTF-16 units on each side of a term that the strong tier reads with it. */
const BESIDE = 90

/** A term with what stands around it, between marks that tell it from the other terms of its text. */
export function marked(text: string, { start, end }: Stretch): string {
  if (end <= start) return text
  return `${text.slice(Math.max(0, start - BESIDE), start)}【${text.slice(start, end)}】${text.slice(end, end + BESIDE)}`
}
