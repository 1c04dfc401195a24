import type { Told } from '../../crf/relations.ts'
import type { Claim, ClassScores, Judged, Scores } from '../../task.ts'
import { keyOf, type RelationRow } from './rows.ts'

interface Tally {
  right: number
  said: number
  gold: number
}

const precision = ({ right, said }: Tally): number => (said === 0 ? 0 : right / said)
const recall = ({ right, gold }: Tally): number => (gold === 0 ? 0 : right / gold)
const f1 = ({ right, said, gold }: Tally): number => (said + gold === 0 ? 0 : (2 * right) / (said + gold))

/**
 * F1 over relations: one counts where all of its parts equal the gold one exactly, each gold one once. `classOf` names the class that the
 * per-class figures are for.
 */
export function scoreRelations(
  judged: Judged<RelationRow, Told[]>[],
  main: string,
  classOf: (one: Told) => string,
): Scores {
  const all: Tally = { right: 0, said: 0, gold: 0 }
  const pairs: Tally = { right: 0, said: 0, gold: 0 }
  const classes = new Map<string, Tally>()
  const confused = new Map<string, { gold: string; said: string; n: number }>()
  for (const { gold, said } of judged) {
    count(gold, said, keyOf, (one) => [all, tallyOf(classes, classOf(one))])
    count(gold, said, placeOf, () => [pairs])
    for (const one of said) {
      const meant = gold.find((other) => placeOf(other) === placeOf(one))
      if (meant && keyOf(meant) !== keyOf(one)) confuse(confused, classOf(meant), classOf(one))
    }
  }
  const perClass: ClassScores[] = [...classes].map(([label, tally]) => ({
    label,
    precision: precision(tally),
    recall: recall(tally),
    f1: f1(tally),
    n: tally.gold,
  }))
  return {
    main: { name: main, value: f1(all) },
    measures: { [main]: f1(all), precision: precision(all), recall: recall(all), 'F1 of the spans alone': f1(pairs) },
    perClass: perClass.sort((a, b) => b.n - a.n || (a.label < b.label ? -1 : 1)),
    confusions: [...confused.values()].sort((a, b) => b.n - a.n),
  }
}

/** What is told, one by one; beside it what the label says of the same places. */
export function relationClaims({ row, gold, said }: Judged<RelationRow, Told[]>): Claim[] {
  const words = (stretch: Told['aspect']) => (stretch ? row.text.slice(stretch.start, stretch.end) : '–')
  const judgement = ({ category, polarity }: Told) => `${category} ${polarity}`.trim()
  const right = new Set(gold.map(keyOf))
  return said.map((one) => {
    const meant = gold.find((other) => placeOf(other) === placeOf(one))
    const isRight = right.has(keyOf(one))
    const of = `${words(one.aspect)} ${words(one.opinion)}`
    return { of, said: judgement(one), gold: meant ? judgement(meant) : null, isRight, confidence: one.confidence }
  })
}

const placeOf = (one: Told): string => keyOf({ ...one, category: '', polarity: '' })

function tallyOf(classes: Map<string, Tally>, label: string): Tally {
  const known = classes.get(label)
  if (known) return known
  const tally = { right: 0, said: 0, gold: 0 }
  classes.set(label, tally)
  return tally
}

function count(gold: Told[], said: Told[], key: (one: Told) => string, tallies: (one: Told) => Tally[]): void {
  const open = gold.map(key)
  for (const one of gold) for (const tally of tallies(one)) tally.gold++
  for (const one of said) {
    const at = open.indexOf(key(one))
    if (at >= 0) open.splice(at, 1)
    for (const tally of tallies(one)) {
      tally.said++
      if (at >= 0) tally.right++
    }
  }
}

function confuse(confused: Map<string, { gold: string; said: string; n: number }>, gold: string, said: string): void {
  const key = `${gold}\n${said}`
  const known = confused.get(key)
  if (known) known.n++
  else confused.set(key, { gold, said, n: 1 })
}
