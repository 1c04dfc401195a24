import type { Claim, ClassScores, Scores } from './task.ts'

type Confusions = Scores['confusions']

/** Precision, recall, F1 and number of each label; labels in the order of how often they are right. */
export function perClass(pairs: { gold: string; said: string }[]): ClassScores[] {
  const counts = new Map<string, { gold: number; said: number; hit: number }>()
  const of = (label: string) => {
    const found = counts.get(label) ?? { gold: 0, said: 0, hit: 0 }
    counts.set(label, found)
    return found
  }
  for (const { gold, said } of pairs) {
    of(gold).gold++
    of(said).said++
    if (gold === said) of(gold).hit++
  }
  return [...counts]
    .map(([label, { gold, said, hit }]) => ({ label, ...ratios(hit, said, gold), n: gold }))
    .sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1))
}

/** Precision, recall and F1 of `hit` right ones among `said` and `gold`; 0 where nothing was said or is there. */
export function ratios(hit: number, said: number, gold: number): { precision: number; recall: number; f1: number } {
  return {
    precision: said > 0 ? hit / said : 0,
    recall: gold > 0 ? hit / gold : 0,
    f1: said + gold > 0 ? (2 * hit) / (said + gold) : 0,
  }
}

/** What was said for what, where they differ, the most frequent first. */
export function confusions(pairs: { gold: string; said: string }[]): Confusions {
  const counts = new Map<string, Confusions[number]>()
  for (const { gold, said } of pairs) {
    if (gold === said) continue
    const key = JSON.stringify([gold, said])
    const found = counts.get(key) ?? { gold, said, n: 0 }
    found.n++
    counts.set(key, found)
  }
  return [...counts.values()].sort((a, b) => b.n - a.n || (a.gold + a.said < b.gold + b.said ? -1 : 1))
}

/** A claim that is right where it is what the label says. */
export const claimOf = (said: string, gold: string | null, confidence: number): Claim => ({
  said,
  gold,
  isRight: said === gold,
  confidence,
})

/** The mean F1 of the labels that are right somewhere. */
export function macroF1(classes: ClassScores[]): number {
  const present = classes.filter(({ n }) => n > 0)
  return present.reduce((sum, { f1 }) => sum + f1, 0) / Math.max(1, present.length)
}
