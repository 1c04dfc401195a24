import { ClassReader } from '../../linear/class-reader.ts'
import { type Classifier, FOLDS, type Learnt, learnClassifier, meanF1 } from '../../linear/classifier.ts'
import { fitStack, type Stack } from '../../linear/stack.ts'
import { gather } from '../../linear/vocabulary.ts'
import { type Boosted, boost, boostedScore } from '../../trees/boost.ts'
import { hashDifference } from './difference.ts'
import { LIKENESS, Likeness, type Rarity } from './likeness.ts'

export interface Pair {
  a: string
  b: string
}

/** Boosted trees over likeness, the difference's linear score and, where there is one, the prior's score. */
export interface Matcher {
  rarity: Rarity
  difference: Classifier
  boosted: Boosted
  /** Whether the trees read a prior's score. */
  leans: boolean
  /** The bias and the shares of the trees' and the prior's scores, where this does better than trees that read the prior: with few rows. */
  mix: [number, number, number] | null
  /** The least log-odds that are called the same. */
  threshold: number
}

const ROOM = 4096
const SMALL = 1000

export interface MatcherExamples {
  pairs: Pair[]
  labels: Int32Array
  folds: Int32Array
  rarity: Rarity
  /** The prior's log-odds of each pair, or null where there is no prior. */
  prior: Float64Array | null
  seed: number
}

/** Learns a matcher; whether the prior helps and which threshold is best are decided on out-of-fold scores. */
export function learnMatcher(examples: MatcherExamples): { matcher: Matcher; outOfFold: Float64Array } {
  const { pairs, labels, folds, rarity, prior, seed } = examples
  const hashed = gather(pairs.length, (i, out) => hashDifference(pairs[i]!.a, pairs[i]!.b, out))
  const difference: Learnt = learnClassifier(
    { hashed, lengths: [1], side: new Float64Array(0), sideWidth: 0, labels, classes: 2, folds, even: false },
    seed,
  )
  const linear = Float64Array.from(labels, (_, i) => logOdds(difference.outOfFold[2 * i + 1]!))
  const bare = pairValues(pairs, rarity, linear, null)
  const bareScores = outOfFoldTrees(bare, examples, LIKENESS + 1)
  const sided = prior ? pairValues(pairs, rarity, linear, prior) : bare
  const sidedScores = prior ? outOfFoldTrees(sided, examples, LIKENESS + 2) : bareScores
  const mixed = prior ? mixOf(bareScores, prior, examples) : null
  const treesLean = prior !== null && loss(sidedScores, labels) < loss(bareScores, labels)
  const treeScores = treesLean ? sidedScores : bareScores
  const mixes = mixed !== null && loss(mixed.outOfFold, labels) < loss(treeScores, labels)
  const leans = treesLean || mixes
  const outOfFold = mixes ? mixed.outOfFold : treeScores
  const listed = Int32Array.from(labels, (_, i) => i)
  const width = LIKENESS + (treesLean && !mixes ? 2 : 1)
  const boosted = boost(treesLean && !mixes ? sided : bare, width, listed, labels, fitOf(labels.length, seed))
  const threshold = labels.length < SMALL ? 0 : bestThreshold(outOfFold, labels)
  const mix = mixes ? mixed.mix : null
  return { matcher: { rarity, difference: difference.classifier, boosted, leans, mix, threshold }, outOfFold }
}

const logOdds = (p: number): number => Math.log(Math.max(1e-6, p) / Math.max(1e-6, 1 - p))

/** Few rows bear few and shallow trees. */
const fitOf = (n: number, seed: number) =>
  n < SMALL ? { trees: 60, depth: 2, rate: 0.1, seed } : { trees: 250, depth: 5, rate: 0.08, seed }

function pairValues(pairs: Pair[], rarity: Rarity, linear: Float64Array, prior: Float64Array | null): Float32Array {
  const likeness = new Likeness(rarity)
  const width = LIKENESS + (prior ? 2 : 1)
  const values = new Float32Array(pairs.length * width)
  pairs.forEach(({ a, b }, i) => {
    likeness.measure(a, b, values, i * width)
    values[i * width + LIKENESS] = linear[i]!
    if (prior) values[i * width + LIKENESS + 1] = prior[i]!
  })
  return values
}

function outOfFoldTrees(values: Float32Array, { labels, folds, seed }: MatcherExamples, width: number): Float64Array {
  const rows = Int32Array.from(labels, (_, i) => i)
  const scores = new Float64Array(labels.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const listed = rows.filter((i) => folds[i] !== fold)
    const model = boost(values, width, listed, labels, fitOf(listed.length, seed))
    for (const i of rows) if (folds[i] === fold) scores[i] = boostedScore(model, values, i * width)
  }
  return scores
}

/** The trees' and the prior's scores brought together by a stack, and its out-of-fold log-odds. */
function mixOf(trees: Float64Array, prior: Float64Array, { labels, folds }: MatcherExamples) {
  const rows = Int32Array.from(labels, (_, i) => i)
  const input = { outputs: 1, members: [trees, prior], side: new Float64Array(0), sideWidth: 0 }
  const outOfFold = new Float64Array(labels.length)
  const weigh = ({ trust, biases }: Stack): [number, number, number] => [biases[0]!, trust[0]!, trust[1]!]
  for (let fold = 0; fold < FOLDS; fold++) {
    const mix = weigh(
      fitStack(
        input,
        rows.filter((i) => folds[i] !== fold),
        labels,
      ),
    )
    for (const i of rows) if (folds[i] === fold) outOfFold[i] = mix[0] + mix[1] * trees[i]! + mix[2] * prior[i]!
  }
  return { mix: weigh(fitStack(input, rows, labels)), outOfFold }
}

function loss(scores: Float64Array, labels: Int32Array): number {
  return scores.reduce((sum, z, i) => sum + Math.log(1 + Math.exp(labels[i] === 1 ? -z : z)), 0)
}

/** The threshold with the best mean F1 of same and different. */
function bestThreshold(scores: Float64Array, labels: Int32Array): number {
  let best = 0
  let most = -1
  for (let threshold = -2; threshold <= 2; threshold += 0.1) {
    const said = Int32Array.from(scores, (z) => (z > threshold ? 1 : 0))
    const value = meanF1(labels, said, 2)
    if (value > most) {
      most = value
      best = threshold
    }
  }
  return best
}

export class MatchReader {
  readonly #matcher: Matcher
  readonly #likeness: Likeness
  readonly #difference: ClassReader
  readonly #hashes = new Uint32Array(ROOM)
  readonly #values = new Float32Array(LIKENESS + 2)
  readonly #p = new Float64Array(2)

  constructor(matcher: Matcher) {
    this.#matcher = matcher
    this.#likeness = new Likeness(matcher.rarity)
    this.#difference = new ClassReader(matcher.difference)
  }

  /** The log-odds that two texts mean the same. */
  score({ a, b }: Pair, prior: number): number {
    this.#likeness.measure(a, b, this.#values, 0)
    const count = hashDifference(a, b, this.#hashes)
    this.#difference.read(this.#hashes, count, new Float64Array(0), this.#p)
    const { mix } = this.#matcher
    this.#values[LIKENESS] = logOdds(this.#p[1]!)
    this.#values[LIKENESS + 1] = prior
    const trees = boostedScore(this.#matcher.boosted, this.#values, 0)
    return mix ? mix[0] + mix[1] * trees + mix[2] * prior : trees
  }
}
