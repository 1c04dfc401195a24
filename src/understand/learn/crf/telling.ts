import { agreeing, type Relation, type RelationModel, type Stretch, type Told, type Voiced } from './relations.ts'
import { learnLook, lookAgain } from './second-look.ts'
import type { Setting } from './setting.ts'

const samePlace = (a: Stretch | null, b: Stretch | null): boolean =>
  a === null || b === null ? a === b : a.start === b.start && a.end === b.end

/** Whether two relations, or two pairs, are of the same spans. */
export const same = (a: Pick<Relation, 'aspect' | 'opinion'>, b: Pick<Relation, 'aspect' | 'opinion'>): boolean =>
  samePlace(a.aspect, b.aspect) && samePlace(a.opinion, b.opinion)

/** A text with all of its relations, and what judges that have not learnt it say of it. */
export interface Judgeable {
  relations: readonly Relation[]
  fold: number
  setting: Setting
  found: readonly Voiced[]
}

/** Alternatives are told side by side where F1 gains at least this: what agrees with itself is easier to use. */
const WORTH = 0.005

/**
 * How relations are told, by the best F1 on texts that the judges have not learnt: whether after a second look, from which confidence on,
 * and whether those that contradict each other are told too. F1 expects most of telling everything that is at least half as likely as the F1
 * reached, of whatever else (Lipton, Elkan and Narayanaswamy 2014): where labels are so uneven that two ends of an opinion are about as
 * likely, it wants both.
 */
export function howToTell(
  texts: readonly Judgeable[],
  folds: number,
  seed: number,
): Pick<RelationModel, 'look' | 'threshold' | 'alternatives'> {
  const looks = Array.from({ length: folds }, (_, fold) =>
    learnLook(looked(texts.filter((one) => one.fold !== fold)), seed),
  )
  const plain = bestWay(texts)
  const again = bestWay(texts.map((one) => ({ ...one, found: lookAgain(looks[one.fold]!, one.setting, one.found) })))
  if (again.f1 <= plain.f1) return { look: null, threshold: plain.threshold, alternatives: plain.alternatives }
  return { look: learnLook(looked(texts), seed), threshold: again.threshold, alternatives: again.alternatives }
}

const looked = (texts: readonly Judgeable[]) =>
  texts.map(({ setting, found, relations }) => {
    return { setting, found, right: found.map(({ told }) => isTold(relations, told)) }
  })

interface Way {
  alternatives: boolean
  threshold: number
  f1: number
}

function bestWay(texts: readonly Judgeable[]): Way {
  const gold = texts.reduce((sum, { relations }) => sum + relations.length, 0)
  const cut = (choose: (found: readonly Voiced[]) => readonly Voiced[]) =>
    bestCut(
      texts.flatMap(({ relations, found }) =>
        choose(found).map(({ told }) => ({ confidence: told.confidence, right: isTold(relations, told) })),
      ),
      gold,
    )
  const one = cut(agreeing)
  const all = cut((found) => found)
  const alternatives = all.f1 >= one.f1 + WORTH
  return { alternatives, ...(alternatives ? all : one) }
}

const isTold = (gold: readonly Relation[], told: Told): boolean =>
  gold.some((one) => same(one, told) && one.category === told.category && one.polarity === told.polarity)

/** The confidence from which on telling gives the best F1, and that F1. */
function bestCut(told: { confidence: number; right: boolean }[], gold: number): { threshold: number; f1: number } {
  told.sort((a, b) => b.confidence - a.confidence)
  let right = 0
  let best = { threshold: 0.5, f1: 0 }
  told.forEach((one, i) => {
    if (one.right) right++
    const f1 = (2 * right) / (i + 1 + gold)
    if (f1 > best.f1) best = { threshold: one.confidence, f1 }
  })
  return best
}
