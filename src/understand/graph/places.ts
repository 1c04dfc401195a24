import { Matcher } from '../matcher.ts'
import { foldText, foldWord } from '../text.ts'
import type { Phrase } from './phrases.ts'
import type { Told } from './told.ts'
import { type Units, unitsOf } from './units.ts'

/** Where one phrase stands, counted. */
export interface Found {
  phrase: Phrase
  /** Numbers of the voices that contain it, in order. */
  voices: number[]
  occurrences: number
  /** Occurrences that touch evidence of the reader. */
  covered: number
  /** Occurrences right after a word of degree, as judging words stand: 很丰盛. */
  graded: number
  clauses: number
  /** Clauses with it that speak of an aspect, by aspect. */
  byAspect: Map<string, number>
  rated: number
  low: number
  negative: number
  examples: { voice: number; start: number; end: number }[]
}

const KEPT = 24
const DEGREE = /(?:[很挺蛮太超极更最够颇]|非常|比较|十分|特别|有点|有些|不太|不够|相当|那么|这么|越来越)$/

/** Goes through the voices once: every phrase with its clauses, the aspects spoken of in them, and what became of its voices. */
export class Places {
  readonly found: Found[]
  readonly aspectClauses = new Map<string, number>()
  clauses = 0
  voices = 0
  rated = 0
  low = 0
  negative = 0
  readonly #matcher = new Matcher()

  constructor(told: readonly Told[], phrases: readonly Phrase[]) {
    this.found = phrases.map((phrase) => ({
      phrase,
      voices: [],
      occurrences: 0,
      covered: 0,
      graded: 0,
      clauses: 0,
      byAspect: new Map(),
      rated: 0,
      low: 0,
      negative: 0,
      examples: [],
    }))
    for (const [at, { text }] of phrases.entries()) this.#matcher.add(foldWord(text), at)
    for (const [voice, one] of told.entries()) this.#take(voice, one)
  }

  #take(voice: number, told: Told): void {
    const units = unitsOf(told.text)
    const clauseOf = (at: number) => units.clauses[at]!
    const aspects = aspectsByClause(units, told)
    const folded = foldText(told.text)
    const length = units.length === 0 ? 0 : units.ends[units.length - 1]!
    const seen = new Map<number, number>()
    for (let i = 0; i < units.length; i++) {
      this.#matcher.walk(folded, length, units.starts[i]!, (id, start, end) => {
        const found = this.found[id]!
        found.occurrences++
        if (told.mentions.some((mention) => mention.start < end && mention.end > start)) found.covered++
        if (DEGREE.test(told.text.slice(Math.max(0, start - 2), start))) found.graded++
        if (seen.get(id) === clauseOf(i)) return
        if (!seen.has(id)) this.#enter(found, voice, told, start, end)
        seen.set(id, clauseOf(i))
        found.clauses++
        for (const aspect of aspects.get(clauseOf(i)) ?? [])
          found.byAspect.set(aspect, (found.byAspect.get(aspect) ?? 0) + 1)
      })
    }
    this.#count(units, told, aspects)
  }

  #enter(found: Found, voice: number, told: Told, start: number, end: number): void {
    found.voices.push(voice)
    if (found.examples.length < KEPT) found.examples.push({ voice, start, end })
    if (told.low !== null) found.rated++
    if (told.low) found.low++
    if (told.negative) found.negative++
  }

  #count(units: Units, told: Told, aspects: Map<number, Set<string>>): void {
    let clause = -1
    for (let i = 0; i < units.length; i++) {
      if (units.clauses[i] === clause) continue
      clause = units.clauses[i]!
      this.clauses++
      for (const aspect of aspects.get(clause) ?? [])
        this.aspectClauses.set(aspect, (this.aspectClauses.get(aspect) ?? 0) + 1)
    }
    this.voices++
    if (told.low !== null) this.rated++
    if (told.low) this.low++
    if (told.negative) this.negative++
  }
}

/** Which aspects the reader found in each clause of a voice. */
function aspectsByClause(units: Units, { mentions }: Told): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>()
  for (const { aspect, start, end } of mentions) {
    for (let i = 0; i < units.length; i++) {
      if (units.ends[i]! <= start) continue
      if (units.starts[i]! >= end) break
      const clause = units.clauses[i]!
      const aspects = found.get(clause)
      if (aspects) aspects.add(aspect)
      else found.set(clause, new Set([aspect]))
    }
  }
  return found
}

/** How many of the texts contain each phrase. */
export function countTexts(texts: readonly string[], phrases: readonly Phrase[]): Uint32Array {
  const counts = new Uint32Array(phrases.length)
  const last = new Int32Array(phrases.length).fill(-1)
  const matcher = new Matcher()
  for (const [at, { text }] of phrases.entries()) matcher.add(foldWord(text), at)
  for (const [number, text] of texts.entries()) {
    const folded = foldText(text)
    for (let i = 0; i < text.length; i++)
      matcher.walk(folded, text.length, i, (id) => {
        if (last[id] !== number) counts[id]!++
        last[id] = number
      })
  }
  return counts
}
