import type { Encoded } from './alphabet.ts'
import type { Judgement, Pair } from './pair-head.ts'
import { type Look, pairsOf, type RelationModel } from './relation-model.ts'
import type { Likely, Span } from './span-chain.ts'

/** A link said of a text, with the probability that spans, link and classes are all right. */
export interface SaidLink {
  a: Span | null
  b: Span | null
  classes: number[]
  confidence: number
}

/** Spans less likely than this are not looked at. */
const LEAST = 0.1

/** The links that texts[rows] may hold, the likeliest first, by the mean of several models. */
export function readTogether(
  models: readonly RelationModel[],
  rows: readonly number[],
  texts: readonly Encoded[],
  each: (row: number, links: SaidLink[]) => void,
): void {
  const looks = models.map((model) => model.look(rows, texts, LEAST / models.length))
  const found = looks[0]!.rows.map((row, line) => {
    const spans = meanSpans(looks, line)
    const sort = (which: number) => spans.filter((span) => span.sort === which)
    return { row, pairs: pairsOf(line, sort(0), sort(1)) }
  })
  const pairs = found.flatMap((one) => one.pairs)
  const judgements = looks.map((look) => look.judge(pairs))
  for (const look of looks) look.close()
  const links = pairs.map((pair, i) =>
    linkOf(
      pair,
      judgements.map((own) => own[i]!),
    ),
  )
  let at = 0
  for (const { row, pairs: own } of found) {
    const ranked = links.slice(at, at + own.length).sort((x, y) => y.confidence - x.confidence)
    at += own.length
    each(row, ranked)
  }
}

function meanSpans(looks: readonly Look[], line: number): Likely[] {
  const all = new Map<string, Likely>()
  for (const look of looks) {
    for (const span of look.spans[line]!) {
      const key = `${span.sort} ${span.start} ${span.end}`
      const known = all.get(key)
      const share = span.probability / looks.length
      if (known) known.probability += share
      else all.set(key, { ...span, probability: share })
    }
  }
  return [...all.values()].filter((span) => span.probability >= LEAST)
}

/** The pair's likeliest classes, and how likely spans, link and classes are right together. */
function linkOf({ a, b }: Pair, judgements: readonly Judgement[]): SaidLink {
  const likely = (span: Span | null): number => (span ? (span as Likely).probability : 1)
  const mean = (value: (judgement: Judgement) => number): number =>
    judgements.reduce((sum, judgement) => sum + value(judgement), 0) / judgements.length
  let confidence = likely(a) * likely(b) * mean((judgement) => judgement.link)
  const classes = judgements[0]!.classes.map((_, head) => {
    const means = Array.from(judgements[0]!.classes[head]!, (_p, c) =>
      mean((judgement) => judgement.classes[head]![c]!),
    )
    const best = means.indexOf(Math.max(...means))
    confidence *= means[best]!
    return best
  })
  return { a, b, classes, confidence }
}

/**
 * The links that are worth saying: from the likeliest on, those at least `least` likely whose spans do not cut across a said one's
 * (an equal span may be shared when the other side differs; where `crossing`, a span may lie across one of the other sort). For the F measure the best `least` is half of the F reached
 * (Lipton, Elkan and Narayanaswamy 2014).
 */
export function decide(links: readonly SaidLink[], least: number, crossing: boolean): SaidLink[] {
  const said: SaidLink[] = []
  for (const link of links) {
    if (link.confidence < least) break
    if (said.every((other) => agree(link, other, crossing))) said.push(link)
  }
  return said
}

const same = (a: Span | null, b: Span | null): boolean => a?.start === b?.start && a?.end === b?.end
/** Do two spans share a place without being the same? */
export const cross = (a: Span | null, b: Span | null): boolean =>
  !!a && !!b && a.start < b.end && b.start < a.end && !same(a, b)

function agree(x: SaidLink, y: SaidLink, crossing: boolean): boolean {
  if (cross(x.a, y.a) || cross(x.b, y.b)) return false
  if (!crossing && (cross(x.a, y.b) || cross(x.b, y.a))) return false
  // one span links with an absent other side only if it has no other link
  if (x.b && same(x.b, y.b) && (!x.a || !y.a)) return false
  if (x.a && same(x.a, y.a) && (!x.b || !y.b)) return false
  return true
}

/** What the first of two readings counts when they become one. */
const SHARE = 0.4

/**
 * Two readings of a text as one: a link's confidence is the weighted mean of both, and 0 where one does not know it. The most confident
 * first.
 */
export function fuse(first: readonly SaidLink[], second: readonly SaidLink[]): SaidLink[] {
  const all = new Map<string, SaidLink>()
  for (const [links, share] of [[first, SHARE] as const, [second, 1 - SHARE] as const]) {
    for (const link of links) {
      const key = keyOf(link)
      all.set(key, { ...link, confidence: share * link.confidence + (all.get(key)?.confidence ?? 0) })
    }
  }
  return [...all.values()].sort((a, b) => b.confidence - a.confidence)
}

const place = (span: Span | null): string => (span ? `${span.start}-${span.end}` : '')

/** What makes two links the same: their places and their classes. */
export const keyOf = ({ a, b, classes }: Omit<SaidLink, 'confidence'>): string =>
  `${place(a)} ${place(b)} ${classes.join(' ')}`
